"""What somebody gets who asks a host by another name than its own."""

from __future__ import annotations

from sslint.api import Socket, VirtualHost, answer_to

UNKNOWN_NAME = "unknown.invalid"
ADDRESS = "203.0.113.10"
"""An address of TEST-NET-3 (RFC 5737), which no host has for its name."""


def gets_content(host: VirtualHost, socket: Socket, name: str) -> bool:
    """Whether a request for the root, with that name, is answered by content of the host."""
    found = answer_to(host, "/", name, tls=bool(socket.default.engine.value))
    return found.status == 200 and found.by in ("file", "proxy", "handler")
