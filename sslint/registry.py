"""Finds the rules by walking their package, and selects among them.

The rules of the families in `WAITING` report problems of reading, each those of the kind that is its
slug. A good configuration has none: such a rule is imported when a problem of its kind turns up, or
when somebody asks for all rules or for one by its code. Importing them all would take a tenth of
the time that a small file takes.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import ModuleType

from .knowledge.suggest import closest
from .rule import FAMILIES, Rule, RuleError, Subject

PACKAGE = "sslint.rules"
EVERYTHING = "ALL"
WAITING = frozenset({"syntax"})
"""The families whose rules all subscribe to Problem, and are imported when they are needed."""


class UnknownRule(ValueError):
    """A code, slug or family that no rule has; the message suggests the nearest."""


class Registry:
    """All rules. `waiting` names the modules that are yet to be imported."""

    def __init__(self, rules: Iterable[Rule], waiting: Callable[[], Iterable[str]] = tuple) -> None:
        self._named: dict[str, Rule] = {}
        self._list = waiting
        self._loaded: dict[str, Rule] = {}
        for rule in rules:
            self._add(rule)

    def _add(self, rule: Rule) -> None:
        for name in (rule.code, rule.slug):
            twin = self._named.setdefault(name.lower(), rule)
            if twin is not rule:
                raise RuleError(f"{rule.file}:1: {name} is also the name of {twin.file}")
        self._loaded[rule.code] = rule

    @functools.cached_property
    def _waiting(self) -> dict[str, str]:
        """The modules that are yet to be imported, by their rules' slugs."""
        return {name.rpartition(".")[2].replace("_", "-"): name for name in self._list()}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order of their codes."""
        for slug in tuple(self._waiting):
            self.of_slug(slug)
        return self.loaded

    @property
    def loaded(self) -> tuple[Rule, ...]:
        """The rules that do not wait for a problem, in the order of their codes."""
        return tuple(self._loaded[code] for code in sorted(self._loaded))

    def of_slug(self, slug: str) -> Rule | None:
        """The rule of a slug in lower case, if there is one; no other is imported for it."""
        module = self._waiting.get(slug)
        if module is not None:
            self._add(_rule(importlib.import_module(module)))
            del self._waiting[slug]
        found = self._named.get(slug)
        return found if found is not None and found.slug == slug else None

    def get(self, name: str) -> Rule:
        """The rule of a code or slug. Raises UnknownRule."""
        found = self.find(name)
        if found is None:
            raise UnknownRule(self._unknown(name, "rule"))
        return found

    def find(self, name: str) -> Rule | None:
        """The rule of a code or slug, if there is one."""
        key = name.lower()
        if key not in self._named and self.of_slug(key) is None and self._waiting:
            return next((rule for rule in self.rules if rule.code.lower() == key), None)
        return self._named.get(key)

    def matching(self, selector: str) -> tuple[Rule, ...]:
        """The rules of a code, a code's beginning, a slug, a family or `ALL`. Raises UnknownRule."""
        word = selector.strip()
        if word.upper() == EVERYTHING:
            return self.rules
        if word.lower() in FAMILIES:
            return tuple(rule for rule in self.rules if rule.family == word.lower())
        if rule := self.find(word):
            return (rule,)
        if word.upper().startswith("SSL"):
            found = tuple(rule for rule in self.rules if rule.code.startswith(word.upper()))
            if found:
                return found
        raise UnknownRule(self._unknown(word, "rule or family"))

    def select(self, select: Sequence[str], extend: Sequence[str], ignore: Sequence[str]) -> Selection:
        """The rules to run: `select`, or the default ones, with `extend` and without `ignore`."""
        if not (select or extend or ignore):
            return Selection(self, None)
        chosen = {rule.code for rule in self.rules if rule.default}
        if select:
            chosen = {rule.code for word in select for rule in self.matching(word)}
        chosen.update(rule.code for word in extend for rule in self.matching(word))
        chosen.difference_update(rule.code for word in ignore for rule in self.matching(word))
        return Selection(self, frozenset(chosen))

    def _unknown(self, name: str, what: str) -> str:
        near = closest(name.lower(), [*self._named, *self._waiting, *FAMILIES, EVERYTHING.lower()], 1)
        hint = f": did you mean {_spelt(near[0])}?" if near else ""
        return f"no {what} is called {name!r}{hint}"


class Selection:
    """The rules that a run was asked for: those of the codes, or the default ones."""

    def __init__(self, registry: Registry, codes: frozenset[str] | None) -> None:
        self._registry = registry
        self._codes = codes

    def __iter__(self) -> Iterator[Rule]:
        """All of them, in the order of their codes."""
        return filter(self._holds, self._registry.rules)

    @property
    def loaded(self) -> tuple[Rule, ...]:
        """Those that do not wait for a problem."""
        return tuple(filter(self._holds, self._registry.loaded))

    def reporting(self, kind: str) -> Rule | None:
        """The one that reports problems of a kind. Raises LookupError if no rule at all does."""
        rule = self._registry.of_slug(kind)
        if rule is None:
            raise LookupError(f"no rule reports problems of the kind {kind!r}")
        return rule if rule.subject is Subject.PROBLEM and self._holds(rule) else None

    def _holds(self, rule: Rule) -> bool:
        return rule.default if self._codes is None else rule.code in self._codes


def _spelt(word: str) -> str:
    """A name as people write it: codes in capitals."""
    return word.upper() if word[-1:].isdigit() or word == EVERYTHING.lower() else word


def load() -> Registry:
    """The rules that ship with sslint. Raises RuleError for one that can't be loaded."""
    families = [family for family in _packages(_package().__path__) if family not in WAITING]
    rules = [_rule(importlib.import_module(name)) for name in _modules(families)]
    return Registry(rules, functools.partial(_modules, WAITING))


def _package() -> ModuleType:
    try:
        return importlib.import_module(PACKAGE)
    except ModuleNotFoundError:
        raise RuleError("the rules are not installed: run `pip install -e .` in the checkout") from None


def _packages(path: Iterable[str]) -> Iterator[str]:
    return (entry.name for entry in pkgutil.iter_modules(path) if entry.ispkg)


def _modules(families: Iterable[str]) -> Iterator[str]:
    """The full names of some families' modules."""
    for family in families:
        folder = importlib.import_module(f"{PACKAGE}.{family}")
        for entry in pkgutil.iter_modules(folder.__path__):
            if not entry.name.startswith("_"):
                yield f"{PACKAGE}.{family}.{entry.name}"


def _rule(module: ModuleType) -> Rule:
    """The one rule of a module, whose place must say what its metadata say."""
    file = module.__file__ or module.__name__
    rules = [value for value in vars(module).values() if isinstance(value, Rule)]
    if len(rules) != 1:
        raise RuleError(f"{file}:1: a rule's file holds one rule, this one holds {len(rules)}")
    rule = rules[0]
    family, name = module.__name__.split(".")[-2:]
    if name != rule.slug.replace("-", "_"):
        raise RuleError(f"{file}:1: the rule {rule.slug} belongs in a file named {rule.slug.replace('-', '_')}.py")
    if family in WAITING and rule.subject is not Subject.PROBLEM:
        raise RuleError(f"{file}:1: rules of the family {family} subscribe to Problem, not to {rule.subject.value}")
    if family != rule.family:
        raise RuleError(f"{file}:1: {rule.code} is a code of the family {rule.family}, the file stands in {family}")
    return rule
