"""Decoding of one row of `directives.txt`; its head describes the format."""

from __future__ import annotations

from typing import NamedTuple

from .versions import HttpdVersion

BRANCHES = ("1.3", "2.0", "2.2", "2.4", "trunk")


class Change(NamedTuple):
    """Up to the release before `version` the shape and the flags were these."""

    version: HttpdVersion
    shape: str
    flags: frozenset[str]


class Branch(NamedTuple):
    """What the command tables of one release branch say of a directive.

    `first` and `last` None mean from the start and to the end of the branch. `condition` are
    preprocessor conditions of the table entry. `add_on` names a package that brought it to 1.3.
    """

    first: HttpdVersion | None
    last: HttpdVersion | None
    shape: str
    flags: frozenset[str]
    modules: tuple[str, ...]
    module_ids: tuple[str, ...]
    checks: frozenset[str] = frozenset()
    effective_shape: str | None = None
    tombstone: bool = False
    add_on: str | None = None
    condition: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    def at(self, version: HttpdVersion) -> tuple[str, frozenset[str]]:
        """Shape and flags in that release: those before the first change that came later."""
        for change in self.changes:
            if version < change.version:
                return change.shape, change.flags
        return self.shape, self.flags


def fields_of(line: str) -> tuple[str, str, dict[str, str]]:
    """Name, kind and the `key=value` cells of a row."""
    name, kind, *cells = line.split("\t")
    return name, kind, dict(cell.split("=", 1) for cell in cells)


def branch_of(cells: dict[str, str]) -> dict[str, Branch]:
    """The branches of a row; a third-party module has one, called `*`."""
    if "package" in cells:
        return {"*": _third_party(cells)}
    return {key: _branch(cells[key]) for key in BRANCHES if key in cells}


def _third_party(cells: dict[str, str]) -> Branch:
    return Branch(
        first=None,
        last=None,
        shape=cells["shape"],
        flags=frozenset(_list(cells["flags"])),
        modules=_list(cells["modules"]),
        module_ids=_list(cells["ids"]),
        effective_shape="RAW_ARGS" if cells["shape"] == "NO_ARGS" else None,
    )


def _branch(text: str) -> Branch:
    first, last, shape, flags, modules, ids, *extras = text.split(" ")
    marks: dict[str, str] = {}
    changes = []
    for extra in extras:
        key, _, value = extra.partition(":")
        if key == "change":
            changes.append(_change(value))
        else:
            marks[key] = value
    return Branch(
        first=_version(first),
        last=_version(last),
        shape=shape,
        flags=frozenset(_list(flags)),
        modules=_list(modules),
        module_ids=_list(ids),
        checks=frozenset(_list(marks.get("check", "-"))),
        effective_shape=marks.get("as"),
        tombstone="tombstone" in marks,
        add_on=marks.get("addon"),
        condition=_list(marks.get("when", "-")),
        changes=tuple(changes),
    )


def _change(text: str) -> Change:
    version, sides = text.split(":", 1)
    shape, flags = sides.split(">", 1)[0].split("/", 1)
    return Change(HttpdVersion.parse(version), shape, frozenset(_list(flags)))


def _version(text: str) -> HttpdVersion | None:
    return None if text == "-" else HttpdVersion.parse(text)


def _list(text: str) -> tuple[str, ...]:
    return () if text == "-" else tuple(text.split(","))
