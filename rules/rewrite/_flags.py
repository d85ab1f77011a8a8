"""Edits of the flags behind RewriteRule and RewriteCond."""

from __future__ import annotations

from sslint.api import Directive, Edit, Span


def add_flag(line: Directive, flag: str) -> Edit:
    """The edit that adds a flag to a line with two or three words."""
    words = line.arguments
    end = words[-1].span.end
    if len(words) < 3:
        return Edit(line.source, Span(end, end), f" [{flag}]")
    place = words[-1].span.start + line.source.text[words[-1].span.start : end].rfind("]")
    return Edit(line.source, Span(place, place), f",{flag}")
