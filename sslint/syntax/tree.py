"""The lossless syntax tree. It knows no directive by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from ..text import Source, Span
from .lexer import Close, Missing, Open, Run, Stray, Tag, Token
from .lines import BLANKS, LINE, Dialect, Piece, Word, blank_nul, join, next_word, split_words

Item = Union[Run, Stray, "Section"]
Node = Union["Directive", "Comment", "Blank", "Bad", "Section"]


class Line:
    """One logical line: a half-open range of the source, its line end included."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    @property
    def span(self) -> Span:
        """The line without surrounding blanks and line end."""
        text = self.source.text[self.start : self.end]
        stripped = text.strip(BLANKS)
        if not stripped:
            return Span(self.start, self.start)
        start = self.start + text.index(stripped)
        return Span(start, start + len(stripped))

    @property
    def text(self) -> str:
        """The line as it stands in the source."""
        return self.source.text[self.start : self.end]

    def logical(self) -> tuple[str, tuple[Piece, ...]]:
        """The line as the server reads it, continuations joined and ends trimmed, with its pieces."""
        text = self.text
        if "\0" in text:
            return join(" " * self.start + blank_nul(text), self.start, self.end)
        return join(self.source.text, self.start, self.end)


class Comment(Line):
    """A line whose first character is `#`, with the lines that a backslash at its end adds."""

    __slots__ = ()


class Blank(Line):
    """A line of nothing but white space."""

    __slots__ = ()


class Directive(Line):
    """A line that gives a directive; its words are split when somebody asks."""

    __slots__ = ()

    @property
    def words(self) -> list[Word]:
        """The name and the arguments, with offsets in the logical text."""
        return split_words(self.logical()[0])

    @property
    def name(self) -> str:
        """The first word."""
        word, _ = next_word(self.logical()[0], 0)
        return word.value if word else ""


class Bad(Line):
    """A line that can't be what it looks like: an end tag that closes nothing."""

    __slots__ = ("key",)

    def __init__(self, source: Source, start: int, end: int, key: str) -> None:
        super().__init__(source, start, end)
        self.key = key


class Section:
    """A section: start tag, items, and its end tag unless that is missing."""

    __slots__ = ("close", "items", "open", "tree")

    def __init__(self, tree: Tree, start: Open, items: list[Item], close: Close | None) -> None:
        self.tree = tree
        self.open = start
        self.items = items
        self.close = close

    @property
    def source(self) -> Source:
        """The source it stands in."""
        return self.tree.source

    @property
    def key(self) -> str:
        """The section's name in lower case, without `<`."""
        return self.open.key

    @property
    def start(self) -> int:
        """Where the start tag's line begins."""
        return self.open.start

    @property
    def end(self) -> int:
        """Behind the end tag's line, or behind the last item where it is missing."""
        if self.close is not None:
            return self.close.end
        return self.items[-1].end if self.items else self.open.end

    @property
    def header(self) -> Directive:
        """The start tag's line."""
        return Directive(self.source, self.open.start, self.open.end)

    @property
    def children(self) -> Iterator[Node]:
        """The nodes between the tags."""
        return self.tree.nodes(self.items)


class Tree:
    """A source's tree: `tree.text == source.text`, whatever the text."""

    __slots__ = ("dialect", "has_rare_lines", "items", "lexed", "source")

    def __init__(self, source: Source, lexed: str, dialect: Dialect) -> None:
        self.source = source
        self.lexed = lexed
        """The text with everything behind a NUL blanked out: what the server's line reader sees."""
        self.items: list[Item] = []
        self.dialect = dialect
        self.has_rare_lines = "${" in lexed or "\\\n" in lexed or "\\\r\n" in lexed
        """Whether any line is continued or refers to a variable."""

    @property
    def text(self) -> str:
        """The source's text, put together again from the tree's leaves."""
        text = self.source.text
        return "".join(text[leaf.start : leaf.end] for leaf in self.leaves())

    @property
    def children(self) -> Iterator[Node]:
        """The nodes at the top."""
        return self.nodes(self.items)

    @property
    def errors(self) -> list[tuple[Span, str]]:
        """What is no well-formed structure: stray end tags and sections that nothing closes."""
        found: list[tuple[Span, str]] = []
        opened: list[Open] = []
        for token in self.walk():
            if isinstance(token, Open):
                opened.append(token)
            elif isinstance(token, Close):
                opened.pop()
            elif isinstance(token, Missing):
                start = opened.pop()
                found.append((Line(self.source, start.start, start.end).span, f"<{start.key}> is never closed"))
            elif isinstance(token, Stray):
                found.append((Line(self.source, token.start, token.end).span, f"</{token.key}> closes nothing"))
        return found

    def nodes(self, items: list[Item]) -> Iterator[Node]:
        """Items with every run split into its lines."""
        for item in items:
            if isinstance(item, Run):
                yield from self.lines(item)
            elif isinstance(item, Stray):
                yield Bad(self.source, item.start, item.end, item.key)
            else:
                yield item

    def leaves(self) -> Iterator[Line | Tag]:
        """All tags and logical lines in text order; together they are the whole text."""
        return self.leaves_of(self.items)

    def leaves_of(self, items: list[Item]) -> Iterator[Line | Tag]:
        """The tags and logical lines of some items."""
        for item in self.walk_items(items):
            if isinstance(item, Run):
                yield from self.lines(item)
            elif isinstance(item, Tag):
                yield item

    def walk(self) -> Iterator[Token]:
        """All tokens in text order."""
        return self.walk_items(self.items)

    @staticmethod
    def walk_items(items: list[Item]) -> Iterator[Token]:
        """The tokens of some items in text order, without recursion, so that depth costs nothing."""
        stack: list[tuple[Iterator[Item], Section | None]] = [(iter(items), None)]
        while stack:
            iterator, section = stack[-1]
            for item in iterator:
                if isinstance(item, Section):
                    yield item.open
                    stack.append((iter(item.items), item))
                    break
                yield item
            else:
                stack.pop()
                if section is not None:
                    yield section.close or Missing(section.end, section.end)

    def lines(self, run: Run) -> Iterator[Directive | Comment | Blank]:
        """The logical lines of a run."""
        position = run.start
        match = LINE[self.dialect].match
        while position < run.end:
            found = match(self.lexed, position, run.end)
            assert found is not None, "a line matches anywhere"
            yield self._line(position, found.end(), found.group(1))
            position = found.end()

    def _line(self, start: int, end: int, first: str) -> Directive | Comment | Blank:
        r"""The node of a logical line whose first character is `first`; empty for any but `#` and `\\`."""
        if first == "\\":  # Perhaps a continuation with nothing before it.
            first = join(self.lexed, start, end)[0][:1]
        elif not first and self.lexed[start:end].strip(BLANKS):
            first = "x"
        if first == "#":
            return Comment(self.source, start, end)
        return Directive(self.source, start, end) if first else Blank(self.source, start, end)
