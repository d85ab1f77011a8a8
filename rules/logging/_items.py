"""The `%` directives of log formats."""

from __future__ import annotations

import re
from typing import NamedTuple

_ITEM = re.compile(r"%[!<>,0-9]*(?:\{([^}]*)\})?[!<>,0-9]*(\^..|[A-Za-z%])")


class Item(NamedTuple):
    """One directive: `%{argument}letter`. `text` is how it is written."""

    letter: str
    argument: str
    text: str


def items(text: str) -> list[Item]:
    """The directives of a format, in order."""
    return [Item(found.group(2), found.group(1) or "", found.group()) for found in _ITEM.finditer(text)]


class Wanted(NamedTuple):
    """What a directive tells, and the sets of letters of which one tells the same."""

    title: str
    same: tuple[str, ...]


WANTED = {
    "%h": Wanted("the client's address (%h or %a)", ("h", "a")),
    "%a": Wanted("the client's address (%h or %a)", ("h", "a")),
    "%t": Wanted("the time (%t)", ("t",)),
    "%r": Wanted("the request (%r)", ("r", "mU", "mf")),
    "%s": Wanted("the status (%s or %>s)", ("s",)),
    "%u": Wanted("the user (%u)", ("u",)),
    "%b": Wanted("the size (%b)", ("b", "B", "O")),
    "%l": Wanted("the user of identd (%l)", ("l",)),
    "%{Referer}i": Wanted("the referring page (%{Referer}i)", ()),
    "%{User-Agent}i": Wanted("the browser (%{User-Agent}i)", ()),
}


def says(found: list[Item], wanted: str) -> bool:
    """Whether directives tell what one does, that one or others."""
    letters = {item.letter for item in found}
    same = WANTED[wanted].same if wanted in WANTED else ()
    if any(letters.issuperset(one) for one in same):
        return True
    return any(item.text.lower() == wanted.lower() for item in found)
