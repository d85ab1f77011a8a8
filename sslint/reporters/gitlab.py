"""For GitLab: a code quality report."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Severity
from ..fingerprint import fingerprints, unique
from ..report import Report
from .view import View

_SEVERITIES = {
    Severity.ERROR: "critical",
    Severity.WARNING: "major",
    Severity.INFO: "minor",
    Severity.STYLE: "info",
}


def gitlab(report: Report, view: View) -> Iterator[str]:
    """An array of findings. The fingerprint of each is its own, and stays when lines move."""
    import json

    found = report.diagnostics
    paths = [view.relative(one.source.path) for one in found]
    names = unique(zip(paths, fingerprints(found), strict=True))
    issues = [
        {
            "description": view.clean(one.standing_alone),
            "check_name": one.slug,
            "fingerprint": name,
            "severity": _SEVERITIES[one.severity],
            "location": {
                "path": path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"),
                "lines": {"begin": one.source.line(one.span.start), "end": one.source.line(one.span.end)},
            },
        }
        for one, path, name in zip(found, paths, names, strict=True)
    ]
    yield json.dumps(issues, indent=2)
