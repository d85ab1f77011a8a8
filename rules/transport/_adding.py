"""How to add an attribute to a cookie where it is set."""

from __future__ import annotations

from sslint.api import Edit, Span

from ._cookies import Cookie


def with_attribute(cookie: Cookie, attribute: str) -> Edit | None:
    """The edit that adds an attribute; None where the text does not stand there as it is read."""
    source, span = cookie.place.source, cookie.place.span
    text = source.text[span.start : span.end]
    if cookie.by.key == "cookietracking" or cookie.by.pieces is not None or not text:
        return None
    if cookie.is_session:
        return None if "\n" in text or text[-1] in "\"'" else Edit(source, Span(span.end, span.end), f";{attribute}")
    at = span.end - (text[-1] in "\"'")
    return Edit(source, Span(at, at), f"; {attribute}") if text[0] in "\"'" else None
