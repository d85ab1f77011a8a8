"""What the run came to, in a line or two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..diagnostic import Safety, Severity
from ..report import Report
from ..text import enumeration
from .view import View


def summary(report: Report, view: View) -> Iterator[str]:
    """Counts and hints. Says that nothing was found only when everything could be read."""
    counts = [_count(report.count(one), one) for one in sorted(Severity, reverse=True) if report.count(one)]
    scope = _scope(report)
    if counts:
        rest = "" if report.complete else " Not everything could be read or checked."
        yield view.bold(f"Found {enumeration(counts)} in {scope}.{rest}")
    elif report.complete:
        yield view.bold(f"No findings in {scope}.")
    else:
        yield view.bold("No findings in what could be read, but not everything could.")
    yield from _hints(report)


def trouble(report: Report, view: View) -> Iterator[str]:
    """What could not be done, one line each."""
    for unread in report.unread:
        yield f"sslint: cannot read {view.path(unread.path)}: {view.clean(unread.message)}"
    for crash in report.crashes:
        yield (
            f"sslint: internal error in {crash.where} on {view.path(crash.path)}: {view.clean(crash.message)} "
            "(everything else was checked; please report this)"
        )


def statistics(report: Report) -> Iterator[str]:
    """How often each rule found something, the most frequent first."""
    counts = Counter((one.code, one.slug) for one in report.diagnostics)
    for (code, slug), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>6}  {code}  {slug}"


def timings(report: Report) -> Iterator[str]:
    """How long each stage and each rule took, the longest first."""
    for name, seconds in sorted(report.statistics.timings.items(), key=lambda item: -item[1]):
        yield f"{seconds * 1000:>9.1f} ms  {name}"


def _hints(report: Report) -> Iterator[str]:
    safe, unsafe = report.fixable(Safety.SAFE), report.fixable(Safety.UNSAFE)
    if safe and unsafe:
        yield f"{safe} can be fixed with --fix, {unsafe} more with --fix --unsafe-fixes."
    elif safe or unsafe:
        yield f"{safe or unsafe} can be fixed with {'--fix' if safe else '--fix --unsafe-fixes'}."
    if report.hidden:
        yield f"{report.hidden} more in other files of the same server: --all shows them."
    if report.suppressed:
        yield f"{report.suppressed} ignored by comments."
    if report.accepted:
        yield f"{report.accepted} accepted by the baseline."
    if report.stale:
        gone = sum(entry.times for entry in report.stale)
        yield f"{gone} known to the baseline, and gone: `sslint baseline update` takes note."
    if report.findings:
        yield f"`sslint explain {report.findings[0].diagnostic.slug}` tells more about the first."


def _scope(report: Report) -> str:
    files, lines = report.statistics.files, report.statistics.lines
    return f"{files} file{'s' * (files != 1)} ({lines} line{'s' * (lines != 1)})"


def _count(number: int, severity: Severity) -> str:
    if severity is Severity.STYLE:
        return f"{number} matter{'s' * (number != 1)} of style"
    if severity is Severity.INFO:
        return f"{number} remark{'s' * (number != 1)}"
    return f"{number} {severity.word}{'s' * (number != 1)}"
