"""Finds the rules by walking their package, and selects among them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType

from .knowledge.suggest import closest
from .rule import FAMILIES, Rule, RuleError

PACKAGE = "sslint.rules"
EVERYTHING = "ALL"


class UnknownRule(ValueError):
    """A code, slug or family that no rule has; the message suggests the nearest."""


class Registry:
    """All rules, in the order of their codes."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: rule.code))
        self._named: dict[str, Rule] = {}
        for rule in self.rules:
            for name in (rule.code, rule.slug):
                twin = self._named.setdefault(name.lower(), rule)
                if twin is not rule:
                    raise RuleError(f"{rule.file}:1: {name} is also the name of {twin.file}")

    def get(self, name: str) -> Rule:
        """The rule of a code or slug. Raises UnknownRule."""
        try:
            return self._named[name.lower()]
        except KeyError:
            raise UnknownRule(self._unknown(name, "rule")) from None

    def find(self, name: str) -> Rule | None:
        """The rule of a code or slug, if there is one."""
        return self._named.get(name.lower())

    def matching(self, selector: str) -> tuple[Rule, ...]:
        """The rules of a code, a code's beginning, a slug, a family or `ALL`. Raises UnknownRule."""
        word = selector.strip()
        if word.upper() == EVERYTHING:
            return self.rules
        if rule := self.find(word):
            return (rule,)
        if word.lower() in FAMILIES:
            return tuple(rule for rule in self.rules if rule.family == word.lower())
        if word.upper().startswith("SSL"):
            found = tuple(rule for rule in self.rules if rule.code.startswith(word.upper()))
            if found:
                return found
        raise UnknownRule(self._unknown(word, "rule or family"))

    def select(self, select: Sequence[str], extend: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
        """The rules to run: `select`, or the default ones, with `extend` and without `ignore`."""
        chosen = {rule.code for rule in self.rules if rule.default}
        if select:
            chosen = {rule.code for word in select for rule in self.matching(word)}
        chosen.update(rule.code for word in extend for rule in self.matching(word))
        chosen.difference_update(rule.code for word in ignore for rule in self.matching(word))
        return tuple(rule for rule in self.rules if rule.code in chosen)

    def _unknown(self, name: str, what: str) -> str:
        near = closest(name.lower(), [*self._named, *FAMILIES, EVERYTHING.lower()], 1)
        hint = f": did you mean {_spelt(near[0])}?" if near else ""
        return f"no {what} is called {name!r}{hint}"


def _spelt(word: str) -> str:
    """A name as people write it: codes in capitals."""
    return word.upper() if word[-1:].isdigit() or word == EVERYTHING.lower() else word


def load() -> Registry:
    """The rules that ship with sslint. Raises RuleError for one that can't be loaded."""
    return Registry(_rule(module) for module in _modules())


def _modules() -> Iterator[ModuleType]:
    try:
        package = importlib.import_module(PACKAGE)
    except ModuleNotFoundError:
        raise RuleError("the rules are not installed: run `pip install -e .` in the checkout") from None
    for family in pkgutil.iter_modules(package.__path__):
        if not family.ispkg:
            continue
        folder = importlib.import_module(f"{PACKAGE}.{family.name}")
        for entry in pkgutil.iter_modules(folder.__path__):
            if not entry.name.startswith("_"):
                yield importlib.import_module(f"{PACKAGE}.{family.name}.{entry.name}")


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
    if family != rule.family:
        raise RuleError(f"{file}:1: {rule.code} is a code of the family {rule.family}, the file stands in {family}")
    return rule
