"""What a request would be answered, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator

from ..configuration.model import Section
from ..files import Files
from ..files import Kind as FileKind
from ..reporters.excerpt import wrap
from ..reporters.view import View
from ..server.asked import Asked
from ..server.layers import Htaccess
from ..server.request import Answer, Kind, World, predict
from .places import Data, Name, directive_data, place_text

_KINDS = {FileKind.FILE: Kind.FILE, FileKind.DIRECTORY: Kind.FOLDER, FileKind.MISSING: Kind.MISSING}
_DIM, _RED, _GREEN = "2", "31", "32"


def answer_of(asked: Asked, files: Files | None, htaccess: Htaccess | None) -> Answer | None:
    """What the host answers to a GET without login, as far as the files within reach tell; None before 2.4."""
    if asked.host.server.target.httpd.branch not in ("2.4", "trunk"):
        return None

    def kind(path: str) -> Kind | None:
        return _KINDS.get(files.kind(path)) if files is not None else None

    return predict(asked.host, asked.path, tls=asked.tls, world=World(kind=kind, htaccess=htaccess))


def answer_lines(answer: Answer, view: View, name: Name) -> Iterator[str]:
    """The status and who gives it, then the steps that led there."""
    if answer.status is None:
        head = f"what a GET without login gets can't be told: {answer.why or answer.by}"
        style = ""
    else:
        why = answer.location and f" to {answer.location}"
        head = f"a GET without login gets {answer.status}, by {answer.by}{why}{': ' * bool(answer.why)}{answer.why}"
        style = _GREEN if answer.status < 400 else _RED
    for part in wrap(view.clean(head), view.width - 2):
        yield f"  {view.paint(part, style) if style else part}"
    told = [step for step in answer.steps if not isinstance(step.directive, Section)]
    if answer.directive is not None and all(step.directive is not answer.directive for step in told):
        yield view.paint(view.clean(f"      {place_text(answer.directive, name)}"), _DIM)
    for step in told:  # the sections that apply are listed for themselves
        yield from (f"      {view.paint(part, _DIM)}" for part in wrap(view.clean(step.text), view.width - 6))


def answer_data(answer: Answer, name: Name) -> dict[str, Data]:
    """The same as plain data."""
    return {
        "status": answer.status,
        "by": answer.by,
        "location": answer.location or None,
        "why": answer.why or None,
        "directive": directive_data(answer.directive, name) if answer.directive is not None else None,
        "steps": [
            {"text": step.text, "directive": directive_data(step.directive, name) if step.directive else None}
            for step in answer.steps
        ],
    }
