"""The walk over the configuration: names, places, word counts and values.

Source: `ap_walk_config_sub` and `invoke_cmd` in httpd's server/config.c. The server stops at the
first error; here each directive is judged for itself, so that one run names them all.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import cast

from ..configuration import Configuration, Item, Problem, Section, walk
from ..files import Files, Kind
from ..knowledge.directives import DirectiveFacts, directives
from ..knowledge.places import Permission
from . import messages
from .messages import Check
from .scope import ROOTS, inside, place_of
from .uses import Surroundings, use_check
from .whole import duplicate_listeners


def check(configuration: Configuration, files: Files | None = None) -> list[Problem]:
    """What the target's server would refuse or ignore in the walk.

    With `files`, values that name files are looked up as well. A fragment is judged for the
    place that fits it best, since nobody says where it is included.
    """
    if configuration.role == "htaccess":
        return _Walker(configuration, files, ("htaccess",)).walk()
    if configuration.role == "main":
        return _Walker(configuration, files, ()).walk() + duplicate_listeners(configuration)
    best: list[Problem] | None = None
    for root in ROOTS:
        found = _Walker(configuration, files, root).walk()
        if best is None or _rank(found) < _rank(best):
            best = found
        if _rank(best) == (0, 0):
            break
    return best or []


def _rank(problems: list[Problem]) -> tuple[int, int]:
    """How badly a place fits: misplaced directives, then values that only another place takes."""
    kinds = [problem.kind for problem in problems]
    return kinds.count("wrong-context"), kinds.count("bad-value")


class _Existence:
    """What the value checks ask of a file system."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def exists(self, path: str) -> bool | None:
        """Whether something is there; None when nobody may look."""
        kind = self._files.kind(posixpath.normpath(path))
        return None if kind is Kind.UNKNOWN else kind is not Kind.MISSING


def _provider_aliases(configuration: Configuration) -> frozenset[str]:
    """The names that `<AuthnProviderAlias>` and `<AuthzProviderAlias>` sections define."""
    if not any("provideralias" in source.text.lower() for source in configuration.sources.values()):
        return frozenset()
    sections = (
        item for item in walk(configuration.children) if item.key in ("authnprovideralias", "authzprovideralias")
    )
    return frozenset(values[1] for section in sections if len(values := section.values) > 1)


class _Name:
    """A name in a place: the checks of its uses, in order, and the argument texts that passed them."""

    __slots__ = ("checks", "fine", "is_section")

    def __init__(self, is_section: bool, *checks: Check) -> None:
        self.is_section = is_section
        self.checks = checks
        self.fine: set[str] = set()


class _Walker:
    def __init__(self, configuration: Configuration, files: Files | None, root: tuple[str, ...]) -> None:
        self.configuration = configuration
        self.target = configuration.target.replace(server_root=configuration.server_root)
        self.files = None if files is None else _Existence(files)
        self.root = root
        self._surroundings = Surroundings(
            self.target,
            self.files,
            configuration.loaded if configuration.modules_certain else None,
            _provider_aliases(configuration),
        )
        self._known: dict[tuple[str, ...], dict[str, _Name]] = {}

    def walk(self) -> list[Problem]:
        """All problems, in reading order."""
        problems: list[Problem] = []
        stack: list[tuple[Iterator[Item], tuple[str, ...]]] = [(iter(self.configuration.children), self.root)]
        while stack:
            iterator, keys = stack[-1]
            known = self._known.setdefault(keys, {})
            for item in iterator:
                condition = item.condition
                if condition is not None and not condition.as_started:
                    continue
                name = known.get(item.key)
                if name is None or name.is_section is not (type(item) is Section):
                    name = known[item.key] = self._name(item, keys)
                if name.checks and item.text not in name.fine:
                    self._check(item, name, problems)
                if name.is_section:
                    stack.append((iter(cast("Section", item).children), inside(keys, item.key)))
                    break
            else:
                stack.pop()
        return problems

    def _check(self, item: Item, name: _Name, problems: list[Problem]) -> None:
        before = len(problems)
        values = item.values
        for check in name.checks:
            check(item, values, problems)
            if len(problems) > before:
                return
        name.fine.add(item.text)

    def _name(self, item: Item, keys: tuple[str, ...]) -> _Name:
        """What is to be checked of a name in a place: decided once, then remembered."""
        is_section = isinstance(item, Section)
        version = self.target.httpd
        entries = [facts for facts in directives().all_of(item.key) if facts.is_section == is_section]
        facts = next((facts for facts in entries if facts.package or facts.exists(version)), None)
        if facts is None:
            return _Name(is_section, messages.unknown(self.target, entries[0] if entries else None, is_section))
        missing = self._module_missing(facts)
        if missing is not None:
            return _Name(is_section, missing)
        place = place_of(keys)
        if facts.is_tombstone(version):
            return _Name(is_section, messages.tombstone(facts, version))
        permission = facts.allowed(place, version)
        if permission is not Permission.ALLOWED:
            return _Name(is_section, messages.wrong_place(facts, place, keys, permission, self.target))
        shape = messages.header_check(facts) if is_section else messages.count_check(facts, self.target)
        values = use_check(facts, place, self._surroundings, is_section)
        return _Name(is_section, *(check for check in (shape, values) if check is not None))

    def _module_missing(self, facts: DirectiveFacts) -> Check | None:
        if not self.configuration.modules_certain:
            return None
        owners = facts.module_ids(self.target.httpd)
        if not owners or any(owner in self.configuration.loaded for owner in owners):
            return None
        return messages.module_missing(owners)
