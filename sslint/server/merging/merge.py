"""How repeated directives combine in one scope, and inner scopes with outer ones: `grammar/merging.txt`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ... import data
from ...configuration.model import Directive
from ...knowledge.directives import DirectiveFacts, directives
from ...knowledge.places import Permission, Place
from ...knowledge.versions import HttpdVersion

_PROXY_PER_DIRECTORY = HttpdVersion(2, 4, 30)
_PER_DIRECTORY = frozenset({"ACCESS_CONF", "OR_ALL", "OR_OPTIONS", "OR_FILEINFO", "OR_AUTHCFG", "OR_LIMIT",
                            "OR_INDEXES"})  # fmt: skip
_LISTS = frozenset({"ITERATE", "ITERATE2"})


class MergeRule(NamedTuple):
    """How one directive merges; the data file's head explains the words.

    `group` are directives that share one list or table, by default the directive alone; `source`
    names the httpd function, and is empty where the rule follows from the command table's flags.
    """

    record: str
    repeat: str
    merge: str
    group: str
    source: str = ""
    cells: Mapping[str, str] = {}

    @property
    def is_setting(self) -> bool:
        """Whether it sets anything, rather than act while the file is read."""
        return self.record != "-"

    @property
    def per_directory(self) -> bool:
        """Whether what stands inside a section has a say."""
        return self.record in ("directory", "either", "rounds", "both")

    def default(self, version: HttpdVersion) -> str | None:
        """The default of a branch that differs from the newest one's."""
        return self.cells.get(f"default.{version.branch}")

    def removes(self) -> bool:
        """Whether its keys are taken away from the group's table."""
        return "removes" in self.cells

    def keys(self, directive: Directive) -> Iterator[tuple[str, str]]:
        """The keys that a line speaks of, each as it is compared and as it is written."""
        words = directive.values
        kind = self.repeat.partition(":")[2]
        for word in _KEYS[kind](words) if kind else ("",):
            yield self._folded(word), word

    def _folded(self, key: str) -> str:
        how = self.cells.get("fold")
        if how is None:
            return key
        return key.lower().lstrip(".") if how == "extension" else key.lower()


_KEYS: dict[str, Callable[[Sequence[str]], Sequence[str]]] = {
    "1": lambda words: words[:1],
    "each": lambda words: words,
    "tail": lambda words: words[1:],
    "kind": lambda words: words[:1] if len(words) > 1 else ["SSL"],
    "nickname": lambda words: words[1:2] or [""],
    "errorlog": lambda words: words[:1] if len(words) > 1 else [""],
    "equals": lambda words: [word.partition("=")[0] for word in words],
}


class Merging:
    """The rules by directive name; rows are taken apart when they are first asked for."""

    def __init__(self, text: str) -> None:
        self._rows: dict[str, str] = {}
        for line in text.split("\n"):
            if line and line[0] != "#":
                for name in line.split("\t", 6)[5].lower().split():
                    self._rows[name] = line
        self._known: dict[tuple[str, HttpdVersion], MergeRule] = {}

    def rule(self, key: str, version: HttpdVersion) -> MergeRule:
        """The rule of a directive (its name in lower case) in a release."""
        found = self._known.get((key, version))
        if found is None:
            row = self._rows.get(key)
            found = _by_flags(key, version) if row is None else _of_row(key, row, version)
            self._known[key, version] = found
        return found


def _of_row(key: str, row: str, version: HttpdVersion) -> MergeRule:
    record, repeat, merge, group, source, _, *more = row.split("\t")
    cells = dict(cell.split("=", 1) for cell in more)
    if version.branch in cells:
        record, repeat, merge = cells[version.branch].split(" ")
        group = "-"
    if record == "proxy":
        record = "directory" if version >= _PROXY_PER_DIRECTORY else "server"
    return MergeRule(record, repeat, merge, key if group == "-" else group, source, cells)


def _by_flags(key: str, version: HttpdVersion) -> MergeRule:
    """What the command table tells: where the directive may stand, and whether it is called for each word."""
    facts = directives().lookup(key, section=False)
    if facts is None:
        return MergeRule("directory", "last", "override", key)
    shape = facts.shape(version)
    repeat = "append" if shape is not None and shape.name in _LISTS else "last"
    return MergeRule(_record(facts, version), repeat, "override", key)


def _record(facts: DirectiveFacts, version: HttpdVersion) -> str:
    if not _PER_DIRECTORY.isdisjoint(facts.flags(version)):
        return "directory"
    return "server" if facts.allowed(Place.VHOST, version) is Permission.ALLOWED else "global"


@functools.cache
def merging() -> Merging:
    """The shipped rules, loaded once."""
    return Merging(data.read("merging.txt"))
