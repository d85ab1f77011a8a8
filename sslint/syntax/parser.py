"""From source to tree, with Lark's LALR automaton over the tokens of `lexer`."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..text import Source
from .lexer import Close, Open, Token, tokens
from .lines import Dialect, blank_nul
from .tree import Item, Section, Tree

if TYPE_CHECKING:
    from lark import Lark

GRAMMAR = "httpd.lark"


def parse(source: Source | str, path: str = "<text>", dialect: Dialect = Dialect.MODERN) -> Tree:
    """The lossless tree of a source, or of a text under the given path. Never raises.

    `dialect` is how the server generation reads backslashes before line ends.
    """
    if isinstance(source, str):
        source = Source(path, source)
    text = source.text
    lexed = blank_nul(text) if "\0" in text else text
    tree = Tree(source, lexed, dialect)
    collecting = gc.isenabled()
    gc.disable()  # Nothing built here is garbage; looking for some would cost a quarter of the time.
    try:
        if "<" in text:
            automaton, builder = _automaton()
            builder.tree = tree
            tree.items = automaton.parse(tree)  # type: ignore[assignment]
        else:
            tree.items = list(tokens(lexed, dialect))  # type: ignore[arg-type]
    finally:
        if collecting:
            gc.enable()
    return tree


class _Builder:
    """What Lark calls for each reduction.

    One automaton serves all parses, so a section learns its tree from the parse's own state:
    `tree` is set before each parse, and Lark runs without a break until the next one.
    """

    def __init__(self) -> None:
        self.tree = Tree(Source("", ""), "", Dialect.MODERN)

    def start(self, children: list[Item]) -> list[Item]:
        return children

    def section(self, children: list[Any]) -> Section:
        last = children.pop()
        first: Open = children[0]
        del children[0]
        return Section(self.tree, first, children, last if isinstance(last, Close) else None)


@lru_cache(maxsize=1)
def _automaton() -> tuple[Lark, _Builder]:
    from importlib.resources import files

    from lark import Lark
    from lark.lexer import Lexer

    class StructureLexer(Lexer):
        """Lark's view of `tokens`; the input is the tree that is to be filled."""

        def __init__(self, conf: object) -> None:
            pass

        def lex(self, data: Tree) -> Iterator[Token]:  # type: ignore[override]
            return tokens(data.lexed, data.dialect)

    builder = _Builder()
    grammar = files("sslint.grammar").joinpath(GRAMMAR).read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=StructureLexer, transformer=builder), builder
