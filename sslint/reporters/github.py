"""For GitHub Actions: workflow commands, which become annotations.

Escaped as `@actions/core` does it. A step shows ten errors and ten warnings at most, so the worst come first.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Diagnostic, Severity
from ..report import Report
from .view import View

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice", Severity.STYLE: "notice"}


def github(report: Report, view: View) -> Iterator[str]:
    """One command for each finding and for each file that could not be read."""
    for unread in report.unread:
        yield command("error", {"file": view.relative(unread.path)}, f"cannot read this: {unread.message}", view)
    for crash in report.crashes:
        yield command("error", {}, f"internal error in {crash.where}: {crash.message}", view)
    for one in sorted(report.diagnostics, key=_worst_first):
        yield command(_COMMANDS[one.severity], _place(one, view), "\n".join((one.standing_alone, *one.notes)), view)


def command(name: str, properties: dict[str, str], message: str, view: View) -> str:
    """A workflow command."""
    given = ",".join(f"{key}={_property(value, view)}" for key, value in properties.items() if value)
    return f"::{name}{f' {given}' if given else ''}::{_data(message, view)}"


def _worst_first(one: Diagnostic) -> int:
    return -one.severity


def _place(one: Diagnostic, view: View) -> dict[str, str]:
    """Where it is. Columns are taken only where the first line is the last."""
    (line, column), (end, end_column) = one.source.position(one.span.start), one.source.position(one.span.end)
    places = {"file": view.relative(one.source.path), "line": str(line), "endLine": str(end)}
    if line == end:
        places |= {"col": str(column), "endColumn": str(end_column)}
    return {**places, "title": f"{one.code}: {one.slug}"}


def _data(text: str, view: View) -> str:
    shown = "".join(one if one in "\r\n" else view.clean(one) for one in text)
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str, view: View) -> str:
    return _data(text, view).replace(":", "%3A").replace(",", "%2C")
