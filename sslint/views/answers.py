"""What a request would be answered, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..configuration.model import Section
from ..files import Files
from ..files import Kind as FileKind
from ..reporters.excerpt import wrap
from ..reporters.view import View
from ..server.merging.layers import Htaccess
from ..server.requests.answer import Step, place
from ..server.requests.asked import Asked
from ..server.requests.request import Answer, Kind, Request, World, answered
from .places import Data, Name, directive_data, place_text

_KINDS = {FileKind.FILE: Kind.FILE, FileKind.DIRECTORY: Kind.FOLDER, FileKind.MISSING: Kind.MISSING}
_ELSEWHERE = "203.0.113.1"
_OF_THE_URL = frozenset(
    "HTTPS REQUEST_SCHEME SERVER_PORT REQUEST_URI QUERY_STRING SERVER_NAME HTTP_HOST HTTP:HOST".split()
)
_DIM, _RED, _GREEN = "2", "31", "32"


def answer_of(asked: Asked, files: Files | None, htaccess: Htaccess | None) -> Answer | None:
    """What the host answers to a GET from another machine, as far as the files within reach tell; None before 2.4."""
    if asked.host.server.target.httpd.is_old:
        return None

    def kind(path: str) -> Kind | None:
        return _KINDS.get(files.kind(path)) if files is not None else None

    return answered(asked.host, request_of(asked), World(kind=kind, htaccess=htaccess))


def request_of(asked: Asked) -> Request:
    """A request for a URL: without headers or login, from an address that stands for any other machine (RFC 5737)."""
    port = 0 if asked.port == (443 if asked.tls else 80) else asked.port
    return Request(
        asked.path, asked.tls, host=asked.name, port=port, query=asked.query, client=_ELSEWHERE, local="192.0.2.1"
    )


def known_of(asked: Asked) -> Callable[[str], str | None]:
    """What is known of any request for a URL, whoever sends it: variables by their names in upper case."""
    request = request_of(asked)
    return lambda name: request.lookup(name) if name in _OF_THE_URL else None


def answer_lines(answer: Answer, view: View, name: Name) -> Iterator[str]:
    """The status and who gives it, then the steps that led there."""
    if answer.status is None:
        head = f"what a GET gets can't be told: {answer.why or answer.by}"
        style = ""
    else:
        aim = f" to {answer.location}" if answer.location else ""
        why = f": {answer.why}" if answer.why else ""
        head = f"a GET from outside, without login, gets {answer.status}, by {answer.by}{aim}{why}"
        style = _GREEN if answer.status < 400 else _RED
    for part in wrap(view.clean(head), view.width - 2):
        yield f"  {view.paint(part, style) if style else part}"
    told = [step for step in answer.steps if not isinstance(step.directive, Section)]
    if answer.directive is not None and all(step.directive is not answer.directive for step in told):
        yield view.paint(view.clean(f"      {place_text(answer.directive, name)}"), _DIM)
    for step in told:  # the sections that apply are listed for themselves
        yield from (f"      {view.paint(part, _DIM)}" for part in wrap(view.clean(_text(step, name)), view.width - 6))


def _text(step: Step, name: Name) -> str:
    """What happens in a step, with the place of its line as it is shown."""
    if step.directive is None:
        return step.text
    return step.text.replace(place(step.directive), place_text(step.directive, name))


def answer_data(answer: Answer, name: Name) -> dict[str, Data]:
    """The same as plain data."""
    return {
        "status": answer.status,
        "by": answer.by,
        "location": answer.location or None,
        "why": answer.why or None,
        "directive": directive_data(answer.directive, name) if answer.directive is not None else None,
        "steps": [
            {"text": _text(step, name), "directive": directive_data(step.directive, name) if step.directive else None}
            for step in answer.steps
        ],
    }
