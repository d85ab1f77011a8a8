"""Values of mod_alias directives (`modules/mappers/mod_alias.c`)."""

from __future__ import annotations

import re

from .values_base import Checker, Problems, Use, atoi, interpolated, regex

_STATUS_WORDS = {"permanent": 301, "temp": 302, "seeother": 303, "gone": 410}
_IN_LOCATION = {"location", "if", "directory", "files", "proxy", "limit"}


def redirect(use: Use) -> Problems:
    """`add_redirect_internal`: `[status] from [to]`, or `[status] to` in a Location."""
    words = list(use.words)
    first = use.word(0)
    status, shift = 302, 0
    if first.lower() in _STATUS_WORDS:
        status, shift = _STATUS_WORDS[first.lower()], 1
    elif first[:1].isdigit():
        number = atoi(first)
        if number is None:
            return
        status, shift = number, 1
    elif len(words) == 3:
        yield use.at(0, "of three words the first must be a status: permanent, temp, seeother, gone or a number")
        return
    if use.name == "redirect" and use.place in _IN_LOCATION and len(words) - shift <= 1:
        if len(words) - shift == 1:
            yield from interpolated(use, len(words) - 1)
        elif 300 <= status < 400 and len(use.raw.split()) == shift:
            yield use.whole("the URL to redirect to is missing")
        return
    if len(words) <= shift:
        return
    if use.name == "redirectmatch":
        yield from regex(use, shift)
    yield from _target(use, status, shift)


def _target(use: Use, status: int, shift: int) -> Problems:
    """The word after the one that is matched."""
    needs_target = 300 <= status < 400
    index = shift + 1
    if len(use.words) <= index:
        if needs_target and use.place in ("server", "vhost"):
            yield use.whole("the URL to redirect to is missing")
        return
    if not needs_target:
        yield use.at(index, f"a status of {status} takes no URL")
    elif use.name == "redirect" and not re.match(r"/|%|[a-zA-Z][a-zA-Z0-9+.-]*:", use.words[index]):
        yield use.at(index, "redirect to something that is no URL")


def alias(use: Use) -> Problems:
    """`add_alias_internal`: two words, or a string expression in a Location."""
    if len(use.words) == 1:
        if use.place in ("server", "vhost"):
            yield use.whole("must have two words outside of <Location>")
        elif use.place == "location":
            yield from interpolated(use, 0)


def alias_match(use: Use) -> Problems:
    """`add_alias_regex`: the first word is a regular expression."""
    if len(use.words) == 2:
        yield from regex(use, 0)


CHECKERS: dict[str, Checker] = {
    "redirect": redirect,
    "redirectmatch": redirect,
    "alias": alias,
    "scriptalias": alias,
    "aliasmatch": alias_match,
    "scriptaliasmatch": alias_match,
}
