"""Elements of a cipher string that could be left out."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from .dialect import number
from .errors import CipherStringError
from .selection import CipherList, Element, evaluate
from .tables import Library, libraries, library

_FIRST = (1, 0, 2)
"""Strings are often written for several versions; those of before 1.0.2 no longer count."""


@functools.lru_cache(maxsize=256)
def redundant(text: str, openssl: Library) -> tuple[Element, ...]:
    """The elements that can be left out together, as neither this library nor another since 1.0.2 would see it.

    Of two that stand for each other, the later one. A string that the library refuses has none.
    """
    selected = _meaning(text, openssl)
    if selected is None:
        return ()
    wanted = [(known, meant) for known in (openssl, *_others()) if (meant := _meaning(text, known)) is not None]
    kept = list(selected.elements)
    found: set[int] = set()
    before = -1
    while before != len(found):
        before = len(found)
        for element in reversed(kept):
            rest = [one for one in kept if one is not element]
            shorter = ":".join(text[one.start : one.end] for one in rest)
            if rest and all(_is_same(_meaning(shorter, known), meant) for known, meant in wanted):
                kept = rest
                found.add(element.start)
    return tuple(one for one in selected.elements if one.start in found)


def _others() -> Iterator[Library]:
    """The other libraries, the oldest and richest first: they tell most words apart."""
    for name in libraries():
        known = library(name)
        if number(known.series) >= _FIRST:
            yield known


@functools.lru_cache(maxsize=1024)
def _meaning(text: str, known: Library) -> CipherList | None:
    try:
        return evaluate(text, known)
    except CipherStringError:
        return None


def _is_same(one: CipherList | None, other: CipherList) -> bool:
    return one is not None and _facts(one) == _facts(other)


def _facts(selected: CipherList) -> tuple[object, ...]:
    return selected.suites, selected.security_level, selected.suite_b
