"""Source texts: lossless decoding, spans, and late line and column numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

_NEWLINE = re.compile(r"\n")
_LEADING = re.compile(r"\s*([-+]?)0*([0-9]*)")
_LARGEST = 2**63 - 1


class Span(NamedTuple):
    """A half-open range of offsets into a source's decoded text."""

    start: int
    end: int


class Position(NamedTuple):
    """A place for people: line and column, both counted from 1, columns in characters."""

    line: int
    column: int


class Source:
    """One file's text with its path.

    The text is decoded losslessly: UTF-8, with undecodable bytes as lone surrogates, and
    BOM, CR and NUL kept, so that `encode(source.text)` gives back the file's bytes.
    """

    __slots__ = ("_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts: list[int] | None = None

    @classmethod
    def from_bytes(cls, path: str, data: bytes) -> Source:
        """Decode a file's bytes without loss."""
        return cls(path, decode(data))

    @property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character. Lines end at LF alone, as in httpd."""
        if self._starts is None:
            self._starts = [0, *(match.end() for match in _NEWLINE.finditer(self.text))]
        return self._starts

    def line(self, offset: int) -> int:
        """The line number, from 1, of the character at an offset."""
        return bisect_right(self.line_starts, offset)

    def position(self, offset: int) -> Position:
        """Line and column, both from 1, of the character at an offset."""
        line = self.line(offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line_span(self, line: int) -> Span:
        """The span of a line (from 1) without its line end (LF or CRLF)."""
        starts = self.line_starts
        start = starts[line - 1]
        end = starts[line] - 1 if line < len(starts) else len(self.text)
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        return Span(start, end)

    def __repr__(self) -> str:
        return f"Source({self.path!r}, {len(self.text)} characters)"


def enumeration(words: Sequence[str], most: int | None = None) -> str:
    """Words as a sentence lists them: `a, b and c`; of more than `most` the first ones and how many more."""
    if most is not None and len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def leading_number(text: str) -> int:
    """The number that a text begins with, 0 without one, as C's `strtol` reads it.

    What C can't hold becomes the largest that it can: however many digits somebody writes, they are one number.
    """
    found = _LEADING.match(text)
    sign, digits = found.groups() if found is not None else ("", "")
    number = min(int(digits[:20] or 0), _LARGEST)
    return -number if sign == "-" else number


def number_of(text: str) -> int | None:
    """The number that a text of ASCII digits says, within the bounds of `leading_number`; None for any other text."""
    return leading_number(text) if text.isascii() and text.isdigit() else None


def decode(data: bytes) -> str:
    """Bytes to text, so that `encode` restores every byte."""
    return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """The inverse of `decode`."""
    return text.encode("utf-8", "surrogateescape")
