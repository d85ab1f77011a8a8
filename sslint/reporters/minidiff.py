"""The lines that a fix changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..diagnostic import Edit, Fix, apply_edits
from ..text import Source, Span

_NO_LINE_END = "\n\\ No newline at end of file"
MOST = 8
"""How many lines of one change are shown."""


class Change(NamedTuple):
    """One line of a small diff; `number` is 0 for lines that are not there yet."""

    source: Source
    sign: str
    number: int
    text: str


def changes(fix: Fix) -> Iterator[Change]:
    """The lines that go and come, change by change."""
    for group in _groups(fix):
        source = group[0].source
        lines = _extent(source, group)
        first = source.line(lines.start)
        old = source.text[lines.start : lines.end]
        new = apply_edits(old, tuple(_shifted(edit, lines.start) for edit in group))
        gone = [Change(source, "-", first + n, line) for n, line in enumerate(_split(old))]
        come = [Change(source, "+", 0, line) for line in _split(new)]
        while gone and come and gone[-1].text == come[-1].text:
            gone.pop()
            come.pop()
        yield from _capped(gone)
        yield from _capped(come)


def unified(old: str, new: str, name: str) -> Iterator[str]:
    """A unified diff that `patch` understands, lines split at LF alone."""
    import difflib

    name += "\t" if " " in name else ""  # else patch takes the name's first word
    for line in difflib.unified_diff(_patch_lines(old), _patch_lines(new), name, name, lineterm=""):
        yield from line.removesuffix("\n").split("\n") if line.endswith(_NO_LINE_END) else (line,)


def _patch_lines(text: str) -> list[str]:
    lines = text.split("\n")
    last = lines.pop()
    return [*lines, last + _NO_LINE_END] if last else lines


def _capped(lines: list[Change]) -> Iterator[Change]:
    yield from lines[:MOST]
    if len(lines) > MOST:
        yield Change(lines[0].source, lines[0].sign, 0, f"... {len(lines) - MOST} more lines")


def _groups(fix: Fix) -> Iterator[list[Edit]]:
    """Edits that touch neighbouring lines belong together."""
    group: list[Edit] = []
    for edit in fix.edits:
        if group and not (edit.source.path == group[-1].source.path and _near(group[-1], edit)):
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _near(before: Edit, edit: Edit) -> bool:
    line = before.source.line
    return line(edit.span.start) <= line(before.span.end) + 1


def _extent(source: Source, group: list[Edit]) -> Span:
    """The whole lines that a group of edits touches."""
    start = source.line_span(source.line(group[0].span.start)).start
    end = max(edit.span.end for edit in group)
    if end == start or source.text[end - 1 : end] != "\n":
        end = source.line_span(source.line(end)).end
    return Span(start, end)


def _shifted(edit: Edit, offset: int) -> Edit:
    return Edit(edit.source, Span(edit.span.start - offset, edit.span.end - offset), edit.text)


def _split(text: str) -> list[str]:
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.rstrip("\r") for line in lines]
