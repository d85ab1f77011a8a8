"""The directives that the server reads, with their provenance and conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..syntax.lines import Piece, Word, logical_end, split_values, split_words
from ..text import Source, Span

if TYPE_CHECKING:
    from ..syntax import Tree
    from .macros import Macro


class Frame:
    """Where text comes from: a tree, and the Include or Use directive that brought it in."""

    __slots__ = ("depth", "macro", "tree", "via")

    def __init__(self, tree: Tree, via: Directive | None, macro: Macro | None = None) -> None:
        self.tree = tree
        self.via = via
        self.depth: int = 0 if via is None else via.frame.depth + 1
        self.macro = macro
        """The macro whose text this is, if it is one's."""

    @property
    def source(self) -> Source:
        """The source that the text stands in."""
        return self.tree.source

    @property
    def chain(self) -> tuple[Directive, ...]:
        """The Include and Use directives that led here, innermost first."""
        links: list[Directive] = []
        via = self.via
        while via is not None:
            links.append(via)
            via = via.frame.via
        return tuple(links)


class Condition:
    """A condition section whose truth can't be known.

    `likely` is what a reader assumes where he must: a module of the target is there, a flag
    that nobody mentions is not, but for `SSL`. `as_started` is what holds for a server that is
    started without any flag that was not named: what `httpd -t` looks at.
    """

    __slots__ = ("as_started", "header", "likely", "outer")

    def __init__(self, header: Section, likely: bool, outer: Condition | None) -> None:
        self.header = header
        self.likely: bool = likely and (outer is None or outer.likely)
        plain = header.text.startswith("!") if header.key == "ifdefine" else likely
        self.as_started: bool = plain and (outer is None or outer.as_started)
        self.outer = outer


class Argument:
    """One word of a directive, with its place in the source, and how the server came there."""

    __slots__ = ("frame", "source", "span", "value", "word")

    def __init__(self, word: Word, frame: Frame, span: Span) -> None:
        self.word = word
        self.value = word.value
        self.frame = frame
        self.source = frame.tree.source
        self.span = span

    @property
    def written(self) -> str:
        """How it stands in the source, with its quotes."""
        return self.source.text[self.span.start : self.span.end]

    @property
    def stands(self) -> bool:
        """Whether the source itself says the value, in quotes or without: no variable or macro brings it in."""
        return self.written.strip("\"'") == self.value

    def __repr__(self) -> str:
        return f"Argument({self.value!r})"


class Directive:
    """One directive as the server reads it.

    `text` is the argument text after continuation lines were joined and variables and macro
    parameters replaced. `key` is the name in lower case. `condition` is None where it is
    certain that the server reads the directive.
    """

    __slots__ = ("_arguments", "_values", "condition", "frame", "key", "name", "parent", "pieces", "start", "text")

    def __init__(
        self,
        name: str,
        key: str,
        text: str,
        start: int,
        frame: Frame,
        parent: Section | None,
        condition: Condition | None,
        pieces: tuple[Piece, ...] | None = None,
    ) -> None:
        self.name = name
        self.key = key
        self.text = text
        self.start = start
        self.frame = frame
        self.parent = parent
        self.condition = condition
        self.pieces = pieces
        """Where the characters of `text` come from; None when they follow the name as they stand."""
        self._arguments: tuple[Argument, ...] | None = None
        self._values: list[str] | None = None

    @property
    def source(self) -> Source:
        """The source that the directive stands in; for a macro's text, that of its definition."""
        return self.frame.tree.source

    @property
    def end(self) -> int:
        """The end of the logical line, its line end excluded."""
        return logical_end(self.frame.tree.lexed, self.start, self.frame.tree.dialect)

    @property
    def span(self) -> Span:
        """The whole logical line, without the blanks around it."""
        text = self.source.text
        end = self.end
        while end > self.start and text[end - 1] in " \t\r\f\v":
            end -= 1
        return Span(self.start, end)

    @property
    def name_span(self) -> Span:
        """The name; of a section, its `<` included."""
        if self.pieces is None:
            return Span(self.start, self.start + len(self.name))
        text = self.source.text
        end = self.start
        while end < len(text) and text[end] not in " \t\n\r\f\v>":
            end += 1
        return Span(self.start, max(end, self.start + 1))

    @property
    def text_start(self) -> int:
        """Where the argument text begins in the source; meaningful when `pieces` is None."""
        text = self.source.text
        position = self.start + len(self.name)
        while position < len(text) and text[position] in " \t\r\f\v":
            position += 1
        return position

    @property
    def words(self) -> list[Word]:
        """The arguments as the server splits them, with offsets in `text`."""
        return split_words(self.text)

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """The arguments with their places; kept, since one rule after the other asks for them."""
        if self._arguments is None:
            self._arguments = tuple(self._placed())
        return self._arguments

    def _placed(self) -> Iterator[Argument]:
        frame = self.frame
        if self.pieces is not None:
            return (Argument(word, frame, self.place(word.start, word.end)) for word in self.words)
        offset = self.text_start
        return (Argument(word, frame, Span(offset + word.start, offset + word.end)) for word in self.words)

    @property
    def values(self) -> Sequence[str]:
        """The arguments' values; kept too."""
        if self._values is None:
            self._values = split_values(self.text)
        return self._values

    @property
    def keyword(self) -> str:
        """The first argument's value in lower case, as On, Off and the like are compared; empty without one."""
        return "".join(self.values[:1]).lower()

    def place(self, start: int, end: int) -> Span:
        """The source span of a range of `text`; of replaced text, the reference it came from."""
        if self.pieces is None:
            offset = self.text_start
            return Span(offset + start, offset + end)
        first = _locate(self.pieces, start)[0]
        last = _locate(self.pieces, max(start, end - 1))[1]
        return Span(min(first, last), max(first, last))

    @property
    def line(self) -> int:
        """The line, from 1, where the directive begins."""
        return self.source.line(self.start)

    @property
    def enclosing(self) -> Iterator[Section]:
        """The sections around it, innermost first."""
        section = self.parent
        while section is not None:
            yield section
            section = section.parent

    def __repr__(self) -> str:
        return f"<{self.name} {self.text} at {self.source.path}:{self.line}>"


class Section(Directive):
    """A section as the server reads it: its start tag's name and argument, and what it holds.

    `name` has the leading `<`, `key` has not. `text` is the argument text as httpd hands it to
    the section's handler, the closing `>` included.
    """

    __slots__ = ("children", "close")

    def __init__(
        self,
        name: str,
        key: str,
        text: str,
        start: int,
        frame: Frame,
        parent: Section | None,
        condition: Condition | None,
        pieces: tuple[Piece, ...] | None = None,
    ) -> None:
        super().__init__(name, key, text, start, frame, parent, condition, pieces)
        self.children: list[Item] = []
        self.close: tuple[Source, Span] | None = None
        """The end tag's place, once it has been read."""

    @property
    def argument(self) -> str:
        """The argument text up to the last `>`: what httpd's section handlers look at."""
        end = self.text.rfind(">")
        return self.text if end < 0 else self.text[:end]

    @property
    def title(self) -> str:
        """The start tag as people write it: `<Directory /srv/www>`."""
        return f"{self.name} {self.argument.strip()}".strip() + ">"

    @property
    def words(self) -> list[Word]:
        return split_words(self.argument)

    @property
    def values(self) -> Sequence[str]:
        if self._values is None:
            self._values = split_values(self.argument)
        return self._values

    def walk(self) -> Iterator[Item]:
        """All directives and sections inside, in reading order."""
        return walk(self.children)


Item = Directive | Section


def walk(items: list[Item]) -> Iterator[Item]:
    """Directives and sections in reading order, a section before its children; no recursion."""
    stack = [iter(items)]
    while stack:
        for item in stack[-1]:
            yield item
            if type(item) is Section:
                stack.append(iter(item.children))
                break
        else:
            stack.pop()


def _locate(pieces: tuple[Piece, ...], offset: int) -> tuple[int, int]:
    """The source range, start and end, that a character of a logical text comes from."""
    chosen = pieces[0]
    for piece in pieces:
        if piece.logical > offset:
            break
        chosen = piece
    if chosen.source is None:
        return chosen.start, chosen.end
    position = chosen.source + offset - chosen.logical
    return position, position + 1
