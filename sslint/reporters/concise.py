"""For editors and grep: one line for each finding, in the order that GCC made common."""

from __future__ import annotations

from collections.abc import Iterator

from ..report import Report
from .view import View


def concise(report: Report, view: View) -> Iterator[str]:
    """`path:line:column: severity[code] message`, columns in characters from 1."""
    for one in report.diagnostics:
        line, column = one.source.position(one.span.start)
        word = view.severity(f"{one.severity.word}[{one.code}]", one.severity)
        yield f"{view.path(one.source.path)}:{line}:{column}: {word} {view.clean(one.standing_alone)}"
