"""Brings subjects to rules: one pass over a configuration, and only if a rule wants it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from .configuration import Configuration, Item, Section, walk
from .configuration.problem import Problem
from .diagnostic import Diagnostic
from .rule import Context, Rule, SourceFile, Subject
from .settings import Settings

if TYPE_CHECKING:
    from .server import Server

UNREAD = frozenset({"missing-include", "unreadable-include"})
"""Problems that depend on the machine and are reported all the same: something was not read."""
PROBLEM_RULE_MISSING = "no rule reports problems of the kind {!r}"


class Judgement:
    """What the rules said of one configuration, what failed, and how long each took."""

    __slots__ = ("crashes", "diagnostics", "timings")

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.crashes: dict[str, Exception] = {}
        self.timings: dict[str, float] = {}


class Dispatcher:
    """Runs rules over one configuration. A rule that fails is left out of the rest of the run."""

    def __init__(
        self, rules: Sequence[Rule], configuration: Configuration, server: Callable[[], Server], settings: Settings
    ) -> None:
        self.rules = rules
        self.configuration = configuration
        self.server = server
        self.check_environment = settings.check_environment
        self.judgement = Judgement()
        self.contexts = {rule.code: self._context(rule, settings) for rule in rules}

    def _context(self, rule: Rule, settings: Settings) -> Context:
        options = {**rule.options, **settings.options.get(rule.code, {})}
        return Context(rule, self.configuration, self.server, options, settings.severities.get(rule.code))

    def run(self) -> Judgement:
        """Everything but problems, which `relay` takes."""
        for rule in self.of(Subject.SOURCE_FILE):
            self.check(rule, map(SourceFile, self.configuration.sources.values()))
        self.walk()
        if self.configuration.role != "htaccess":
            for rule in self.of(Subject.SERVER):
                self.check(rule, [self.server()])
            for rule in self.of(Subject.VIRTUAL_HOST):
                self.check(rule, self.server().hosts)
        return self.judgement

    def of(self, subject: Subject) -> Iterator[Rule]:
        """The rules that subscribe to a subject and have something to say of this configuration."""
        whole = self.configuration.role == "main"
        return (rule for rule in self.rules if rule.subject is subject and (whole or not rule.whole_server))

    def relay(self, problems: Iterable[Problem], known: Mapping[str, Rule]) -> None:
        """Give problems to the rules of their kind. `known` are all rules, whether they run or not."""
        by_slug = {rule.slug: rule for rule in self.of(Subject.PROBLEM)}
        batches: dict[str, list[Problem]] = {}
        for problem in problems:
            if problem.environment and not self.check_environment and problem.kind not in UNREAD:
                continue
            batches.setdefault(problem.kind, []).append(problem)
        for kind, batch in batches.items():
            if kind in by_slug:
                self.check(by_slug[kind], batch)
            elif kind not in known:
                self.judgement.crashes[kind] = LookupError(PROBLEM_RULE_MISSING.format(kind))

    def walk(self) -> None:
        """One pass over the directives, each handed to the rules that want its name."""
        wanted: dict[str, list[tuple[Rule, list[Item]]]] = {}
        always: list[tuple[Rule, list[Item]]] = []
        batches: list[tuple[Rule, list[Item]]] = []
        for subject in (Subject.DIRECTIVE, Subject.SECTION):
            for rule in self.of(subject):
                batch: tuple[Rule, list[Item]] = (rule, [])
                batches.append(batch)
                for key in rule.keys:
                    wanted.setdefault(key, []).append(batch)
                if not rule.keys:
                    always.append(batch)
        if not batches:
            return
        for taken in wanted.values():
            taken += always
        for item in walk(self.configuration.children):
            for rule, items in wanted.get(item.key, always):
                if rule.subject is Subject.DIRECTIVE or isinstance(item, Section):
                    items.append(item)
        for rule, items in batches:
            self.check(rule, items)

    def check(self, rule: Rule, subjects: Iterable[object]) -> None:
        """Run one rule over its subjects, and remember how long it took."""
        context = self.contexts[rule.code]
        begun = time.perf_counter()
        try:
            for subject in subjects:
                self.judgement.diagnostics.extend(rule.check(subject, context))
        except Exception as error:
            self.judgement.crashes[rule.slug] = error
        spent = time.perf_counter() - begun
        self.judgement.timings[rule.slug] = self.judgement.timings.get(rule.slug, 0.0) + spent
