"""The permissions of files with secrets."""

from __future__ import annotations

import posixpath

from sslint.api import Server

_READ, _SEARCH = 0o4, 0o1


def mode_at(server: Server, path: str) -> int | None:
    """The mode of a file at the server's own place; None where it is not known."""
    status = server.material.status(path)
    if status is None or status.mode is None or server.material.is_elsewhere(path):
        return None
    return status.mode & 0o7777


def is_open(server: Server, path: str) -> bool:
    """Whether everybody on the machine may read a file, all folders above it permitting."""
    mode = mode_at(server, path)
    if mode is None or not mode & _READ:
        return False
    folder = posixpath.dirname(path)
    while folder != "/":
        above = server.material.status(folder)
        if above is not None and above.mode is not None and not above.mode & _SEARCH:
            return False
        folder = posixpath.dirname(folder)
    return True
