"""The shape of a text: its sections as a tree, and what may be folded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.directives import directives
from ..syntax import Comment, Directive, Section, Tree
from ..syntax.lexer import Tag
from ..syntax.lines import split_values
from ..text import Span

_DEEPEST = 60
"""Sections nested deeper than that are left out; nobody writes them, and editors are recursive."""


class Symbol(NamedTuple):
    """One section: the whole of it, its start tag, and the sections inside."""

    name: str
    detail: str
    key: str
    span: Span
    head: Span
    children: tuple[Symbol, ...]


class Fold(NamedTuple):
    """Lines that may be folded, first and last, from 1; a comment or not."""

    first: int
    last: int
    is_comment: bool = False


def symbols(tree: Tree, depth: int = 0, items: object = None) -> Iterator[Symbol]:
    """The sections of a tree; a VirtualHost is called by its ServerName."""
    sections = tree.items if items is None else items
    assert isinstance(sections, list)
    for item in sections:
        if isinstance(item, Section):
            yield _symbol(tree, item, depth)


def _symbol(tree: Tree, section: Section, depth: int) -> Symbol:
    header = section.header
    facts = directives().lookup(section.key, section=True)
    tag, _, argument = header.logical()[0].removesuffix(">").strip().partition(" ")
    name = f"<{facts.name if facts else tag.lstrip('<')}>"
    argument = argument.strip()
    title, detail = f"{name[:-1]} {argument}".rstrip() + ">", ""
    if section.key == "virtualhost":
        server_name = _server_name(section)
        if server_name:
            title, detail = server_name, title
    children = tuple(symbols(tree, depth + 1, section.items)) if depth < _DEEPEST else ()
    text, end = tree.source.text, section.end
    while end > section.start and text[end - 1] in "\r\n":
        end -= 1
    return Symbol(title, detail, section.key, Span(header.span.start, max(end, header.span.end)), header.span, children)


def _server_name(section: Section) -> str:
    for node in section.children:
        if isinstance(node, Directive):
            words = split_values(node.logical()[0])
            if len(words) > 1 and words[0].lower() == "servername":
                return words[1]
    return ""


def folds(tree: Tree) -> Iterator[Fold]:
    """Sections, runs of comments, and lines that are continued."""
    source = tree.source
    comment: list[int] = []
    opened: list[tuple[str, int]] = []
    for leaf in tree.leaves():
        first, last = source.line(leaf.start), source.line(max(leaf.start, leaf.end - 1))
        if isinstance(leaf, Comment):
            comment = [comment[0] if comment else first, last]
            continue
        if comment and comment[1] > comment[0]:
            yield Fold(comment[0], comment[1], True)
        comment = []
        if isinstance(leaf, Tag):
            yield from _tag(leaf, first, opened)
        if last > first:
            yield Fold(first, last)
    if comment and comment[1] > comment[0]:
        yield Fold(comment[0], comment[1], True)


def _tag(tag: Tag, line: int, opened: list[tuple[str, int]]) -> Iterator[Fold]:
    """Note a section that begins, or give the one that ends: its end tag stays to be seen."""
    if tag.type == "OPEN":
        opened.append((tag.key, line))
    elif tag.type == "CLOSE":
        while opened:
            key, first = opened.pop()
            if key == tag.key:
                if line - 1 > first:
                    yield Fold(first, line - 1)
                return
