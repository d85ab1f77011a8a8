"""What the header lines of a scope, with those of the scopes around it, come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sslint.api import (
    HeaderField as Field,
)
from sslint.api import (
    HeaderLine,
    ResponseHeaders,
    Section,
    Server,
    header_lines,
    response_headers,
)


class HeaderScope(NamedTuple):
    """A place with header lines; `parent` is its section, None for the top level.

    `lines` are its own, and those of the places around it.
    """

    parent: Section | None
    lines: Sequence[HeaderLine]

    @property
    def headers(self) -> ResponseHeaders:
        """What they come to."""
        return response_headers(self.lines)


def scopes_of(server: Server, *names: str) -> Iterator[HeaderScope]:
    """Every scope that has lines of some headers, with what all lines around it make of these."""
    found = header_lines(server)
    lines = [line for name in names for line in found.get(name, ())]
    by_scope: dict[Section | None, list[HeaderLine]] = {}
    for line in lines:
        by_scope.setdefault(line.directive.parent, []).append(line)
    for parent in by_scope:
        around = [parent, *parent.enclosing] if parent is not None else []
        met = [line for scope in (None, *reversed(around)) for line in by_scope.get(scope, ())]
        yield HeaderScope(parent, met)


def certain(scope: HeaderScope, name: str) -> list[Field]:
    """The fields of a header that every successful response has, where their values are known."""
    return [one for one in scope.headers.of(name) if one.certain and one.value is not None]
