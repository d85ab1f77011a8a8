"""Keeps the rules, and selects among them.

A rule is imported when a configuration has what it needs, when a problem of its kind turns up, or when
somebody asks for it; until then its header stands for it. Importing all rules would take longer
than checking a small file does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from .headers import Header, header_of, headers, imported
from .knowledge.suggest import closest
from .rule import FAMILIES, OWN, Rule, RuleError, Subject

EVERYTHING = "ALL"
_BEGINNING = re.compile(r"[A-Z]{2,10}\d{0,5}")
"""What the beginning of a code looks like."""


class UnknownRule(ValueError):
    """A code, slug or family that no rule has; the message suggests the nearest, if any is `near`."""

    def __init__(self, message: str, near: str = "") -> None:
        super().__init__(message)
        self.near = near


class Registry:
    """All rules: some that are there, and some that are imported when they are needed."""

    def __init__(self, rules: Iterable[Rule], waiting: Iterable[Header] = ()) -> None:
        self._named: dict[str, Header] = {}
        self._loaded: dict[str, Rule] = {}
        self._near: dict[str, str] = {}
        for header in waiting:
            self._name(header, header.module)
        for rule in rules:
            self._loaded[rule.code] = rule
            self._name(header_of(rule), rule.file)
        found = {header.code: header for header in self._named.values()}
        self.headers = tuple(found[code] for code in sorted(found))
        """What is known of all rules without importing them, in the order of their codes."""

    def extended(self, rules: Sequence[Rule]) -> Registry:
        """These rules and further ones. Raises RuleError for a name that is taken."""
        new = [rule for rule in rules if self._loaded.get(rule.code) is not rule]
        if not new:
            return self
        return Registry((*self._loaded.values(), *new), (one for one in self.headers if one.code not in self._loaded))

    def _name(self, header: Header, place: str) -> None:
        for name in (header.code, header.slug):
            twin = self._named.setdefault(name.lower(), header)
            if twin is not header:
                other = twin.module or self._loaded[twin.code].file
                raise RuleError(f"{place}:1: {name} is also the name of {other}")

    def rule(self, header: Header) -> Rule:
        """The rule of a header. Raises RuleError for one that is not what its header says."""
        found = self._loaded.get(header.code)
        if found is None:
            found = imported(header.module)
            if header_of(found, header.module) != header:
                raise RuleError(f"{found.file}:1: the rule differs from what stands under its @rule")
            self._loaded[header.code] = found
        return found

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order of their codes."""
        return tuple(map(self.rule, self.headers))

    def of_slug(self, slug: str) -> Header | None:
        """The header of the rule of a slug in lower case, if there is one."""
        found = self._named.get(slug)
        return found if found is not None and found.slug == slug else None

    def get(self, name: str) -> Rule:
        """The rule of a code or slug. Raises UnknownRule."""
        found = self.find(name)
        if found is None:
            raise self._unknown(name, "rule")
        return found

    def find(self, name: str) -> Rule | None:
        """The rule of a code or slug, if there is one; no other is imported for it."""
        found = self._named.get(name.lower())
        return self.rule(found) if found is not None else None

    def matching(self, selector: str) -> tuple[Rule, ...]:
        """The rules of a code, a code's beginning, a slug, a family or `ALL`. Raises UnknownRule."""
        return tuple(map(self.rule, self.meant(selector)))

    def meant(self, selector: str) -> tuple[Header, ...]:
        """Their headers."""
        word = selector.strip()
        if word.upper() == EVERYTHING:
            return self.headers
        if word.lower() in (*FAMILIES, OWN):
            return tuple(header for header in self.headers if header.family == word.lower())
        if header := self._named.get(word.lower()):
            return (header,)
        if _BEGINNING.fullmatch(word.upper()):
            found = tuple(header for header in self.headers if header.code.startswith(word.upper()))
            if found:
                return found
        raise self._unknown(word, "rule or family")

    def select(self, select: Sequence[str], extend: Sequence[str], ignore: Sequence[str]) -> Selection:
        """The rules to run: `select`, or the default ones, with `extend` and without `ignore`."""
        chosen = {header.code for header in self.headers if header.default}
        if select:
            chosen = {header.code for word in select for header in self.meant(word)}
        chosen.update(header.code for word in extend for header in self.meant(word))
        chosen.difference_update(header.code for word in ignore for header in self.meant(word))
        return Selection(self, frozenset(chosen))

    def _unknown(self, name: str, what: str) -> UnknownRule:
        if name not in self._near:  # a rule that is gone may be named by thousands of comments
            found = closest(name.lower(), [*self._named, *FAMILIES, EVERYTHING.lower()], 1)
            self._near[name] = next(map(_spelt, found), "")
        near = self._near[name]
        return UnknownRule(f"no {what} is called {name!r}{f': did you mean {near}?' if near else ''}", near)


class Selection:
    """The rules that a run was asked for: those of the codes."""

    def __init__(self, registry: Registry, codes: frozenset[str]) -> None:
        self.registry = registry
        self.codes = codes

    def __iter__(self) -> Iterator[Rule]:
        """All of them, in the order of their codes."""
        return map(self.registry.rule, self.headers())

    def headers(self) -> Iterator[Header]:
        """Their headers."""
        return (header for header in self.registry.headers if header.code in self.codes)

    def meeting(self, topics: frozenset[str]) -> Iterator[Header]:
        """Those that wait for no problem and need nothing, or one of the topics."""
        for header in self.headers():
            if header.subject is not Subject.PROBLEM and not (header.needs and header.needs.isdisjoint(topics)):
                yield header

    def reporting(self, kind: str) -> Rule | None:
        """The one that reports problems of a kind. Raises LookupError if no rule at all does."""
        header = self.registry.of_slug(kind)
        if header is None:
            raise LookupError(f"no rule reports problems of the kind {kind!r}")
        wanted = header.subject is Subject.PROBLEM and header.code in self.codes
        return self.registry.rule(header) if wanted else None


def _spelt(word: str) -> str:
    """A name as people write it: codes in capitals."""
    return word.upper() if word[-1:].isdigit() or word == EVERYTHING.lower() else word


def load() -> Registry:
    """The rules that ship with sslint. Raises RuleError for one that can't be loaded."""
    return Registry((), headers())
