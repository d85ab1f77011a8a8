"""What a client gets that nobody knows: from an address of no network, without a login."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..host import VirtualHost
    from .answer import Answer

_ADDRESS = "203.0.113.77"
"""Of TEST-NET-3 (RFC 5737), which nobody has."""


def strangers_answers(
    host: VirtualHost, path: str, method: str = "GET", protocol: str = "HTTP/1.1"
) -> Iterator[Answer]:
    """What a host answers to a stranger, by plain HTTP and by TLS, where it speaks it.

    Of a host whose address may speak either, plain HTTP is asked.
    """
    from .message import Request
    from .request import answered

    schemes = [tls for tls, sockets in ((False, host.plain_sockets), (True, host.tls_sockets)) if sockets]
    for tls in schemes or ([False] if host.server.is_fragment else []):
        yield answered(host, Request(path, tls, method, host=host.effective_name, client=_ADDRESS, protocol=protocol))


def serves(host: VirtualHost, path: str) -> bool:
    """Whether a stranger gets the file at a URL path, where there is one."""
    return any(one.status == 200 and one.by == "file" for one in strangers_answers(host, path))
