"""Edits of the flags behind RewriteRule and RewriteCond."""

from __future__ import annotations

from sslint.api import Directive, Edit, Span


def add_flag(line: Directive, flag: str) -> Edit:
    """The edit that adds a flag to a line with two or three words."""
    words = line.arguments
    if len(words) < 3:
        end = words[-1].span.end
        return Edit(line.source, Span(end, end), f" [{flag}]")
    text = line.source.text[words[2].span.start : words[2].span.end]
    place = words[2].span.start + text.rfind("]")
    return Edit(line.source, Span(place, place), f",{flag}")
