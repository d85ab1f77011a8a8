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
    """The place of a directive's argument, or of a run of arguments; without any, of the directive."""
    if first is None:
        return Spot(directive.source, directive.span, directive.frame)
    end = (last or first).span.end
    return Spot(directive.source, Span(first.span.start, max(first.span.end, end)), directive.frame)
