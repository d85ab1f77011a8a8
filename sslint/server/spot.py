"""A place in a directive, with the way by which the server came to it."""

from __future__ import annotations

from typing import NamedTuple

from ..configuration.model import Argument, Directive, Frame
from ..text import Source, Span


class Spot(NamedTuple):
    """A range of a directive's text; `frame` tells how the server came there."""

    source: Source
    span: Span
    frame: Frame


def spot(directive: Directive, first: Argument | None = None, last: Argument | None = None) -> Spot:
    """The place of a run of a directive's arguments, or of one; without any, of the directive."""
    if first is None:
        return Spot(directive.source, directive.span, directive.frame)
    end = (last or first).span.end
    return Spot(directive.source, Span(first.span.start, max(first.span.end, end)), directive.frame)


def all_arguments(directive: Directive) -> Spot:
    """The place of all that a directive says; of one that says nothing, of the directive."""
    words = directive.arguments
    return spot(directive, words[0], words[-1]) if words else spot(directive)


def name_of(directive: Directive) -> Spot:
    """The place of a directive's name; of a section, its `<` included."""
    return Spot(directive.source, directive.name_span, directive.frame)


def part(directive: Directive, argument: Argument, start: int, end: int) -> Spot:
    """The place of a part of an argument, by offsets into its value; of the argument where that can't be told."""
    word = argument.word
    plain = word.end - word.start - len(word.value) in (0, 2 * len(word.quote))
    begin = word.start + len(word.quote)
    span = directive.place(begin + start, begin + end) if plain else argument.span
    return Spot(directive.source, span, directive.frame)
