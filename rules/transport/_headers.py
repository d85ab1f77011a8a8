"""Header lines taken apart (`header_inout_cmd` in mod_headers.c)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sslint.api import Argument, Directive

_SETS = frozenset({"set", "setifempty", "add", "append", "merge"})
_PART = re.compile(r"([A-Za-z-]+)(?:\s*=\s*(\"[^\"]*\"|[^;]*))?")


def mentions_hsts(directive: Directive) -> bool:
    """Whether a line can be about Strict-Transport-Security; asked before its words are split."""
    return "transport" in directive.text.lower()


class HeaderLine(NamedTuple):
    """`Header [always|onsuccess] set Name value …` of a response."""

    directive: Directive
    always: bool
    action: Argument
    name: Argument
    value: Argument | None

    @property
    def sets(self) -> bool:
        """Whether it gives responses the header."""
        return self.action.value.lower() in _SETS and self.value is not None


def header_line(directive: Directive) -> HeaderLine | None:
    """A Header line; None for one that the server refuses."""
    arguments = list(directive.arguments)
    always = bool(arguments) and arguments[0].value.lower() == "always"
    if arguments and arguments[0].value.lower() in ("always", "onsuccess"):
        arguments = arguments[1:]
    if len(arguments) < 2:
        return None
    return HeaderLine(directive, always, arguments[0], arguments[1], arguments[2] if len(arguments) > 2 else None)


class Hsts(NamedTuple):
    """The parts of a Strict-Transport-Security value; `max_age` is None where it has no number (RFC 6797 6.1)."""

    max_age: int | None
    include_subdomains: bool
    preload: bool


def hsts(value: str) -> Hsts:
    """A value taken apart."""
    parts = {match.group(1).lower(): (match.group(2) or "").strip(' "') for match in _parts(value)}
    age = parts.get("max-age", "")
    return Hsts(int(age) if age.isascii() and age.isdigit() and len(age) < 12 else None,
                "includesubdomains" in parts, "preload" in parts)  # fmt: skip


def _parts(value: str) -> Iterator[re.Match[str]]:
    for part in value.split(";"):
        match = _PART.match(part.strip())
        if match:
            yield match


def is_hsts(line: HeaderLine | None) -> bool:
    """Whether a line sets Strict-Transport-Security, to a value that is known here."""
    return (
        line is not None
        and line.sets
        and line.name.value.rstrip(":").lower() == "strict-transport-security"
        and line.value is not None
        and "%" not in line.value.value
        and not line.value.value.lower().startswith("expr=")
    )
