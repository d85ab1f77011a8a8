"""`<Macro>` and `Use`: definitions and textual substitution.

Source: httpd's modules/core/mod_macro.c.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..syntax import Section as SyntaxSection
from ..syntax.lines import Piece
from .variables import MAX_LENGTH, TooLong, source_of

if TYPE_CHECKING:
    from .model import Frame, Section


@dataclass(frozen=True, slots=True)
class Macro:
    """A definition: its header, parameter names, and the body's place."""

    name: str
    parameters: tuple[str, ...]
    header: Section
    frame: Frame
    body: SyntaxSection


Bindings = tuple[tuple[str, str], ...]
"""Parameter names and the texts that replace them."""


def bind(macro: Macro, values: list[str]) -> Bindings:
    """What each parameter is replaced by. `@name` parameters are pasted in quotes (ESCAPE_ARG)."""
    bound: list[tuple[str, str]] = []
    for parameter, value in zip(macro.parameters, values, strict=True):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        bound.append((parameter, f'"{escaped}"' if parameter.startswith("@") else value))
    return tuple(sorted(bound, key=lambda pair: -len(pair[0])))


def substitute(text: str, pieces: tuple[Piece, ...], bindings: Bindings) -> tuple[str, tuple[Piece, ...]]:
    """Replace parameters: leftmost first, the longest name at one spot, values not looked through again.

    Raises TooLong.
    """
    parts: list[str] = []
    mapped: list[Piece] = []
    length = position = 0
    while True:
        found = [(at, -len(name), name, value) for name, value in bindings if (at := text.find(name, position)) >= 0]
        if not found:
            break
        at, _, name, value = min(found)
        if at > position:
            mapped.append(Piece(length, source_of(pieces, position)))
        parts.append(text[position:at])
        length += at - position
        mapped.append(Piece(length, None, source_of(pieces, at), source_of(pieces, at + len(name) - 1) + 1))
        parts.append(value)
        length += len(value)
        position = at + len(name)
        if length > MAX_LENGTH:
            raise TooLong
    if not mapped:
        return text, pieces
    if position < len(text):
        mapped.append(Piece(length, source_of(pieces, position)))
    parts.append(text[position:])
    return "".join(parts), tuple(mapped)
