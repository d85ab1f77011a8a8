"""Paths as URIs: percent-encoded, byte by byte."""

from __future__ import annotations

from urllib.parse import quote


def uri(path: str, safe: str = "/") -> str:
    """A path as a URI reference."""
    return quote(path.encode("utf-8", "surrogateescape"), safe)


def folder_uri(path: str) -> str:
    """An absolute folder as a URI that others can be relative to."""
    return f"file://{'' if path.startswith('/') else '/'}{uri(path.rstrip('/'))}/"


def link(reference: str) -> str:
    """A reference as an address to follow; nothing where it is a citation."""
    return uri(reference, ":/#?=&%+,;@!~$'*") if reference.startswith("https://") else ""
