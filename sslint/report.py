"""The result of one run: every finding, and everything that could not be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from .diagnostic import Diagnostic, Safety, Severity
from .text import Span

if TYPE_CHECKING:
    from .rule import Rule

_NOTHING: Mapping[str, float] = MappingProxyType({})


class Finding(NamedTuple):
    """A diagnostic, with the roots under which it holds and the role of the first of them."""

    diagnostic: Diagnostic
    role: str
    roots: tuple[str, ...]


class Unread(NamedTuple):
    """A file that could not be read."""

    path: str
    message: str


class Crash(NamedTuple):
    """An internal error: `where` names the rule or the stage that failed on the root `path`."""

    where: str
    path: str
    message: str
    trace: str = ""


class Statistics(NamedTuple):
    """What was looked at, and the seconds that each stage and each rule took."""

    roots: int = 0
    files: int = 0
    lines: int = 0
    timings: Mapping[str, float] = _NOTHING


NO_STATISTICS = Statistics()


class Silenced(NamedTuple):
    """A finding that is not shown since somebody said so: in a comment, or in the baseline."""

    finding: Finding
    reason: str = ""
    comment: Span | None = None
    """The comment in the finding's source; the baseline, where there is none."""


class Known(NamedTuple):
    """An entry of a baseline: a path relative to its folder, a rule's slug, and how many equal findings there are."""

    path: str
    rule: str
    fingerprint: str
    times: int


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one run, ordered by path, start, end and code.

    Paths are those of the files that the caller gave, whatever the server calls them.
    `hidden` counts findings outside the given files, `stale` is what the baseline knows and nobody found.
    """

    findings: tuple[Finding, ...] = ()
    unread: tuple[Unread, ...] = ()
    crashes: tuple[Crash, ...] = ()
    statistics: Statistics = NO_STATISTICS
    silenced: tuple[Silenced, ...] = ()
    stale: tuple[Known, ...] = ()
    hidden: int = 0
    own: tuple[Rule, ...] = ()
    """Rules beside those that ship, for those who tell more of rules."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The findings' diagnostics, in order."""
        return tuple(finding.diagnostic for finding in self.findings)

    @property
    def suppressed(self) -> int:
        """How many findings comments ignore."""
        return sum(one.comment is not None for one in self.silenced)

    @property
    def accepted(self) -> int:
        """How many findings the baseline knows."""
        return sum(one.comment is None for one in self.silenced)

    @property
    def complete(self) -> bool:
        """Whether everything was read and every rule ran to its end."""
        return not self.unread and not self.crashes

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.diagnostic.severity is severity for finding in self.findings)

    def fixable(self, safety: Safety) -> int:
        """How many findings have a fix of a safety."""
        fixes = (finding.diagnostic.fix for finding in self.findings)
        return sum(fix is not None and fix.safety is safety for fix in fixes)

    def status(self, fail_on: Severity | None) -> int:
        """The exit status: 2 for what could not be done, 1 for findings from `fail_on` up, else 0."""
        if not self.complete:
            return 2
        return int(fail_on is not None and any(one.severity >= fail_on for one in self.diagnostics))
