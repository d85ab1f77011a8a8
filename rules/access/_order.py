"""Order, Allow and Deny of one section, and the Require line that says the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sslint.api import Context, Directive, Edit, Section, Server, delete_lines, kept, replace, usable, walk

LINES = ("order", "allow", "deny", "satisfy")
_NETWORK = re.compile(r"[\d.]+(?:/[\d.]+)?|[0-9a-f:]*:[0-9a-f:.]*(?:/\d+)?", re.IGNORECASE)
_GRANTED, _DENIED = "Require all granted", "Require all denied"
_HINDRANCES = ("require", "authtype", "satisfy", "allowoverridelist")
"""With these in a server, the old lines and the new ones meet."""


def block_of(directive: Directive, context: Context) -> list[Directive]:
    """The lines of the old way that stand directly in the same section, and are read."""
    return _lines_in(context.server, directive.parent)


@kept  # There may be thousands of them.
def _lines_in(server: Server, parent: Section | None) -> list[Directive]:
    siblings = parent.children if parent is not None else server.configuration.children
    return [one for one in usable(siblings) if one.key in LINES]


def require_of(block: Sequence[Directive]) -> str:
    """The Require line that says what a section's lines say; empty where none does."""
    if any(line.key == "satisfy" for line in block):
        return ""
    order = [line.values[0].lower() for line in block if line.key == "order" and line.values]
    allow, deny = _words(block, "allow"), _words(block, "deny")
    if not all(word.lower() == "all" or _NETWORK.fullmatch(word) for word in (*allow, *deny)):
        return ""
    denies_all = any(word.lower() == "all" for word in deny)
    if not order or order[-1] == "deny,allow":
        return _deny_first(allow, deny, denies_all)
    if not allow or denies_all:
        return _DENIED
    return "" if deny else _admitting(allow)


def _deny_first(allow: list[str], deny: list[str], denies_all: bool) -> str:
    if not deny:
        return _GRANTED
    if not denies_all:
        return _GRANTED if any(word.lower() == "all" for word in allow) else ""
    return _admitting(allow) if allow else _DENIED


def _admitting(allow: list[str]) -> str:
    return _GRANTED if any(word.lower() == "all" for word in allow) else f"Require ip {' '.join(allow)}"


def _words(block: Iterable[Directive], key: str) -> list[str]:
    return [word for line in block if line.key == key for word in line.values[1:]]


def is_convertible(block: Sequence[Directive]) -> bool:
    """Whether a section's lines can be written anew where they stand."""
    around = block[0].parent
    in_limit = around is not None and around.key in ("limit", "limitexcept")
    plain = all(line.condition is None and line.pieces is None for line in block)
    one_file = len({line.source.path for line in block}) == 1
    return bool(require_of(block)) and plain and one_file and not in_limit


def is_answered(block: Sequence[Directive], server: Server) -> bool:
    """Whether another section for the very same place has Require, which has a say now and would have none."""
    around = block[0].parent
    return around is not None and (around.key, *around.values) in _required(server)


@kept
def _required(server: Server) -> set[tuple[str, ...]]:
    """The places for which some section has Require."""
    lines = (line for line in walk(server.configuration.children) if line.key == "require")
    return {(line.parent.key, *line.parent.values) for line in lines if line.parent is not None}


def edits(block: Sequence[Directive]) -> list[Edit]:
    """The edits that put the Require line in the stead of a section's lines."""
    return [replace(block[0], require_of(block)), *(delete_lines(line) for line in block[1:])]


def conversion(context: Context) -> list[Edit] | None:
    """The edits for all sections of a server, where every answer stays the same; None where that is not certain.

    Require merges as Order, Allow and Deny do: the innermost section that has some stands alone. So what holds for
    each section holds for all, as long as no line of the other way is met, from whatever file.
    """
    return _conversion(context.server) if context.configuration.role == "main" else None


@kept
def _conversion(server: Server) -> list[Edit] | None:
    if not server.is_complete or not server.keys.isdisjoint(_HINDRANCES):
        return None
    blocks: dict[int, list[Directive]] = {}
    for line in walk(server.configuration.children):
        if line.key == "allowoverride" and [word.lower() for word in line.values] != ["none"]:
            return None
        if line.key in LINES:
            blocks.setdefault(id(line.parent), []).append(line)
    if not all(is_convertible(block) for block in blocks.values()):
        return None
    found = {(one.source.path, one.span): one for block in blocks.values() for one in edits(block)}
    return sorted(found.values(), key=lambda edit: (edit.source.path, edit.span))
