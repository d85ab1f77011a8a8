"""From source to tree: the automaton that Lark makes of grammar/httpd.lark, over `lexer`'s tokens."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from typing import Any, cast

from ..text import Source
from .lexer import Close, Token, tokens
from .lines import Dialect, blank_nul
from .table import ACTIONS, GOTOS, RULES, START
from .tree import Item, Section, Tree


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
        tree.items = drive(tokens(lexed, dialect), tree)
    finally:
        if collecting:
            gc.enable()
    return tree


class Trees:
    """Trees of files that are read again and again: the same bytes are parsed once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Dialect], tuple[bytes, Tree]] = {}

    def tree(self, path: str, data: bytes, dialect: Dialect) -> Tree:
        """The tree of a file's bytes."""
        known = self._known.get((path, dialect))
        if known is not None and known[0] == data:
            return known[1]
        tree = parse(Source.from_bytes(path, data), dialect=dialect)
        self._known[path, dialect] = (data, tree)
        return tree


def drive(stream: Iterable[Token], tree: Tree) -> list[Item]:
    """Run the parse table over tokens: Lark's `ParserState.feed_token` without its set-up cost.

    Every stream that `tokens` gives has a parse, so no state ever lacks an action.
    """
    states = [START]
    values: list[Any] = []
    actions, gotos = ACTIONS, GOTOS
    for token in stream:
        action = actions[states[-1]][token.type]
        while action < 0:
            name = _reduce(~action, states, values, tree)
            states.append(gotos[states[-1]][name])
            action = actions[states[-1]][token.type]
        states.append(action)
        values.append(token)
    name = ""
    while name != "start":
        name = _reduce(~actions[states[-1]]["$END"], states, values, tree)
        states.append(gotos[states[-1]][name])
    return cast("list[Item]", values[0])


def _reduce(rule: int, states: list[int], values: list[Any], tree: Tree) -> str:
    """Put a section, or the list that a repetition stands for, in its parts' place."""
    name, size = RULES[rule]
    children = values[-size:] if size else []
    if size:
        del states[-size:], values[-size:]
    if name == "section":
        close = children[-1]
        items = children[1] if size > 2 else []
        values.append(Section(tree, children[0], items, close if isinstance(close, Close) else None))
    elif name == "start":
        values.append(children[0] if size else [])
    elif size == 1:
        values.append(children)
    else:
        children[0].append(children[1])
        values.append(children[0])
    return name
