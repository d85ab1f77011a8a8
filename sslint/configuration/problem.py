"""What the server would refuse, or accept though nobody can have meant it, as found while reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..diagnostic import Edit, Related, without_lines
from ..text import Source, Span

if TYPE_CHECKING:
    from .model import Directive, Frame

INCOMPLETE = frozenset({"missing-include", "unreadable-include", "include-out-of-reach", "budget-exceeded"})
"""Kinds of problems after which something, such as a Listen or a host, may stand in what was not read."""
UNBALANCED = frozenset(
    {"unclosed-section", "unclosed-condition", "unclosed-tag", "mismatched-section", "malformed-end-tag"}
)
"""Kinds of problems after which the end of the text may stand inside a section."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault found by reading or by the server's own checks.

    `kind` is the slug of the rule that reports it. `message` says what the server does,
    `label` is the short text at the span. `edits` mend it where the correction is certain.
    `environment` marks faults that depend on the machine (a missing file, an unknown user).
    `frame` tells which includes and macro uses led to the place.
    """

    kind: str
    source: Source
    span: Span
    message: str
    label: str = ""
    related: tuple[Related, ...] = ()
    notes: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    environment: bool = False
    frame: Frame | None = None


def second_removed(first: Directive, second: Directive) -> tuple[Edit, ...]:
    """The edit that takes out what says again what another directive says.

    None where it is the same line twice, or where one of them may not be there.
    """
    twice = (first.source.path, first.start) == (second.source.path, second.start)
    certain = first.condition is None and second.condition is None
    if twice or not certain or second.pieces is not None or second.frame.macro is not None:
        return ()
    return (without_lines(second.source, second.span),)
