"""Header lines: the tables of mod_headers, and Strict-Transport-Security taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sslint.api import Directive, Edit, HeaderLine, HttpdVersion, Span, number_of, replace

HSTS = "strict-transport-security"
FIRST_WITH_EXPRESSIONS = HttpdVersion(2, 4, 10)
"""From this httpd on, Header takes `expr=`."""
ASKS_FOR_TLS = "\"expr=%{HTTPS} == 'on'\""
"""What holds for every response over TLS; `env=HTTPS` is set too late for redirects and refusals."""
_PART = re.compile(r"([A-Za-z-]+)(?:\s*=\s*(\"[^\"]*\"|[^;]*))?")


def mentions_hsts(directive: Directive) -> bool:
    """Whether a line can be about Strict-Transport-Security; asked before its words are split."""
    return "transport" in directive.text.lower()


class Hsts(NamedTuple):
    """The parts of a Strict-Transport-Security value; `max_age` is None where it has no number (RFC 6797 6.1)."""

    max_age: int | None
    include_subdomains: bool
    preload: bool


def hsts(value: str) -> Hsts:
    """A value taken apart."""
    parts = {match.group(1).lower(): (match.group(2) or "").strip(' "') for match in _parts(value)}
    return Hsts(number_of(parts.get("max-age", "")), "includesubdomains" in parts, "preload" in parts)


def _parts(value: str) -> Iterator[re.Match[str]]:
    for part in value.split(";"):
        match = _PART.match(part.strip())
        if match:
            yield match


def is_hsts(line: HeaderLine | None) -> bool:
    """Whether a line sets Strict-Transport-Security, to a value that is known here."""
    return line is not None and line.gives and line.name == HSTS and line.text is not None


def to_other_table(line: HeaderLine) -> Edit:
    """The edit that lets a line act on the other of the two tables: with `always`, or without."""
    first = line.directive.arguments[0]
    if line.always:
        return Edit(first.source, Span(first.span.start, line.action.span.start), "")
    return replace(first, f"always {first.value}" if first.span == line.action.span else "always")
