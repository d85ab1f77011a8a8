"""URIs of files, and the paths that sslint knows them by."""

from __future__ import annotations

import os
from urllib.parse import quote, unquote_to_bytes, urlsplit

_WINDOWS = os.name == "nt"


def path_of(uri: str) -> str:
    """The absolute path of a URI, with `/`; what is no file gets a path that no file has."""
    parts = urlsplit(uri)
    path = os.fsdecode(unquote_to_bytes(parts.path))
    if parts.scheme != "file":
        return f"/{parts.scheme}:/{path.lstrip('/')}"
    if _WINDOWS and path[2:3] == ":":
        path = path[1:]
    elif parts.netloc and parts.netloc != "localhost":
        path = f"//{parts.netloc}{path}"
    return os.path.normpath(path).replace(os.sep, "/")


def uri_of(path: str) -> str:
    """The URI of a path."""
    slash = "" if path.startswith("/") else "/"
    return f"file://{slash}{quote(os.fsencode(path), safe='/:' if _WINDOWS else '/')}"
