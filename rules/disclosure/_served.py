"""Names of files that hosts serve to everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sslint.api import Server, VirtualHost, serves


def served(server: Server, names: Sequence[str]) -> Iterator[tuple[tuple[str, ...], list[VirtualHost]]]:
    """Which of some URL paths are served to strangers, with the hosts that do so alike."""
    found: dict[tuple[str, ...], list[VirtualHost]] = {}
    for host in server.hosts if server.is_complete else ():
        mine = tuple(name for name in names if host.sockets and serves(host, f"/{name}"))
        if mine:
            found.setdefault(mine, []).append(host)
    yield from found.items()
