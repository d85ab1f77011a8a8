"""The TLS backends of hosts, and the settings under which httpd speaks to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sslint.api import Backend, ProxyOffer, Server, backends, is_loopback, proxy_sides

_TLS = frozenset({"https", "wss", "h2"})
_HOST = re.compile(r"[A-Za-z0-9+.-]+://(?:[^@/]*@)?(\[[^\]]*\]|[^:/]*)")


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
                if backend.scheme in _TLS and not covered and not is_here(backend):
                    yield TlsBackend(backend, side)


def host_of(backend: Backend) -> str:
    """A backend's name or address; empty where there is none."""
    match = _HOST.match(backend.url.rpartition("|")[2])
    return match.group(1).strip("[]").lower() if match else ""


def is_here(backend: Backend) -> bool:
    """Whether a backend is this machine, or can't be told before a request comes."""
    name = host_of(backend)
    return backend.has_open_name or not name or is_loopback(name) or backend.url.lower().startswith("unix:")
