"""For programs: one JSON document, described by docs/json-report.md and report.schema.json."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Union

from .. import __version__
from ..diagnostic import Fix, Safety, Severity
from ..report import Finding, Report
from ..text import Source, Span
from .view import View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Json = Union[str, int, float, bool, None, "Sequence[Json]", "Mapping[str, Json]"]

VERSION = 1
"""The schema's version. Fields may be added within a version; none changes its meaning or goes."""


def json(report: Report, view: View) -> Iterator[str]:
    """The report as one document. Undecodable bytes appear as escaped lone surrogates."""
    import json as standard

    yield standard.dumps(document(report, view), indent=2)


def document(report: Report, view: View) -> dict[str, Json]:
    """The report as plain data."""
    return {
        "schema_version": VERSION,
        "sslint_version": __version__,
        "findings": [_finding(one, view) for one in report.findings],
        "errors": [
            *({"kind": "unreadable", "file": view.relative(u.path), "message": u.message} for u in report.unread),
            *(
                {"kind": "internal", "file": view.relative(c.path), "message": c.message, "where": c.where}
                for c in report.crashes
            ),
        ],
        "summary": _summary(report),
    }


def _summary(report: Report) -> Json:
    return {
        "complete": report.complete,
        "counts": {one.word: report.count(one) for one in sorted(Severity, reverse=True)},
        "fixable": {one.value: report.fixable(one) for one in Safety},
        "suppressed": report.suppressed,
        "accepted": report.accepted,
        "stale": sum(entry.times for entry in report.stale),
        "hidden": report.hidden,
        "roots": report.statistics.roots,
        "files": report.statistics.files,
        "lines": report.statistics.lines,
    }


def _finding(finding: Finding, view: View) -> Json:
    one = finding.diagnostic
    return {
        "code": one.code,
        "rule": one.slug,
        "severity": one.severity.word,
        "message": one.message,
        **_place(one.source, one.span, view),
        "label": one.label,
        "related": [{**_place(r.source, r.span, view), "label": r.label} for r in one.related],
        "notes": list(one.notes),
        "reference": one.reference,
        "fix": _fix(one.fix, view) if one.fix else None,
        "tags": list(one.tags),
        "role": finding.role,
        "roots": [view.relative(root) for root in finding.roots],
    }


def _fix(fix: Fix, view: View) -> Json:
    edits = [{**_place(edit.source, edit.span, view), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safety": fix.safety.value, "edits": edits}


def _place(source: Source, span: Span, view: View) -> dict[str, Json]:
    return {"file": view.relative(source.path), "start": _point(source, span.start), "end": _point(source, span.end)}


def _point(source: Source, offset: int) -> Json:
    line, column = source.position(offset)
    return {"line": line, "column": column, "offset": offset}
