"""The one door: from files and settings to a report."""

from __future__ import annotations

import posixpath
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from fnmatch import fnmatch
from typing import TYPE_CHECKING, NamedTuple

from .configuration.problem import Problem
from .diagnostic import Diagnostic, joined
from .dispatch import Dispatcher
from .files import Files
from .registry import Registry, Selection, load
from .relocate import Relocator
from .report import Crash, Finding, Known, Report, Silenced, Statistics, Unread
from .settings import Settings
from .suppress import heed
from .syntax import Trees
from .units import MappedFiles, Unit, gather

if TYPE_CHECKING:
    from .baseline import Baseline
    from .server import Server
    from .tls.profiles import Profile

Identity = tuple[str, int, int, str, str]


class Survey(NamedTuple):
    """A report together with what was judged: the units, and the server of each, in the same order."""

    report: Report
    units: tuple[Unit, ...]
    servers: tuple[Callable[[], Server], ...]


def analyse(
    files: Files,
    paths: Sequence[str],
    settings: Settings | None = None,
    *,
    everything: bool = False,
    registry: Registry | None = None,
    material: Files | None = None,
) -> Report:
    """Judge the given files and folders (absolute paths), each within the server it belongs to.

    Findings elsewhere in those servers are counted as hidden, unless `everything` is asked for.
    Certificates and keys are read from `material`, or from `files` too.
    Raises `UnknownRule` for a selector that names no rule and `ValueError` for an unknown target.
    """
    return survey(files, paths, settings, everything=everything, registry=registry, material=material).report


def survey(
    files: Files,
    paths: Sequence[str],
    settings: Settings | None = None,
    *,
    everything: bool = False,
    registry: Registry | None = None,
    material: Files | None = None,
    trees: Trees | None = None,
    pulse: Callable[[], None] | None = None,
) -> Survey:
    """`analyse`, for those who look into the model too, and again and again.

    `trees` keeps what was parsed for the next time. `pulse` is called before each rule; to end the run it may
    raise what is no `Exception`.
    """
    return _Run(files, settings or Settings(), registry, material or files, trees, pulse).run(paths, everything)


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    return finding.diagnostic.sort_key


class _Run:
    """One run over several units."""

    def __init__(
        self,
        files: Files,
        settings: Settings,
        registry: Registry | None,
        material: Files,
        trees: Trees | None,
        pulse: Callable[[], None] | None,
    ) -> None:
        self.files = files
        self.trees = trees
        self.pulse = pulse
        self.material = material
        self.settings = settings
        self.timings: dict[str, float] = {}
        self.registry = (registry or load()).extended(settings.own)
        self.rules = self.select((*settings.profiles, *(one for root in settings.roots for one in root.profiles)))
        self.relocator = Relocator()
        self.found: dict[Identity, Finding] = {}
        self.silenced: list[Silenced] = []
        self.stale: tuple[Known, ...] = ()
        self.crashes: list[Crash] = []
        self.unread: dict[str, Unread] = {}

    def run(self, paths: Sequence[str], everything: bool) -> Survey:
        """Gather, judge each unit, heed the comments, and select what is shown."""
        with self.timed("reading"):
            gathered = gather(self.files, paths, self.settings, self.trees)
        units = gathered.units
        dispatchers = [(unit, self.judge(unit)) for unit in units]
        if self.settings.heed_comments:
            self.heed(dispatchers)
        merged = sorted(self.found.values(), key=_order)
        if self.settings.baseline is not None:
            merged = self.accept(self.settings.baseline, merged)
        counted = [one for one in merged if self.counts(one.diagnostic)]
        shown = [one for one in counted if everything or self.shows(units, one)]
        silenced = [one for one in self.silenced if everything or self.shows(units, one.finding)]
        report = Report(
            findings=tuple(shown),
            unread=(*gathered.unread, *self.unread.values()),
            crashes=tuple(self.crashes),
            statistics=self.statistics(units),
            silenced=tuple(one for one in silenced if self.counts(one.finding.diagnostic)),
            stale=tuple(one for one in self.stale if self.asked(units, paths, one)),
            hidden=len(counted) - len(shown),
            own=self.settings.own,
        )
        return Survey(report, units, tuple(dispatcher.server for _, dispatcher in dispatchers))

    def select(self, profiles: Sequence[Profile]) -> Selection:
        """The rules that the settings want, and those that profiles do."""
        settings, asked = self.settings, dict.fromkeys(slug for profile in profiles for slug in profile.slugs)
        return self.registry.select(settings.select, (*settings.extend_select, *asked), settings.ignore)

    def held_to(self, unit: Unit) -> tuple[Selection, Settings]:
        """The rules for a unit, and its settings: a root may have profiles of its own."""
        settings = self.settings
        if all(not root.profiles for root in settings.roots):
            return self.rules, settings
        own = [profile for root in settings.roots if root.path == unit.path for profile in root.profiles]
        profiles = tuple({one.label: one for one in (*settings.profiles, *own)}.values())
        return self.select(profiles), settings.replace(profiles=profiles)

    def judge(self, unit: Unit) -> Dispatcher:
        """Run the rules over one unit."""
        rules, settings = self.held_to(unit)
        server = _Lazy(unit, self.settings, MappedFiles(self.material, unit.path_map), self.timed)
        dispatcher = Dispatcher(rules, unit.configuration, server, settings, self.pulse)
        problems: Iterable[Problem] = unit.configuration.problems
        try:
            problems = server().problems
            with self.timed("judging"):
                dispatcher.run()
        except Exception as error:
            self.crash("the model of the server", unit, error)
        dispatcher.relay(problems)
        self.collect(dispatcher, unit)
        if server.server is not None and self.settings.check_files:
            self.miss(server.server, unit)
        return dispatcher

    def collect(self, dispatcher: Dispatcher, unit: Unit) -> None:
        """Take over what the rules said of a unit, under the real paths; equal findings become one."""
        judgement = dispatcher.judgement
        for diagnostic in judgement.diagnostics:
            moved = self.relocator.diagnostic(diagnostic, unit.path_map)
            identity = (moved.source.path, *moved.span, moved.code, moved.message)
            before = self.found.get(identity)
            roots = tuple(dict.fromkeys((*before.roots, unit.path))) if before else (unit.path,)
            kept = joined(before.diagnostic, moved) if before else moved
            self.found[identity] = Finding(kept, before.role if before else unit.configuration.role, roots)
        for slug, error in judgement.crashes.items():
            self.crash(f"the rule {slug}", unit, error)
        for slug, seconds in judgement.timings.items():
            self.timings[slug] = self.timings.get(slug, 0.0) + seconds
        judgement.diagnostics.clear()
        judgement.crashes.clear()
        judgement.timings.clear()

    def miss(self, server: Server, unit: Unit) -> None:
        """Remember the certificates and keys that are there and could not be read."""
        for name, reason in server.material.unread:
            if not reason.startswith("No such file"):
                path = unit.path_map.real(name)
                self.unread.setdefault(path, Unread(path, reason))

    def heed(self, dispatchers: Sequence[tuple[Unit, Dispatcher]]) -> None:
        """Silence what comments ignore, and report comments that are wrong."""
        homes: dict[str, tuple[Unit, Dispatcher]] = {}
        for unit, dispatcher in dispatchers:
            for path, source in unit.configuration.sources.items():
                homes.setdefault(self.relocator.source(source, unit.path_map.real(path)).path, (unit, dispatcher))
        commented = any("sslint" in source.text for source in self.relocator.sources.values())
        active = self.rules.codes if commented else frozenset[str]()
        diagnostics = [finding.diagnostic for finding in self.found.values()]
        with self.timed("comments"):
            outcome = heed(diagnostics, self.relocator.sources.values(), self.registry, active)
        comments = {id(diagnostic): comment for diagnostic, comment in outcome.silenced}
        for key, one in list(self.found.items()) if comments else ():
            if comment := comments.get(id(one.diagnostic)):
                self.silenced.append(Silenced(one, comment.reason, comment.span))
                del self.found[key]
        for problem in outcome.problems:
            unit, dispatcher = homes[problem.source.path]
            dispatcher.relay([problem])
            self.collect(dispatcher, unit)

    def accept(self, baseline: Baseline, findings: list[Finding]) -> list[Finding]:
        """Take out what the baseline knows; what it knows and nobody found is stale."""
        known, self.stale = baseline.accept(findings)
        self.silenced += [Silenced(one) for one in known]
        out = {id(one) for one in known}
        return [one for one in findings if id(one) not in out]

    def asked(self, units: Iterable[Unit], paths: Sequence[str], entry: Known) -> bool:
        """Whether this run would have found what an entry of the baseline knows."""
        rule = self.registry.of_slug(entry.rule)
        if rule is not None and rule.code not in self.rules.codes:
            return False
        assert self.settings.baseline is not None
        path = self.settings.baseline.real(entry.path)
        read = any(path in unit.sources and unit.shows(path) for unit in units)
        return read or any(path == one or path.startswith(one + "/") for one in paths)

    def counts(self, diagnostic: Diagnostic) -> bool:
        """Whether the settings want a finding: its severity, and the ignores of its file."""
        if diagnostic.severity < self.settings.severity:
            return False
        path, folder = diagnostic.source.path, self.settings.folder
        relative = path[len(folder) :].lstrip("/") if folder and path.startswith(folder) else path
        for pattern, selectors in self.settings.per_file_ignores.items():
            if fnmatch(relative, pattern) or fnmatch(posixpath.basename(path), pattern):
                ignored = (header.code for word in selectors for header in self.registry.meant(word))
                if diagnostic.code in ignored:
                    return False
        return True

    def shows(self, units: Iterable[Unit], finding: Finding) -> bool:
        """Whether a finding stands in the files that were asked for, or is explained by them."""
        diagnostic = finding.diagnostic
        places = {diagnostic.source.path, *(related.source.path for related in diagnostic.related)}
        asked = [unit for unit in units if unit.path in finding.roots]
        return any(unit.shows(path) for unit in asked for path in places)

    def statistics(self, units: Sequence[Unit]) -> Statistics:
        """What was looked at."""
        sources = self.relocator.sources.values()
        lines = sum(source.text.count("\n") + (not source.text.endswith("\n")) for source in sources if source.text)
        return Statistics(len(units), len(self.relocator.sources), lines, dict(self.timings))

    def crash(self, where: str, unit: Unit, error: Exception) -> None:
        """Remember an internal error, with the place in the code."""
        import traceback

        trace = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        self.crashes.append(Crash(where, unit.path, f"{type(error).__name__}: {error}", trace))

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add up the seconds of a stage."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.timings[stage] = self.timings.get(stage, 0.0) + time.perf_counter() - begun


class _Lazy:
    """A unit's server, built when somebody asks."""

    def __init__(
        self, unit: Unit, settings: Settings, material: Files, timed: Callable[[str], AbstractContextManager[None]]
    ) -> None:
        self.unit = unit
        self.settings = settings
        self.material = material
        self.timed = timed
        self.server: Server | None = None

    def __call__(self) -> Server:
        if self.server is None:
            from .accept import check
            from .accept.pitfalls import pitfalls
            from .server import build
            from .server.merging.duplicates import duplicates
            from .tls.startup import start_problems

            configuration = self.unit.configuration
            with self.timed("accepting"):
                files = self.unit.files if self.settings.check_environment else None
                problems = check(configuration, files) + pitfalls(configuration)
            with self.timed("modelling"):
                server = build(
                    configuration,
                    problems,
                    self.material.read,
                    status=self.material.status,
                    real=self.unit.path_map.real,
                    now=self.settings.now,
                    demanded=self.settings.check_files and not self.settings.check_environment,
                )
            with self.timed("starting"):
                server.problems += start_problems(server)
                server.problems += duplicates(server)
            self.server = server
        return self.server
