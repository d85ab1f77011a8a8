"""Source excerpts: numbered lines with the spans underlined, in the manner of rustc."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..text import Source, Span
from .view import View

LONGEST = 6
"""A span of more lines than this is shown by its first and last lines."""


class Mark(NamedTuple):
    """A span to underline, with its text; the primary one is what the finding is about."""

    span: Span
    label: str
    style: str
    primary: bool = False


class Excerpt:
    """The excerpt of one source that shows some marks."""

    def __init__(self, source: Source, marks: Sequence[Mark], gutter: int, view: View) -> None:
        self.source = source
        self.view = view
        self.gutter = gutter
        self.long = next((mark for mark in marks if mark.primary and self.height(mark.span) > 1), None)
        self.marks = sorted((m for m in marks if m is not self.long), key=lambda m: (m.span.start, not m.primary))

    def height(self, span: Span) -> int:
        """How many lines a span touches."""
        first, last = self.extent(span)
        return last - first + 1

    def extent(self, span: Span) -> tuple[int, int]:
        """The first and the last line of a span; a line end at its end is not counted."""
        return self.source.line(span.start), self.source.line(max(span.start, span.end - 1))

    def numbers(self) -> list[int]:
        """The lines to show; of a very long span only the beginning and the end."""
        wanted: set[int] = {self.source.line(mark.span.start) for mark in self.marks}
        if self.long:
            first, last = self.extent(self.long.span)
            cut = last - first >= LONGEST
            wanted.update((first, first + 1, last) if cut else range(first, last + 1))
        shown = sorted(wanted)
        between = [left + 1 for left, right in zip(shown, shown[1:], strict=False) if right - left == 2]
        return sorted(shown + between)

    def lines(self) -> Iterator[str]:
        """The excerpt, one terminal line at a time."""
        before = 0
        for number in self.numbers():
            if before and number > before + 1:
                yield self.row("...", "", self.inside(number - 1))
            before = number
            yield from self.line(number)

    def inside(self, number: int) -> str:
        """The two columns of the bar beside the lines of a long span."""
        if not self.long:
            return ""
        first, last = self.extent(self.long.span)
        if number == first:
            return self.view.paint("/ " if self.leading(first) else "  ", self.long.style)
        return self.view.paint("| " if first < number <= last else "  ", self.long.style)

    def leading(self, number: int) -> bool:
        """Whether nothing but blanks stands before the long span on its first line."""
        assert self.long is not None
        return not self.source.text[self.source.line_span(number).start : self.long.span.start].strip()

    def line(self, number: int) -> Iterator[str]:
        """One line of the source, and what is said about it."""
        marks = [mark for mark in self.marks if self.source.line(mark.span.start) == number]
        strip = Strip(self, number, [self.clip(mark.span, number) for mark in marks])
        yield self.row(str(number), strip.text, self.inside(number))
        for mark in marks:
            yield from self.underline(strip, mark, number)
        if self.long:
            yield from self.corner(strip, number, self.long)

    def clip(self, span: Span, number: int) -> Span:
        """The part of a span that stands on a line."""
        line = self.source.line_span(number)
        start = min(max(span.start, line.start), line.end)
        return Span(start, max(start, min(span.end, line.end)))

    def underline(self, strip: Strip, mark: Mark, number: int) -> Iterator[str]:
        """The carets under one mark, and its label behind or below them."""
        start, end = strip.columns(self.clip(mark.span, number))
        carets = ("^" if mark.primary else "-") * max(1, end - start)
        label = self.view.clean(mark.label)
        bar = self.bar_below(number)
        if label and end + 1 + len(label) > strip.room and len(carets) + len(label) > strip.room // 2:
            yield self.row("", " " * start + self.view.paint(carets, mark.style), bar)
            for line in wrap(label, strip.room - min(start, strip.room // 4)):
                yield self.row("", " " * min(start, strip.room // 4) + self.view.paint(line, mark.style), bar)
        else:
            yield self.row("", " " * start + self.view.paint(f"{carets} {label}".rstrip(), mark.style), bar)

    def bar_below(self, number: int) -> str:
        """The bar below a line: it goes on unless the long span has ended or not begun."""
        if not self.long:
            return ""
        first, last = self.extent(self.long.span)
        return self.view.paint("| " if first <= number < last else "  ", self.long.style)

    def corner(self, strip: Strip, number: int, mark: Mark) -> Iterator[str]:
        """Where a long span starts in the middle of a line, and where it ends."""
        first, last = self.extent(mark.span)
        if number == first and not self.leading(first):
            start, _ = strip.columns(self.clip(mark.span, number))
            yield self.row("", self.view.paint(" " + "_" * (start + 1) + "^", mark.style))
        elif number == last:
            _, end = strip.columns(self.clip(mark.span, number))
            label = self.view.clean(mark.label)
            beside = max(1, end) + 3 + len(label) <= strip.room + 2
            yield self.row("", self.view.paint(f"|{'_' * max(1, end)}^ {label if beside else ''}".rstrip(), mark.style))
            for line in [] if beside else wrap(label, strip.room):
                yield self.row("", "  " + self.view.paint(line, mark.style))

    def row(self, number: str, text: str, bar: str = "") -> str:
        """A line with its gutter."""
        edge = self.view.gutter(f"{number:>{self.gutter}} |")
        return f"{edge} {bar}{text}".rstrip()


class Strip:
    """One line as it is shown: made harmless, and cut to a window around its marks."""

    def __init__(self, excerpt: Excerpt, number: int, spans: Sequence[Span]) -> None:
        source, view = excerpt.source, excerpt.view
        self.line = source.line_span(number)
        self.room = max(12, view.width - excerpt.gutter - 3 - (2 if excerpt.long else 0))
        cells = view.cells(source.text[self.line.start : self.line.end])
        self.edges = [0]
        for _, width in cells:
            self.edges.append(self.edges[-1] + width)
        self.dots = "…" if view.unicode else "..."
        self.left, self.right = 0, len(cells)
        if self.edges[-1] > self.room:
            self.window(spans)
        head = self.dots if self.left else ""
        tail = self.dots if self.right < len(cells) else ""
        self.shift = len(head) - self.edges[self.left]
        self.text = head + "".join(cell for cell, _ in cells[self.left : self.right]) + tail

    def window(self, spans: Sequence[Span]) -> None:
        """Choose the characters to show: the marks with a little of what stands before them."""
        room = self.room - 2 * len(self.dots)
        first = min((span.start for span in spans), default=self.line.start) - self.line.start
        last = max((span.end for span in spans), default=self.line.start) - self.line.start
        if self.edges[last] > room:
            slack = max(room // 4, (room - (self.edges[last] - self.edges[first])) // 2)
            while self.left < first and self.edges[first] - self.edges[self.left] > slack:
                self.left += 1
        while self.right > self.left + 1 and self.edges[self.right] - self.edges[self.left] > room:
            self.right -= 1

    def columns(self, span: Span) -> tuple[int, int]:
        """Where a span of this line stands in the shown text."""
        start = min(max(span.start - self.line.start, self.left), self.right)
        end = min(max(span.end - self.line.start, start), self.right)
        return self.edges[start] + self.shift, self.edges[end] + self.shift


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters; a longer word stays whole."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
