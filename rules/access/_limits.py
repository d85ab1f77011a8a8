"""Requests that meet a section with access control for some methods."""

from __future__ import annotations

from sslint.api import Reach, Scope, Server, VirtualHost, Where


def place(server: Server, owner: VirtualHost, scope: Scope) -> tuple[VirtualHost, Where]:
    """A request that meets the section: of a host that serves it, or as the section itself says."""
    example = scope.example()
    itself = owner, Where(example, None) if scope.kind.startswith("location") else Where(None, example)
    return next(Reach.of(server).requests(owner, scope), itself)
