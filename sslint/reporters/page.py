"""A page of documentation, written in Markdown, for a terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from ..examples import is_mark
from .view import View

MOST_COLUMNS = 100
"""Wider prose is hard to read."""
_HEADING = re.compile(r"(#+) +(.*)")
_ITEM = re.compile(r"(?:[-*]|\d+\.) +")
_MARK = re.compile(r"([ \t]*)#(<?)( *)(\^*)(.*)")
_CAPTION = re.compile(r"#--- (.*)")
_CODE = re.compile(r"`([^`]+)`")
_STRONG = re.compile(r"\*\*([^*]+)\*\*")


def page(lines: Iterable[str], view: View) -> Iterator[str]:
    """The lines of a page: prose wrapped, headings and examples set off."""
    block: list[str] = []
    fenced = False
    indent = ""
    for line in lines:
        if line.startswith("```"):
            yield from _prose(block, view, indent)
            block, fenced = [], not fenced
        elif fenced:
            yield _example(line, view)
        elif heading := _HEADING.fullmatch(line):
            yield from _prose(block, view, indent)
            block, indent = [], "  " if len(heading[1]) == 3 else ""
            yield _heading(len(heading[1]), heading[2], view)
        elif not line.strip():
            yield from _prose(block, view, indent)
            block = []
            yield ""
        elif _ITEM.match(line):
            yield from _prose(block, view, indent)
            block = [line]
        else:
            block.append(line)
    yield from _prose(block, view, indent)


def _heading(level: int, text: str, view: View) -> str:
    if level == 3:
        return "  " + view.paint(view.clean(text), "3")
    return view.bold(view.clean(text))


def _prose(block: list[str], view: View, indent: str) -> Iterator[str]:
    """A paragraph or an item of a list; tables stay as they are."""
    if block and block[0].startswith("|"):
        yield from (view.clean(line) for line in block)
    elif block:
        item = _ITEM.match(block[0])
        text = view.clean(" ".join(line.strip() for line in block))
        width = min(view.width, MOST_COLUMNS)
        hanging = " " * len(item[0]) if item else ""
        wrapped = textwrap.wrap(
            text,
            width,
            initial_indent=indent,
            subsequent_indent=indent + hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
        yield from _coloured(wrapped, view)


def _coloured(lines: Iterable[str], view: View) -> Iterator[str]:
    """Lines with what is strong or code set off in colour; it may run over a line's end."""
    text = _painted(_STRONG, "1", "\n".join(lines), view)
    yield from (_painted(_CODE, "36", text, view) if view.color else text).split("\n")


def _painted(pattern: re.Pattern[str], style: str, text: str, view: View) -> str:
    """A text with what a pattern's group holds in a style, line by line."""
    return pattern.sub(lambda match: "\n".join(view.paint(part, style) for part in match[1].split("\n")), text)


def _example(line: str, view: View) -> str:
    """One line of an example: configuration, the name of a file, or a mark with its message."""
    bar = view.gutter("│" if view.unicode else "|")
    if caption := _CAPTION.fullmatch(line):
        return f"    {bar} {view.paint(view.clean(caption[1]), '2')}"
    match = _MARK.fullmatch(line) if is_mark(line) else None
    if match is None:
        return f"    {bar} {view.clean(line)}".rstrip()
    indent, start, blanks, carets, message = match.groups()
    before = indent + ("" if start else " ") + blanks
    return f"    {bar} {before}{view.paint('^' * (len(carets) + len(start)) + message, '33')}"
