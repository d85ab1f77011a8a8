"""Texts as editors count them: lines end at LF, CRLF or CR, and columns count in the units of an encoding.

pygls takes whatever Python calls a line end for one, form feeds and U+2028 among them, after which all
later positions are off; and it splits and joins the whole text for every key that is pressed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

UTF8, UTF16, UTF32 = "utf-8", "utf-16", "utf-32"

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")
_SURROGATE = re.compile("[\ud800-\udfff]")

Place = tuple[int, int]
"""A line and a column, both from 0, the column in units of the encoding."""


def split(text: str) -> list[str]:
    """The lines of a text with their ends; the last one, perhaps empty, has none."""
    lines: list[str] = _LINE.findall(text)
    if not lines or lines[-1][-1] in "\r\n":
        lines.append("")
    return lines


def sane(text: str) -> str:
    """A client's text without lone surrogates, which would be taken for bytes that are not UTF-8."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def units(text: str, encoding: str) -> int:
    """How long a text is."""
    if text.isascii() or encoding == UTF32:
        return len(text)
    if encoding == UTF8:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(character > "\uffff" for character in text)


def index(line: str, column: int, encoding: str) -> int:
    """The character of a line at a column; behind its end, the end, its line end excluded."""
    length = len(line.rstrip("\r\n"))
    if encoding == UTF32 or line.isascii():
        return max(0, min(column, length))
    passed = 0
    for at in range(length):
        if passed >= column:
            return at
        passed += units(line[at], encoding)
    return length


class Table:
    """Offsets of a text as places, and places as offsets."""

    def __init__(self, lines: Sequence[str], encoding: str) -> None:
        self.lines = lines
        self.encoding = encoding
        self._starts = list(accumulate(map(len, lines), initial=0))

    @classmethod
    def of(cls, text: str, encoding: str) -> Table:
        """The table of a text."""
        return cls(split(text), encoding)

    def place(self, offset: int) -> Place:
        """The place of the character at an offset."""
        line = min(bisect_right(self._starts, offset), len(self.lines)) - 1
        return line, units(self.lines[line][: offset - self._starts[line]], self.encoding)

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; behind the last line, the end of the text."""
        if line >= len(self.lines):
            return self._starts[-1]
        return self._starts[line] + index(self.lines[line], column, self.encoding)


class Buffer:
    """A text that is edited: only the lines that an edit touches are split again."""

    def __init__(self, text: str, encoding: str) -> None:
        self.encoding = encoding
        self.lines = split(sane(text))
        self._text: str | None = None
        self._table: Table | None = None

    @property
    def text(self) -> str:
        """The whole text, put together when somebody asks."""
        if self._text is None:
            self._text = "".join(self.lines)
        return self._text

    @property
    def table(self) -> Table:
        """Its places; the lines are copied, since they may be edited while somebody asks."""
        if self._table is None:
            self._table = Table(tuple(self.lines), self.encoding)
        return self._table

    def replace(self, text: str) -> None:
        """Put another text in place of the whole."""
        self.lines = split(sane(text))
        self._text = self._table = None

    def edit(self, start: Place, end: Place, text: str) -> None:
        """Put a text in place of a range. What lies behind the end of a line or of the text is brought back to it."""
        first, begin = self._clamped(start)
        last, stop = self._clamped(max(start, end))
        new = self.lines[first][:begin] + sane(text) + self.lines[last][stop:]
        if first and self.lines[first - 1].endswith("\r"):  # a LF at the seam would make one line end of the two
            first -= 1
            new = self.lines[first] + new
        lines = split(new)
        if last + 1 < len(self.lines) and not lines[-1]:
            lines.pop()  # the text goes on: the empty line is the one that follows
        self.lines[first : last + 1] = lines
        self._text = self._table = None

    def _clamped(self, place: Place) -> tuple[int, int]:
        line, column = place
        if line >= len(self.lines):
            return len(self.lines) - 1, len(self.lines[-1])
        return line, index(self.lines[line], column, self.encoding)
