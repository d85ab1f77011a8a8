"""Every directive that httpd 1.3 to trunk and packaged modules know."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .. import data
from .places import OR_CLASSES, Permission, Place, by_flags, by_handler
from .rows import Branch, branch_of, fields_of
from .suggest import closest
from .versions import NEWEST, HttpdVersion

_PLACES = {place: index for index, place in enumerate(Place)}
_LAST_TAGGED = HttpdVersion(2, 4, 62)
_FIRST_SURVEYED_AFTER = HttpdVersion(2, 4, 68)


class Shape(NamedTuple):
    """How many words the server takes, before the handler looks at them.

    `name` is the macro (`TAKE12`, `FLAG`, `RAW_ARGS` …) as it acts: a NO_ARGS directive of 2.0 to
    2.4 swallows any words, so it is RAW_ARGS here. `maximum` None means no limit; of a FLAG only
    the first word is read. `refused` are word counts that the handler of 2.4.71 turned down.
    """

    name: str
    minimum: int
    maximum: int | None
    refused: frozenset[int] = frozenset()

    def takes(self, count: int) -> bool:
        """Whether that many words pass the count check."""
        if count in self.refused or count < self.minimum:
            return False
        return self.maximum is None or count <= self.maximum


_LIMITS: dict[str, tuple[int, int | None]] = {
    "RAW_ARGS": (0, None), "NO_ARGS": (0, 0), "FLAG": (1, None), "ITERATE": (1, None),
    "ITERATE2": (2, None), "TAKE_ARGV": (0, None), "TAKE1": (1, 1), "TAKE2": (2, 2), "TAKE3": (3, 3),
    "TAKE12": (1, 2), "TAKE13": (1, 3), "TAKE23": (2, 3), "TAKE123": (1, 3),
}  # fmt: skip
_STEPS = {"TAKE13": frozenset({2})}


class Deprecation(NamedTuple):
    """Since when a directive is out of use, how (`removed`, `alias`, `no_effect`, `works` …), what instead."""

    since: str
    effect: str
    replaced_by: tuple[str, ...]

    def holds(self, version: HttpdVersion) -> bool:
        """Whether it does for a release; a bare series stands for its first."""
        since = tuple(map(int, self.since.split(".")))
        return tuple(version)[: len(since)] >= since


class DirectiveFacts(NamedTuple):
    """One directive or section; `name` is spelled as the reference spells it, without `<`."""

    name: str
    is_section: bool
    cells: Mapping[str, str]
    branches: Mapping[str, Branch]

    @property
    def package(self) -> str | None:
        """The package of a third-party module; such facts are less sure. None for httpd's own."""
        return self.cells.get("package")

    def _text(self, key: str) -> str:
        return self.cells.get(key, "")

    def _list(self, key: str) -> tuple[str, ...]:
        text = self._text(key)
        return tuple(text.split(" || ")) if text else ()

    def branch(self, version: HttpdVersion = NEWEST) -> Branch | None:
        """The facts of that release; a third-party module's are the same for all."""
        return self.branches.get("*") or self.branches.get(version.branch)

    def exists(self, version: HttpdVersion = NEWEST) -> bool:
        """Whether that release (with every module) may know the name.

        Between 2.4.62 and 2.4.68 only the end points were surveyed: what appeared in between is
        taken to exist from 2.4.63 on.
        """
        branch = self.branch(version)
        if branch is None:
            return False
        if branch.last is not None and version > branch.last:
            return False
        first = branch.first
        if first is None or version >= first:
            return True
        return first == _FIRST_SURVEYED_AFTER and version > _LAST_TAGGED

    def is_tombstone(self, version: HttpdVersion = NEWEST) -> bool:
        """Whether the name is known only to be refused with "no longer supported"."""
        branch = self.branch(version)
        return branch is not None and branch.tombstone

    def modules(self, version: HttpdVersion = NEWEST) -> tuple[str, ...]:
        """The source names (`mod_ssl`) of the modules that own the name."""
        branch = self.branch(version)
        return branch.modules if branch else ()

    def module_ids(self, version: HttpdVersion = NEWEST) -> tuple[str, ...]:
        """The identifiers (`ssl_module`) of the modules that own the name."""
        branch = self.branch(version)
        return branch.module_ids if branch else ()

    def shape(self, version: HttpdVersion = NEWEST) -> Shape | None:
        """The word counts that release takes; None where it does not know the name."""
        branch = self.branch(version)
        if branch is None:
            return None
        name = branch.at(version)[0]
        if name == branch.shape and branch.effective_shape:
            name = branch.effective_shape
        refused = _STEPS.get(name, frozenset())
        if version.branch == "2.4" and name == (branch.effective_shape or branch.shape):
            refused |= {n for n, verdict in enumerate(self._text("counts")) if verdict == "c"}
        return Shape(name, *_LIMITS[name], refused)

    def flags(self, version: HttpdVersion = NEWEST) -> frozenset[str]:
        """The `req_override` flags of that release (`RSRC_CONF`, `OR_FILEINFO` …)."""
        branch = self.branch(version)
        return branch.at(version)[1] if branch else frozenset()

    def exec_on_read(self, version: HttpdVersion = NEWEST) -> bool:
        """Whether it acts while the file is read, whatever section it stands in."""
        return "EXEC_ON_READ" in self.flags(version)

    def _observed(self, place: Place) -> Permission | None:
        seen = self._text("seen")
        if not seen:
            return None
        verdict = seen[_PLACES[place]]
        return {"n": Permission.NOT_ALLOWED, "r": Permission.REFUSED}.get(verdict, Permission.ALLOWED)

    def allowed(self, place: Place, version: HttpdVersion = NEWEST) -> Permission:
        """What the server says to the directive there.

        For 2.4 the verdict of a running 2.4.71, unless the flags changed after that release; else
        computed from the flags and from the handler's checks, giving the benefit of the doubt.
        """
        branch = self.branch(version)
        flags = self.flags(version)
        if branch is None or not flags:
            return Permission.ALLOWED
        observed = self._observed(place)
        if observed is not None and version.branch == "2.4" and flags == branch.flags:
            return observed
        verdict = by_flags(place, flags)
        if verdict is Permission.ALLOWED and observed is not Permission.ALLOWED:
            return by_handler(place, branch.checks)
        return verdict

    def refusal(self, place: Place) -> str | None:
        """The message with which 2.4.71's handler refused the place."""
        return self.cells.get(f"refusal.{place.value}")

    def override_classes(self, version: HttpdVersion = NEWEST) -> frozenset[str]:
        """The AllowOverride classes of which one lets it into .htaccess; empty when none does."""
        flags = self.flags(version)
        if "OR_ALL" in flags:
            return frozenset(OR_CLASSES.values())
        return frozenset(name for flag, name in OR_CLASSES.items() if flag in flags)

    @property
    def syntax(self) -> tuple[str, ...]:
        """Usage lines of the newest reference."""
        return self._list("syntax")

    @property
    def default(self) -> tuple[str, ...]:
        """Documented defaults, as whole directive lines."""
        return self._list("default")

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks on how the server treats it."""
        return self._list("notes")

    @property
    def words(self) -> tuple[str, ...]:
        """Literals that the reference names, in its spelling."""
        return tuple(self._text("words").split())

    @property
    def accepted_words(self) -> tuple[str, ...]:
        """Literals that 2.4.71 took as the only word."""
        return tuple(self._text("accepts").split())

    @property
    def rejected_words(self) -> tuple[str, ...]:
        """Literals that 2.4.71 refused as the only word."""
        return tuple(self._text("rejects").split())

    @property
    def deprecation(self) -> Deprecation | None:
        """Whether and how the directive is out of use."""
        text = self._text("deprecated")
        if not text:
            return None
        since, effect, names = text.split(" ", 2)
        return Deprecation(since, effect, () if names == "-" else tuple(names.split(",")))

    def successor(self, text: str, version: HttpdVersion = NEWEST) -> str | None:
        """The line that says exactly what a use with these words said before the directive went out of use.

        It is empty where nothing has to be said any more; None where no line says the same in that release.
        """
        gone = self.deprecation
        if gone is None or not gone.holds(version):
            return None
        for case in self._list("successor"):
            pattern, _, line = case.partition("=>")
            if re.fullmatch(pattern.strip(), text.strip()):
                name = line.split(None, 1)[0] if line.strip() else ""
                known = directives().lookup(name, section=False) if name else None
                return (
                    None if name and not (known and known.exists(version)) else line.strip().replace("{}", text.strip())
                )
        return None


class Directives:
    """The directives by name. Rows are decoded when they are first asked for."""

    def __init__(self, text: str) -> None:
        rows: dict[str, list[str]] = {}
        for line in text.split("\n"):
            if line and line[0] != "#":
                rows.setdefault(line[: line.index("\t")].lower(), []).append(line)
        self._rows = rows
        self._known: dict[str, tuple[DirectiveFacts, ...]] = {}

    def all_of(self, name: str) -> tuple[DirectiveFacts, ...]:
        """Every entry of a name (no `<`): directive and section, httpd's before third parties'."""
        key = name.lower()
        found = self._known.get(key)
        if found is None:
            found = tuple(_facts(line) for line in self._rows.get(key, ()))
            if found:
                self._known[key] = found
        return found

    def lookup(self, name: str, section: bool | None = None) -> DirectiveFacts | None:
        """The facts of a name, in any case; None when nobody is known to own it.

        `section` True or False asks for that kind only; a name starting with `<` asks for a
        section. Otherwise the directive goes before the section of the same name.
        """
        if name.startswith("<"):
            name, section = name[1:], True
        found = [facts for facts in self.all_of(name) if section is None or facts.is_section == section]
        found.sort(key=lambda facts: (facts.package is not None, facts.is_section))
        return found[0] if found else None

    def __iter__(self) -> Iterator[DirectiveFacts]:
        for key in self._rows:
            yield from self.all_of(key)

    def suggest(self, name: str, section: bool | None = None, limit: int = 3) -> list[str]:
        """Known names that a misspelled one may have meant, best first; httpd's own go first."""
        wanted = name.lstrip("<")
        if name.startswith("<"):
            section = True
        found = []
        for key in closest(wanted.lower(), self._rows, 3 * limit):
            facts = self.lookup(key, section)
            if facts is not None:
                found.append(facts)
        found.sort(key=lambda facts: (not facts.exists(), facts.package is not None))
        return [facts.name for facts in found[:limit]]


def _facts(line: str) -> DirectiveFacts:
    name, kind, cells = fields_of(line)
    return DirectiveFacts(name, kind == "section", cells, branch_of(cells))


@functools.cache
def directives() -> Directives:
    """The shipped directives, loaded once."""
    return Directives(data.read("directives.txt"))
