"""Security headers that a condition about mod_headers leaves out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..text import Span

if TYPE_CHECKING:
    from ..syntax.tree import Section as SyntaxSection
    from .model import Section

_MODULE = re.compile(r"\s*\"?(?:mod_headers\.c|headers_module)\"?\s*\Z")
_LINE = re.compile(
    r"^[ \t]*(?:Header\s+(?:always\s+|onsuccess\s+)?\"?(?:set|setifempty|add|append|merge|edit\*?)\"?\s+\"?"
    r"(Strict-Transport-Security|Content-Security-Policy|X-Frame-Options|X-Content-Type-Options|Referrer-Policy|"
    r"Permissions-Policy|Cross-Origin-[A-Za-z-]+|Set-Cookie)\b"
    r"|RequestHeader\s+(?:unset|set)\s+(Proxy|X-[A-Za-z-]+)\b)",
    re.IGNORECASE | re.MULTILINE,
)


def guarded_headers(item: SyntaxSection, header: Section) -> list[tuple[str, Span]]:
    """The security headers in the text of an `<IfModule>` about mod_headers that is false, and their places."""
    if not _MODULE.match(header.argument) or item.close is None:
        return []
    start, end = item.open.end, item.close.start
    return [
        (name, Span(*found.span(group)))
        for found in _LINE.finditer(item.source.text, start, end)
        for group, name in enumerate(found.groups(), 1)
        if name
    ]
