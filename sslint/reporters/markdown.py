"""For job summaries and comments: a table in Markdown, whatever the configuration says in it made plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..report import Report
from .summary import summary, trouble
from .uri import link
from .view import View

MOST = 500
"""Findings that are listed: a job summary takes a megabyte, a comment less."""
_MARKUP = re.compile(r"[\\`*_{}\[\]<>()#+!|~&$@:]|(?<=www)\.")


def markdown(report: Report, view: View) -> Iterator[str]:
    """What the run came to, then a row for each finding."""
    plain = view._replace(color=False)
    yield "## sslint"
    yield ""
    for line in (*summary(report, plain), *trouble(report, plain)):
        yield escaped(line)
        yield ""
    if not report.findings:
        return
    yield "| Severity | Place | Rule | Finding |"
    yield "|---|---|---|---|"
    for one in report.diagnostics[:MOST]:
        place = f"{view.path(one.source.path)}:{one.source.line(one.span.start)}"
        rule = f"`{one.slug}` {one.code}"
        if address := link(one.reference):
            rule = f"[{escaped(one.slug)}]({address}) {one.code}"
        yield f"| {one.severity.word} | {escaped(place)} | {rule} | {escaped(view.clean(one.standing_alone))} |"
    if len(report.findings) > MOST:
        yield ""
        yield f"… and {len(report.findings) - MOST} more."


def escaped(text: str) -> str:
    """A text in which nothing is markup: no link, no image, no mention, no cell, no tag."""
    return _MARKUP.sub(_reference, text)


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
