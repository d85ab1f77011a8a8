"""For reviewdog, Jenkins and others that read what Checkstyle writes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..diagnostic import Diagnostic, Severity
from ..report import Report
from .view import View
from .xml import HEAD, element

_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info", Severity.STYLE: "info"}


def checkstyle(report: Report, view: View) -> Iterator[str]:
    """A `file` for each file with findings, or that could not be read."""
    yield HEAD
    yield '<checkstyle version="4.3">'
    for path, found in groupby(report.diagnostics, key=_path):
        yield "  " + element("file", {"name": view.relative(path)}, view, empty=False)
        for one in found:
            line, column = one.source.position(one.span.start)
            said = {
                "line": str(line),
                "column": str(column),
                "severity": _SEVERITIES[one.severity],
                "message": one.standing_alone,
                "source": f"sslint.{one.code}.{one.slug}",
            }
            yield "    " + element("error", said, view)
        yield "  </file>"
    for unread in report.unread:
        yield "  " + element("file", {"name": view.relative(unread.path)}, view, empty=False)
        said = {"line": "1", "severity": "error", "message": f"cannot read this: {unread.message}", "source": "sslint"}
        yield "    " + element("error", said, view)
        yield "  </file>"
    yield "</checkstyle>"


def _path(one: Diagnostic) -> str:
    return one.source.path
