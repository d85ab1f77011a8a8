"""Logical lines and words, as httpd's line reader makes them.

Sources: `ap_cfg_getline_core`, `cfg_trim_line`, `ap_getword_conf` and `substring_conf` in
httpd's server/util.c.
"""

from __future__ import annotations

import enum
import functools
import re
from typing import NamedTuple

BLANKS = " \t\n\r\f\v"
"""What C's isspace() calls white space."""

_BLANK = r"[ \t\r\f\v]"


class Dialect(enum.Enum):
    """How a server generation reads line ends."""

    MODERN = "2.4"
    """Any backslash before the line end continues the line."""
    CLASSIC = "2.2"
    """Two or more backslashes before the line end do not continue it (2.2, 2.0, 1.3)."""


_CONTINUED = {
    Dialect.MODERN: r"(?:(?<=\\)|(?<=\\\r))\n",
    Dialect.CLASSIC: r"(?:(?<=[^\\]\\)|(?<=[^\\]\\\r))\n",
}

_ENDED = {
    Dialect.MODERN: r"(?<!\\)(?<!\\\r)\n",
    Dialect.CLASSIC: r"(?<![^\\]\\)(?<![^\\]\\\r)\n",
}
"""A line end that no backslash takes back; without it, backtracking would split a continued comment."""


def _row(dialect: Dialect) -> re.Pattern[str]:
    rest = rf"[^\n]*(?:{_CONTINUED[dialect]}[^\n]*)*"
    skipped = rf"(?:{_BLANK}*(?:#{rest})?{_ENDED[dialect]})*"
    return re.compile(rf"{skipped}{_BLANK}*(?:#{rest}|([^\s#]\S*){_BLANK}*({rest}))?\n?", re.ASCII)


ROW = {dialect: _row(dialect) for dialect in Dialect}
"""One directive with the comments and blank lines before it: group 1 the name, 2 the rest.

Neither group takes part when only comments and blank lines are left.
"""

LINE = {
    dialect: re.compile(rf"{_BLANK}*([#\\]?)[^\n]*(?:{_CONTINUED[dialect]}[^\n]*)*\n?", re.ASCII) for dialect in Dialect
}
"""One logical line; group 1 is its first character if that is `#`, a comment, or a backslash."""

_JOIN = re.compile(r"\\\r?\n")
_WORD = re.compile(
    r"""\s*(?:"([^"\\]*(?:\\.?[^"\\]*)*)("?)|'([^'\\]*(?:\\.?[^'\\]*)*)('?)|(\S+))""", re.ASCII | re.DOTALL
)
"""The next word: groups 1 and 2 of one in `"`, 3 and 4 of one in `'`, 5 of any other."""
_ESCAPED = {'"': re.compile(r'\\([\\"])'), "'": re.compile(r"\\([\\'])")}
_SHORT = 200
"""Characters of a text whose words are worth remembering."""
_SPECIAL = re.compile(r"[^ !#-&(-\[\]-~\t\n\r\f\v]")
"""What the fast paths of splitting can't take: quotes, backslashes, and the characters
(above ASCII, or separators such as FS) that Python's `str.split` takes for white space."""


class Piece(NamedTuple):
    """From this offset of a logical text on, characters come from this offset of the source.

    `source` is None for text that stands nowhere in the source, such as a variable's value;
    it then belongs to the source range `start`-`end`, the reference it replaced.
    """

    logical: int
    source: int | None
    start: int = 0
    end: int = 0


class Word(NamedTuple):
    """One word: its value, and its half-open range in the logical text, quotes included."""

    value: str
    start: int
    end: int
    quote: str
    """`"`, `'` or nothing."""
    closed: bool
    """False for a quoted word whose closing quote is missing."""


def blank_nul(text: str) -> str:
    """The text as httpd's C strings see it: what follows a NUL on a physical line is blanked.

    Offsets stay as they are. The line reader works on C strings, so the rest of the line,
    a continuation's backslash included, is lost without a message.
    """
    return re.sub(r"\0[^\n]*", lambda match: " " * len(match.group()), text)


def is_continued(text: str, newline: int, dialect: Dialect) -> bool:
    """Whether the LF at an offset is taken back by a backslash before it."""
    before = newline - 1
    if before >= 0 and text[before] == "\r":
        before -= 1
    if before < 0 or text[before] != "\\":
        return False
    return dialect is Dialect.MODERN or before == 0 or text[before - 1] != "\\"


def logical_end(text: str, start: int, dialect: Dialect) -> int:
    """Where the logical line that begins at `start` ends, its own line end excluded."""
    newline = text.find("\n", start)
    while newline >= 0 and is_continued(text, newline, dialect):
        newline = text.find("\n", newline + 1)
    return len(text) if newline < 0 else newline


def join(text: str, start: int, end: int) -> tuple[str, tuple[Piece, ...]]:
    """The logical text of a range: continuations joined, both ends trimmed, with its pieces."""
    pieces: list[Piece] = []
    parts: list[str] = []
    length = 0
    position = start
    for match in _JOIN.finditer(text, start, end):
        pieces.append(Piece(length, position))
        parts.append(text[position : match.start()])
        length += match.start() - position
        position = match.end()
    pieces.append(Piece(length, position))
    parts.append(text[position:end])
    whole = "".join(parts)
    cut = len(whole) - len(whole.lstrip(BLANKS))
    return whole.strip(BLANKS), cut_pieces(tuple(pieces), cut)


def cut_pieces(pieces: tuple[Piece, ...], cut: int) -> tuple[Piece, ...]:
    """The pieces of a logical text without its first `cut` characters."""
    if not cut:
        return pieces
    kept: list[Piece] = []
    for index, piece in enumerate(pieces):
        following = pieces[index + 1].logical if index + 1 < len(pieces) else None
        if following is not None and following <= cut:
            continue
        skip = max(0, cut - piece.logical)
        source = None if piece.source is None else piece.source + skip
        kept.append(Piece(max(0, piece.logical - cut), source, piece.start, piece.end))
    return tuple(kept)


def next_word(text: str, position: int) -> tuple[Word | None, int]:
    """The word at or after an offset, and where the reader goes on; None at the end of the text."""
    match = _WORD.match(text, position)
    return (None, len(text)) if match is None else (_word(match), match.end())


def _word(match: re.Match[str]) -> Word:
    kind = match.lastindex
    end = match.end()
    if kind == 5:
        value = match.group(5)
        return Word(value.replace("\\\\", "\\") if "\\\\" in value else value, match.start(5), end, "", True)
    quote, group = ('"', 1) if kind == 2 else ("'", 3)
    value = match.group(group)
    if "\\" in value:
        value = _ESCAPED[quote].sub(r"\1", value)
    return Word(value, match.start(group) - 1, end, quote, bool(match.group(group + 1)))


def split_words(text: str) -> list[Word]:
    """All words of an argument text, as repeated `ap_getword_conf` calls give them."""
    return list(_split(text)) if len(text) < _SHORT else [_word(match) for match in _WORD.finditer(text.rstrip(BLANKS))]


@functools.lru_cache(maxsize=4096)
def _split(text: str) -> tuple[Word, ...]:
    """The words of a short text: hosts tend to have the same lines, and rules to ask for the same words."""
    if _SPECIAL.search(text):
        return tuple(_word(match) for match in _WORD.finditer(text.rstrip(BLANKS)))
    words: list[Word] = []
    end = 0
    for value in text.split():
        start = text.index(value, end)
        end = start + len(value)
        words.append(Word(value, start, end, "", True))
    return tuple(words)


def split_values(text: str) -> list[str]:
    """The values of all words: in plain text by the faster `str.split`."""
    if _SPECIAL.search(text):
        return [word.value for word in split_words(text)]
    return text.split()
