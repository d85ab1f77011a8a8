"""The TLS backends of hosts, and the settings under which httpd speaks to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sslint.api import Backend, ProxyOffer, Server, backends, proxy_sides

_TLS = frozenset({"https", "wss", "h2"})
PLAIN = frozenset({"http", "ws", "ajp", "fcgi", "scgi", "uwsgi", "h2c", "ftp"})
"""Schemes that travel in the clear."""


class TlsBackend(NamedTuple):
    """A backend on another machine that is spoken to by TLS, and the side of httpd that speaks to it."""

    backend: Backend
    side: ProxyOffer


def tls_backends(server: Server) -> Iterator[TlsBackend]:
    """The backends by TLS on other machines, each with the side that speaks to it.

    A backend that a `<Proxy>` section with TLS settings of its own may cover is left out: which of its
    settings count depends on more than is known here.
    """
    if "sslproxyengine" not in server.keys:
        return
    sides = {side.host: side for side in proxy_sides(server) if side.scope is None}
    special = [side.scope.argument for side in proxy_sides(server) if side.scope is not None]
    for host, side in sides.items():
        owners = [host] if host.is_main else [host, server.main]
        for owner in owners:
            for backend in backends(owner):
                covered = any(backend.url.startswith(url.rstrip("*/")) for url in special)
                if backend.scheme in _TLS and not covered and not backend.is_here:
                    yield TlsBackend(backend, side)
