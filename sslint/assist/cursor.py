"""What stands at an offset of a text: the sections around it, the line, and the word."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..syntax import Comment, Directive, Tree
from ..syntax.lexer import Missing, Open, Run, Tag
from ..syntax.lines import Piece, Word, join, split_words
from ..syntax.tree import Line
from ..text import Source, Span

_VARIABLE = re.compile(r"\$\{([^}\s]*)\}?")


class Cursor(NamedTuple):
    """A place in a text.

    `stack` holds the names in lower case of the sections that are open there, outermost first. `text` is the
    logical line, trimmed; `words` are its words, a tag's `<` and name being the first; `at` is the place in it.
    `kind` tells what the line is: `directive`, `open`, `close`, `comment` or `blank`.
    """

    source: Source
    offset: int
    stack: tuple[str, ...]
    kind: str
    start: int
    """Where the line's text begins, blanks excluded."""
    text: str
    pieces: tuple[Piece, ...]
    at: int
    words: tuple[Word, ...]

    @property
    def name(self) -> str:
        """The directive's or section's name, without `<`, `</` and `>`."""
        return self.words[0].value.lstrip("</").rstrip(">") if self.words else ""

    @property
    def number(self) -> int:
        """The number of the word that the place is in or directly behind; of a new word that begins there."""
        for number, word in enumerate(self.words):
            if self.at <= word.end:
                return number if self.at >= word.start else max(number, 1)
        return len(self.words)

    @property
    def word(self) -> Word | None:
        """The word that the place is in or directly behind."""
        return next((one for one in self.words if one.start <= self.at <= one.end), None)

    @property
    def prefix(self) -> str:
        """What of the word stands before the place, an opening quote excluded."""
        word = self.word
        if word is None:
            return ""
        return self.text[word.start + len(word.quote) : self.at]

    def span(self, start: int, end: int) -> Span:
        """The span of a range of the logical line."""
        return Span(self.place(start), self.place(max(start, end - 1)) + (end > start))

    def place(self, at: int) -> int:
        """The offset of a character of the logical line."""
        chosen = self.pieces[0]
        for piece in self.pieces:
            if piece.logical > at:
                break
            chosen = piece
        assert chosen.source is not None
        return chosen.source + at - chosen.logical

    @property
    def variable(self) -> tuple[str, Span] | None:
        """The `${name}` that the place is in, with its span; it may not be closed yet."""
        for match in _VARIABLE.finditer(self.text):
            if match.start() + 2 <= self.at <= match.end() or match.start() <= self.at < match.end():
                return match[1], self.span(*match.span())
        return None


def cursor(tree: Tree, offset: int) -> Cursor:
    """What stands at an offset."""
    source = tree.source
    stack: list[str] = []
    for token in tree.walk():
        ends = token.end > offset or (token.end == len(source.text) == offset and not source.text.endswith("\n"))
        if isinstance(token, Missing):
            if token.start >= offset:
                break
            stack.pop()
        elif isinstance(token, Run) and ends:
            return _in_line(source, offset, stack, next(line for line in tree.lines(token) if _holds(line, offset)))
        elif isinstance(token, Tag) and ends:
            is_open = isinstance(token, Open)
            inside = stack[:-1] if token.type == "CLOSE" else stack
            return _made(source, offset, inside, "open" if is_open else "close", token.start, token.end)
        elif isinstance(token, Open):
            stack.append(token.key)
        elif isinstance(token, Tag) and stack and token.type == "CLOSE":
            stack.pop()
    return _made(source, offset, stack, "blank", offset, offset)


def _holds(line: Line, offset: int) -> bool:
    return offset < line.end or line.end == len(line.source.text)


def _in_line(source: Source, offset: int, stack: list[str], line: Line) -> Cursor:
    kind = "comment" if isinstance(line, Comment) else "directive" if isinstance(line, Directive) else "blank"
    return _made(source, offset, stack, kind, line.start, line.end)


def _made(source: Source, offset: int, stack: list[str], kind: str, start: int, end: int) -> Cursor:
    text, pieces = join(source.text, start, end)
    first = [piece.source for piece in pieces if not piece.logical][-1]  # behind backslashes that stand alone
    assert first is not None
    if not text or offset < first:  # in a blank line, or in the blanks before a line
        kind, text, first, pieces = "blank", "", offset, (Piece(0, offset),)
    at = _logical(pieces, offset)
    words = () if kind == "comment" else tuple(split_words(text))
    return Cursor(source, offset, tuple(stack), kind, first, text, pieces, at, words)


def _logical(pieces: tuple[Piece, ...], offset: int) -> int:
    """Where an offset is in a logical line."""
    chosen = pieces[0]
    for piece in pieces:
        if piece.source is None or piece.source > offset:
            break
        chosen = piece
    assert chosen.source is not None
    return chosen.logical + offset - chosen.source
