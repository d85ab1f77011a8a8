"""Regular expressions that take exponential time: a repetition inside a repetition that can match the same text.

`(a+)+$` can take a row of a's apart in as many ways as there are sums, and tries them all before it
gives up. Only what is certain counts: a group without groups inside, of one alternative, repeated without
bound, in which all that must be there besides an unbounded part is something that this part can match, too.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

_GROUP = re.compile(r"\((?:\?:)?((?:[^()|\[\]\\]|\\.|\[\^?\]?(?:[^\]\\]|\\.)*\])+)\)(?:[*+]|\{\d+,\})(?![+?])")
_ATOM = re.compile(
    r"(?P<atom>\\[dDwWsS.\-/_:;,=&@+?*()\[\]{}|^$]|\[\^?\]?(?:[^\]\\]|\\.)*\]|[^\\\[\]^$*+?{}|()])"
    r"(?P<times>[*+?]|\{\d+(?:,\d*)?\})?(?P<lazy>[?+]?)"
)
_LETTERS = "".join(map(chr, range(1, 127)))


class Blowup(NamedTuple):
    """Where the repeated group stands in a pattern."""

    start: int
    end: int


class _Part(NamedTuple):
    letters: frozenset[str]
    must: bool
    endless: bool


@functools.lru_cache(maxsize=1024)
def blowup(pattern: str) -> Blowup | None:
    """The group that makes a pattern take exponential time; None where there is no such, or none that is certain."""
    for match in _GROUP.finditer(pattern):
        if _escaped(pattern, match.start()) or not _may_fail(pattern[match.end() :]):
            continue
        parts = _parts(match[1])
        if parts and any(_swallows(one, parts) for one in parts if one.endless):
            return Blowup(match.start(), match.end())
    return None


def _escaped(pattern: str, at: int) -> bool:
    """Whether the parenthesis at a place is a letter: behind a backslash, or in a class."""
    before = pattern[:at]
    slashes = len(before) - len(before.rstrip("\\"))
    return slashes % 2 == 1 or re.search(r"(?<!\\)\[[^\]]*$", before) is not None


def _may_fail(rest: str) -> bool:
    """Whether what follows the group may not match, so that other ways are tried."""
    rest = rest.lstrip(")")
    return bool(rest) and not re.fullmatch(r"(?:\.\*|\(\.\*\))[$)]*", rest)


def _parts(body: str) -> list[_Part]:
    """The parts of a group's body; empty where one is not understood."""
    found: list[_Part] = []
    at = 0
    while at < len(body):
        match = _ATOM.match(body, at)
        letters = _letters(match["atom"]) if match is not None else None
        if match is None or letters is None or match["lazy"] == "+":
            return []
        times = match["times"] or ""
        endless = times in ("*", "+") or times.endswith(",}")
        found.append(_Part(letters, not (times in ("*", "?") or times.startswith("{0")), endless))
        at = match.end()
    return found


@functools.lru_cache(maxsize=256)
def _letters(atom: str) -> frozenset[str] | None:
    """The ASCII letters that an atom matches; None where Python reads it otherwise than PCRE."""
    if "[:" in atom:
        return None
    try:
        pattern = re.compile(atom)
    except re.error:
        return None
    return frozenset(letter for letter in _LETTERS if pattern.fullmatch(letter))


def _swallows(endless: _Part, parts: list[_Part]) -> bool:
    """Whether an unbounded part matches all that the others must have."""
    return all(one.letters <= endless.letters for one in parts if one is not endless and one.must)
