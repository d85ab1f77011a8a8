"""`Define`, `UnDefine` and `${…}`.

Sources: `ap_resolve_env`, `set_define` and `unset_define` in httpd's server/core.c. Names of
variables ignore case (they live in an apr_table); flags of `<IfDefine>` and the environment
do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from ..syntax.lines import Piece

if TYPE_CHECKING:
    from .model import Section

_REFERENCE = re.compile(r"\$\{([^}]*)\}")
MAX_LENGTH = 16 << 20
"""The longest logical line that httpd 2.4 takes, in characters (VARBUF_MAX_LEN)."""


class TooLong(Exception):
    """A line that grew beyond what the server takes."""


class Variables:
    """The flags and variables at one point of the reading."""

    def __init__(self, flags: Iterable[str], environment: Mapping[str, str]) -> None:
        self.flags = set(flags)
        self._values: dict[str, str] = {}
        self._environment = environment
        self._hosts: dict[str, Section | None] = {}

    def define(self, name: str, value: str | None, host: Section | None = None) -> None:
        """`Define name [value]`; `host` is the virtual host that the line stands in."""
        self.flags.add(name)
        if value is not None:
            self._values[name.lower()] = value
            self._hosts[name.lower()] = host

    def host_of(self, name: str) -> Section | None:
        """The virtual host in which a variable got its value."""
        return self._hosts.get(name.lower())

    def undefine(self, name: str) -> None:
        """`UnDefine name`: the flag and the variable go; an environment variable shows through again."""
        self.flags.discard(name)
        self._values.pop(name.lower(), None)
        self._hosts.pop(name.lower(), None)

    @property
    def names(self) -> list[str]:
        """The variables that have a value, those of the environment included; defined ones in lower case."""
        return sorted({*self._values, *self._environment})

    def value(self, name: str) -> str | None:
        """What `${name}` stands for, or None."""
        value = self._values.get(name.lower())
        return self._environment.get(name) if value is None else value


def substitute(
    text: str, pieces: tuple[Piece, ...], lookup: Callable[[str, int], str | None]
) -> tuple[str, tuple[Piece, ...]]:
    """Replace every `${name}` that `lookup(name, offset)` knows; the rest stays as it is.

    Values are not looked through again. Raises TooLong.
    """
    parts: list[str] = []
    mapped: list[Piece] = []
    length = 0
    position = 0
    for match in _REFERENCE.finditer(text):
        value = lookup(match.group(1), match.start())
        if value is None:
            continue
        mapped.extend(_shift(pieces, position, match.start(), length - position))
        parts.append(text[position : match.start()])
        length += match.start() - position
        first, last = source_of(pieces, match.start()), source_of(pieces, match.end() - 1) + 1
        mapped.append(Piece(length, None, first, last))
        parts.append(value)
        length += len(value)
        position = match.end()
        if length > MAX_LENGTH:
            raise TooLong
    mapped.extend(_shift(pieces, position, len(text), length - position))
    parts.append(text[position:])
    return "".join(parts), tuple(mapped) or pieces


def source_of(pieces: tuple[Piece, ...], offset: int) -> int:
    """The source offset of a character of a logical text."""
    chosen = pieces[0]
    for piece in pieces:
        if piece.logical > offset:
            break
        chosen = piece
    return chosen.start if chosen.source is None else chosen.source + offset - chosen.logical


def _shift(pieces: tuple[Piece, ...], start: int, end: int, by: int) -> list[Piece]:
    """The pieces of a range of a logical text, moved by so many characters."""
    if start >= end:
        return []
    shifted: list[Piece] = []
    for index, piece in enumerate(pieces):
        following = pieces[index + 1].logical if index + 1 < len(pieces) else end
        if following <= start or piece.logical >= end:
            continue
        begin = max(piece.logical, start)
        source = None if piece.source is None else piece.source + begin - piece.logical
        shifted.append(Piece(begin + by, source, piece.start, piece.end))
    return shifted
