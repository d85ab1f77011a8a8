"""Who chooses the machine that a URL leads to: the text of the line, or the client.

A substitution is expanded before it is taken apart as a URL, so that what a client wrote may end up in
the host part, or behind it: `https://www.example.org$1` with `.evil.example` for `$1`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..configuration.model import Argument
from ..diagnostic import Edit
from ..text import Span

_START = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PIECE = re.compile(r"\\.|\$\{[^}]*\}|%\{[^}]*\}|[$%]\d|.", re.DOTALL)
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\[:\w+:\]|[^\]])*\]|.", re.DOTALL)
_ABSOLUTE = frozenset({"%{REQUEST_URI}", "%{REQUEST_FILENAME}", "%{SCRIPT_FILENAME}", "%{DOCUMENT_ROOT}"})
"""Variables that begin with a slash."""
_NEVER = {True: re.compile(r"!?\^[A-Za-z0-9](?![?*{])[^|]*"), False: re.compile(r"!?\^\\?/(?![?*{])[^|]*")}
"""How patterns begin that fit no path, where paths are seen with their leading slash, and without."""
_FIXED = frozenset("^$()|?*+{}")


class Steered(NamedTuple):
    """A piece of a URL's host part that does not stand there as text: `$1`, `%2`, `%{NAME}`.

    `last` tells that nothing of the host part follows it, `joined` that it follows a name that stands there.
    """

    piece: str
    last: bool
    joined: bool

    @property
    def number(self) -> int:
        """The group that a back-reference means."""
        return int(self.piece[1])


def steered(url: str) -> list[Steered]:
    """The pieces of a URL's host part that are filled in when a request comes; maps excluded."""
    match = _START.match(url)
    if match is None:
        return []
    pieces: list[str] = []
    for piece in _PIECE.findall(url[match.end() :]):
        if piece in "/?#" or piece.upper() in _ABSOLUTE:
            break
        pieces.append(piece)
    found = [(number, one) for number, one in enumerate(pieces) if re.match(r"[$%]\d|%\{", one)]
    return [Steered(one, number == len(pieces) - 1, number > 0) for number, one in found]


def group_of(pattern: str, number: int) -> str:
    """The text of a pattern's group, without its parentheses; all of it for 0, empty where there is none."""
    if number == 0:
        return pattern.removeprefix("^").removesuffix("$")
    opened: list[tuple[int, int]] = []
    count = position = 0
    for token in _TOKEN.findall(pattern):
        if token == "(":
            captures = pattern[position + 1 : position + 2] != "?"
            count += captures
            opened.append((position + 1, count if captures else 0))
        elif token == ")" and opened:
            start, which = opened.pop()
            if which == number:
                return pattern[start:position]
        position += len(token)
    return ""


def starts_of_group(pattern: str, number: int) -> str:
    """What stands before a group in its pattern, anchor and opening parentheses left out."""
    position = count = 0
    for token in _TOKEN.findall(pattern):
        if token == "(" and pattern[position + 1 : position + 2] != "?":
            count += 1
            if count == number:
                return pattern[:position].lstrip("^(")
        position += len(token)
    return ""


def may_hold(pattern: str, character: str) -> bool:
    """Whether text that a pattern matches may hold a character; what can't be told counts as no."""
    for token in _TOKEN.findall(pattern):
        if token in _FIXED:
            continue
        try:
            if re.fullmatch(token, character):
                return True
        except re.error:
            return False
    return False


def is_free(body: str, last: bool) -> bool:
    """Whether a group lets a client name a machine of its choice in a host part."""
    return may_hold(body, ".") and (last or may_hold(body, "/"))


def never_fits(pattern: str, sees_slash: bool | None) -> bool:
    """Whether a pattern begins as no path does: with or without the leading slash."""
    return sees_slash is not None and _NEVER[sees_slash].fullmatch(pattern) is not None


def begins_with_slash(pattern: str, number: int, sees_slash: bool | None) -> bool:
    """Whether what a group of a RewriteRule's pattern takes begins with a slash (or nothing is known of it).

    So it is said to do where the pattern takes no path at all.
    """
    if sees_slash and never_fits(pattern, sees_slash):
        return True
    body = group_of(pattern, number).lstrip("(")
    if body.startswith(("/", "?:/")) and not body.startswith(("/?", "/*")):
        return True
    before = starts_of_group(pattern, number) if number else ""
    return not before and sees_slash is not False


def captured_from(number: int, conditions: Sequence[Sequence[str]]) -> tuple[str, str]:
    """What `%1` comes from: the test string and the group's text of the last condition that captures.

    Both are empty where the group brings a slash along, which ends a host part.
    """
    for words in reversed(conditions):
        if len(words) > 1 and not words[1].startswith("!") and words[0].lower() != "expr":
            absolute = words[0].upper() in _ABSOLUTE
            slash = begins_with_slash(words[1], number, absolute)
            return ("", "") if slash else (words[0], group_of(words[1], number))
    return "", ""


def slash_before(word: Argument, piece: str) -> Edit | None:
    """The edit that ends a host part with a slash: before a piece, at the end for an empty one.

    None where the word does not stand in the file as it is.
    """
    text = word.source.text[word.span.start : word.span.end]
    if text.strip("\"'") != word.value or (piece and text.count(piece) != 1):
        return None
    place = word.span.start + text.index(piece) if piece else word.span.end - len(word.word.quote)
    return Edit(word.source, Span(place, place), "/")
