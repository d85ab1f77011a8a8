"""Requests that meet a section with access control for some methods."""

from __future__ import annotations

from sslint.api import Reach, Scope, Server, VirtualHost, Where


def place(server: Server, owner: VirtualHost, scope: Scope) -> tuple[VirtualHost, Where]:
    """A request that meets the section: of a host that serves it, or as the section itself says."""
    reach = Reach.of(server)
    for host in (owner, *(server.hosts if owner.is_main else ())):
        for where in reach.mapper(host).requests_for(scope):
            return host, where
    example = scope.example()
    return owner, Where(example, None) if scope.kind.startswith("location") else Where(None, example)
