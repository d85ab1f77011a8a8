"""Section tags and the runs of lines between them: the tokens of grammar/httpd.lark.

Tokens are the tree's own nodes, so that none is built twice; each class names its terminal
in `type`, which is all that Lark's automaton looks at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from .lines import Dialect, is_continued, logical_end

_TAG = re.compile(r"^(?:[ \t\r\f\v]*\\\r?\n)*[ \t\r\f\v]*[\"']?<(/?)([^\s>\"']*)", re.ASCII | re.MULTILINE)
"""A tag; lines before it that hold nothing but a backslash belong to its logical line."""
_MARKS = frozenset("\\\r")
"""What stands before a line end that may be taken back."""


class Token:
    """A half-open range of the text, of one terminal."""

    __slots__ = ("end", "start")
    type: ClassVar[str]
    # Lark borrows the last token's place for its end token.
    line: ClassVar[int] = 0
    column: ClassVar[int] = 0
    start_pos: ClassVar[int] = 0
    end_line: ClassVar[int] = 0
    end_column: ClassVar[int] = 0
    end_pos: ClassVar[int] = 0

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end


class Run(Token):
    """Plain lines: directives, comments and blank lines, up to the next tag."""

    __slots__ = ()
    type = "RUN"


class Tag(Token):
    """A section's start or end tag: its whole logical line, the line end included."""

    __slots__ = ("key",)

    def __init__(self, start: int, end: int, key: str) -> None:
        self.start = start
        self.end = end
        self.key = key


class Open(Tag):
    """A start tag."""

    __slots__ = ()
    type = "OPEN"


class Close(Tag):
    """The end tag of the innermost open section."""

    __slots__ = ()
    type = "CLOSE"


class Stray(Tag):
    """An end tag that closes nothing."""

    __slots__ = ()
    type = "STRAY"


class Missing(Token):
    """The empty place where an end tag should have stood."""

    __slots__ = ()
    type = "MISSING"


def tokens(text: str, dialect: Dialect) -> Iterator[Token]:
    """Split a text into runs and tags; every character belongs to exactly one token.

    An end tag closes the innermost open section of its name and every one inside that: for
    those a MISSING comes first. One whose name is not open is STRAY.
    """
    open_keys: list[str] = []
    counts: dict[str, int] = {}
    position = 0
    length = len(text)
    find = text.find
    for match in _TAG.finditer(text):
        start = match.start()
        if start < position or (text[start - 2 : start - 1] in _MARKS and is_continued(text, start - 1, dialect)):
            continue
        if start > position:
            yield Run(position, start)
        end = find("\n", match.end())
        if end > 0 and text[end - 1] in _MARKS:
            end = logical_end(text, match.end(), dialect)
        position = end + 1 if 0 <= end < length else length
        key = match.group(2).lower()
        if not match.group(1):
            open_keys.append(key)
            counts[key] = counts.get(key, 0) + 1
            yield Open(start, position, key)
        elif not counts.get(key):
            yield Stray(start, position, key)
        else:
            while open_keys[-1] != key:
                counts[open_keys.pop()] -= 1
                yield Missing(start, start)
            counts[open_keys.pop()] -= 1
            yield Close(start, position, key)
    if position < len(text):
        yield Run(position, len(text))
    for _ in open_keys:
        yield Missing(len(text), len(text))
