"""Brings subjects to rules: one pass over a configuration, and only if a rule wants it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from .configuration import Configuration, Item, Section, walk
from .configuration.problem import Problem
from .diagnostic import Diagnostic
from .registry import Selection
from .rule import TLS, Context, Rule, SourceFile, Subject
from .settings import Settings

if TYPE_CHECKING:
    from .server import Server

UNREAD = frozenset({"missing-include", "unreadable-include"})
"""Problems that depend on the machine and are reported all the same: something was not read."""

Batch = tuple[Rule, list[Item]]


class Judgement:
    """What the rules said of one configuration, what failed, and how long each took."""

    __slots__ = ("crashes", "diagnostics", "timings")

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.crashes: dict[str, Exception] = {}
        self.timings: dict[str, float] = {}


class Dispatcher:
    """Runs rules over one configuration. A rule that fails is left out of the rest of the run.

    `pulse` is called before each rule, for those who may want the run to end.
    """

    def __init__(
        self,
        rules: Selection,
        configuration: Configuration,
        server: Callable[[], Server],
        settings: Settings,
        pulse: Callable[[], None] | None = None,
    ) -> None:
        self.pulse = pulse
        self.selection = rules
        self.rules: list[Rule] = []
        self.configuration = configuration
        self.server = server
        self.settings = settings
        self.judgement = Judgement()

    def contexts(self, rule: Rule) -> Iterator[Context]:
        """What a rule may ask, with its settings: once, or once for each way in which profiles set it."""
        profiles, severity = self.settings.profiles, self.settings.severities.get(rule.code)
        options = {**rule.options, **self.settings.options.get(rule.code, {})}
        if not profiles:
            yield Context(rule, self.configuration, self.server, options, severity)
            return
        from .tls.profiles import rulings

        mine = self.settings.options.get(rule.code, {})
        for one in rulings(profiles, rule.slug, mine, severity):
            yield Context(
                rule,
                self.configuration,
                self.server,
                {**options, **one.options},
                one.severity,
                profiles,
                one.notes,
                one.tags,
            )

    def run(self) -> Judgement:
        """Everything but problems, which `relay` takes."""
        self.rules = list(self.needed())
        for rule in self.of(Subject.SOURCE_FILE):
            self.check(rule, map(SourceFile, self.configuration.sources.values()))
        self.walk()
        for rule in self.of(Subject.SERVER):
            self.check(rule, [self.server()])
        for rule in self.of(Subject.VIRTUAL_HOST):
            self.check(rule, self.server().hosts)
        return self.judgement

    def needed(self) -> Iterator[Rule]:
        """The rules that this configuration has something for; no other is imported."""
        for header in self.selection.meeting(self.topics()):
            try:
                yield self.selection.registry.rule(header)
            except Exception as error:
                self.judgement.crashes[header.slug] = error

    def topics(self) -> frozenset[str]:
        """What rules may need: the directives that are read, and TLS where a host speaks it."""
        server = self.server()
        if any(host.engine.value for host in server.hosts):
            return server.keys | {TLS}
        return server.keys

    def of(self, subject: Subject) -> Iterator[Rule]:
        """The rules that subscribe to a subject and have something to say of this configuration."""
        return (rule for rule in self.rules if rule.subject is subject and self.concerns(rule))

    def concerns(self, rule: Rule) -> bool:
        """Whether a rule has something to say of this configuration: a `.htaccess` makes no server and no host."""
        role = self.configuration.role
        if role == "htaccess" and rule.subject in (Subject.SERVER, Subject.VIRTUAL_HOST):
            return rule.htaccess
        return role == "main" or not rule.whole_server

    def relay(self, problems: Iterable[Problem]) -> None:
        """Give problems to the rules of their kind."""
        batches: dict[str, list[Problem]] = {}
        for problem in problems:
            if problem.environment and not self.settings.check_environment and problem.kind not in UNREAD:
                continue
            batches.setdefault(problem.kind, []).append(problem)
        for kind, batch in batches.items():
            try:
                rule = self.selection.reporting(kind)
            except Exception as error:
                self.judgement.crashes[kind] = error
                continue
            if rule is not None and self.concerns(rule):
                self.check(rule, batch)

    def walk(self) -> None:
        """One pass over the directives, each handed to the rules that want its name."""
        batches: list[Batch] = [(rule, []) for kind in (Subject.DIRECTIVE, Subject.SECTION) for rule in self.of(kind)]
        if not batches:
            return
        always = [batch for batch in batches if not batch[0].keys]
        keys = {key for rule, _ in batches for key in rule.keys}
        wanted = {key: [batch for batch in batches if not batch[0].keys or key in batch[0].keys] for key in keys}
        for item in walk(self.configuration.children):
            for rule, items in wanted.get(item.key, always):
                if rule.subject is Subject.DIRECTIVE or isinstance(item, Section):
                    items.append(item)
        for rule, items in batches:
            self.check(rule, items)

    def check(self, rule: Rule, subjects: Iterable[object]) -> None:
        """Run one rule over its subjects, and remember how long it took."""
        if self.pulse is not None:
            self.pulse()
        begun = time.perf_counter()
        contexts = list(self.contexts(rule))
        try:
            for subject in subjects:
                for context in contexts:
                    self.judgement.diagnostics.extend(rule.check(subject, context))
        except Exception as error:
            self.judgement.crashes[rule.slug] = error
        spent = time.perf_counter() - begun
        self.judgement.timings[rule.slug] = self.judgement.timings.get(rule.slug, 0.0) + spent
