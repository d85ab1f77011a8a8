"""For Jenkins, GitLab and Azure: findings as failed tests.

The schema knows no place of a test, so the place stands in the name and in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..diagnostic import Diagnostic
from ..report import Report
from .view import View
from .xml import HEAD, element, escape


def junit(report: Report, view: View) -> Iterator[str]:
    """A suite for each file with findings, one for what could not be done, and a passed test where there is neither."""
    yield HEAD
    yield "<testsuites>"
    for path, found in groupby(report.diagnostics, key=_path):
        yield from _suite(view.relative(path), [_failure(one, view) for one in found], view)
    troubles = [("cannot read " + view.relative(one.path), one.message) for one in report.unread]
    troubles += [(f"internal error in {one.where} on {view.relative(one.path)}", one.message) for one in report.crashes]
    if troubles:
        yield from _suite("what could not be done", [_error(*one, view) for one in troubles], view)
    elif not report.findings:
        files = report.statistics.files
        name = f"no findings in {files} file{'s' * (files != 1)}"
        yield from _suite("sslint", [element("testcase", {"name": name, "classname": "sslint"}, view)], view)
    yield "</testsuites>"


def _path(one: Diagnostic) -> str:
    return one.source.path


def _suite(name: str, cases: list[str], view: View) -> Iterator[str]:
    failed = sum("<failure " in case for case in cases)
    broken = sum("<error " in case for case in cases)
    counts = {"tests": str(len(cases)), "failures": str(failed), "errors": str(broken)}
    yield "  " + element("testsuite", {"name": name, **counts}, view, empty=False)
    yield from (f"    {case}" for case in cases)
    yield "  </testsuite>"


def _failure(one: Diagnostic, view: View) -> str:
    line, column = one.source.position(one.span.start)
    place = f"{view.relative(one.source.path)}:{line}:{column}"
    case = {"name": f"{one.code} {one.slug} at {line}:{column}", "classname": view.relative(one.source.path)}
    said = {"type": one.severity.word, "message": one.standing_alone}
    text = escape("\n".join((f"{place}: {one.standing_alone}", *one.notes)), view)
    opened = element("testcase", case, view, empty=False) + element("failure", said, view, empty=False)
    return f"{opened}{text}</failure></testcase>"


def _error(name: str, message: str, view: View) -> str:
    case = element("testcase", {"name": name, "classname": "sslint"}, view, empty=False)
    return f"{case}{element('error', {'type': 'error', 'message': message}, view)}</testcase>"
