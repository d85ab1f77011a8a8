"""By which ways content is reached: hosts, plain or TLS, mappings, and what answers before anybody gets there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...configuration.model import Directive
from ..host import VirtualHost
from ..mapping import Mapper, mapper_of
from ..sections import Scope, Where, all_scopes, normal
from ..server import Server
from .message import Request, World
from .processing import Processing

_FIRST = ("redirect", "status")
_DEFAULT = "DocumentRoot"
_HANDLERS = ("sethandler", "addhandler")


class Way(NamedTuple):
    """One way to content: a host, whether by TLS, and the request's place.

    `mapping` is the name of the directive that leads there (`DocumentRoot`, `Alias`, `ProxyPass`,
    `SetHandler` …), `directive` its line, None for the default root. `first` is the line that answers such
    requests before access is checked, a redirect for instance; `target` is where to.
    """

    host: VirtualHost
    tls: bool
    where: Where
    mapping: str
    directive: Directive | None = None
    first: Directive | None = None
    target: str = ""


def reachable(server: Server, scope: Scope | None = None, *, url: str = "", folder: str = "") -> tuple[Way, ...]:
    """The ways to what a section covers, to a URL path, or into a folder, host by host in the order of the file."""
    found = (way for host in _hosts(server, scope) for way in _of_host(host, scope, url, folder))
    return tuple(dict.fromkeys(found))


def _of_host(host: VirtualHost, scope: Scope | None, url: str, folder: str) -> Iterator[Way]:
    mapper = mapper_of(host)
    for where in _places(mapper, scope, url, folder):
        for tls in (False, True):
            if host.tls_sockets if tls else host.plain_sockets:
                yield _way(host, mapper, where, tls, scope)


def _hosts(server: Server, scope: Scope | None) -> Iterable[VirtualHost]:
    """The hosts whose requests a section has a say in."""
    for host in server.hosts[1:]:
        if scope is not None and any(one.section is scope.section for one in all_scopes(host.own_scopes)):
            return [host]
    return server.hosts


def _places(mapper: Mapper, scope: Scope | None, url: str, folder: str) -> Iterator[Where]:
    if scope is not None:
        yield from mapper.requests_for(scope)
    if url:
        yield mapper.where(url)
    if folder:
        yield from mapper.into(normal(folder))


def _way(host: VirtualHost, mapper: Mapper, where: Where, tls: bool, scope: Scope | None) -> Way:
    handler = next((scope.last(key) for key in _HANDLERS if scope.last(key)), None) if scope is not None else None
    line = mapper.mapped_by(where) if where.backend is not None or handler is None else handler
    way = Way(host, tls, where, line.name if line is not None else _DEFAULT, line)
    if where.url is None:
        return way
    request = Request(where.url, tls, host=host.effective_name)
    found = Processing(host, request, World()).translated(mapper)
    return way._replace(first=found.directive, target=found.value) if found.kind in _FIRST else way
