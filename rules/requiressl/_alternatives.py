"""Lines that demand TLS beside others of which any one is enough."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Directive, Section, holds

_GROUPS = frozenset({"requireany", "requireall", "requirenone"})
_ANY = frozenset({"requireany"})
_EXPRESSION = re.compile(r"\s*expr\s+", re.IGNORECASE)
_ADDRESSES = frozenset({"ip", "host", "forward-dns", "local", "env", "method", "expr", "ssl-verify-client"})
"""Providers that tell requests apart without a login: beside one of these, TLS may be meant as another way in."""


def demands_tls(line: Directive) -> bool:
    """Whether a Require line is met by every TLS request, and by no plain one."""
    words = line.values
    if words[:1] == ["ssl"]:
        return True
    is_expression = words[:1] == ["expr"] and "HTTPS" in line.text
    if not is_expression:
        return False
    condition = _EXPRESSION.sub("", line.text, count=1)
    return holds(condition, tls=True) is True and holds(condition, tls=False) is False


def outvoting(line: Directive) -> Directive | None:
    """The line beside a demand for TLS that lets requests in by itself: a login, or everybody."""
    if line.parent is None or not demands_tls(line):
        return None
    if line.parent.key in _GROUPS and line.parent.key not in _ANY:
        return None
    return next((one for one in _beside(line.parent) if one is not line and _lets_in(one)), None)


def _beside(section: Section) -> Iterator[Directive]:
    """The Require lines of one RequireAny; a section's own are one."""
    for item in section.children:
        if item.condition is not None and not item.condition.likely:
            continue
        if type(item) is Section:
            if item.key in _ANY:
                yield from _beside(item)
        elif item.key == "require":
            yield item


def _lets_in(line: Directive) -> bool:
    words = [word.lower() for word in line.values]
    if not words or words[0] == "not" or words[0] in _ADDRESSES or words[0] == "ssl":
        return False
    return words[:2] == ["all", "granted"] or words[0] != "all"


def is_outvoted(lines: list[Directive]) -> bool:
    """Whether one of a section's Require lines demands TLS in vain."""
    return any(outvoting(line) is not None for line in lines)
