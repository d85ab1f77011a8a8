"""What a client gets that nobody knows: from an address of no network, without a login."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..judging import judge
from ..merging.layers import request_layers
from ..reach import Reach
from .admission import gathered
from .message import Request, World
from .request import answered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...configuration import Configuration
    from ...configuration.model import Item
    from ..host import VirtualHost
    from ..merging.layers import Layer
    from ..sections import Where
    from ..server import Server
    from .admission import Decision
    from .answer import Answer

_ADDRESS = "203.0.113.77"
"""Of TEST-NET-3 (RFC 5737), which nobody has."""


def strangers_answers(
    host: VirtualHost, path: str, method: str = "GET", protocol: str = "HTTP/1.1"
) -> Iterator[Answer]:
    """What a host answers to a stranger, by plain HTTP and by TLS, where it speaks it.

    Of a host whose address may speak either, plain HTTP is asked.
    """
    schemes = [tls for tls, sockets in ((False, host.plain_sockets), (True, host.tls_sockets)) if sockets]
    for tls in schemes or ([False] if host.server.is_fragment else []):
        yield answer_to(host, path, host.effective_name, tls=tls, method=method, protocol=protocol)


def answer_to(
    host: VirtualHost, path: str, name: str, *, tls: bool, method: str = "GET", protocol: str = "HTTP/1.1"
) -> Answer:
    """What a host answers to a stranger who asks for it by a name."""
    return answered(host, Request(path, tls, method, host=name, client=_ADDRESS, protocol=protocol))


def strangers_admission(host: VirtualHost, where: Where, method: str = "GET", *, tls: bool = True) -> Decision:
    """What access control says to a stranger who asks for a place, whatever answers there."""
    request = Request(where.url or "/", tls, method, host=host.effective_name, client=_ADDRESS)
    layers = request_layers(host, where, lambda condition: judge(condition, request.lookup))
    return gathered(host, layers, _items).decide(request)


def _items(layer: Layer) -> Sequence[Item]:
    return layer.scope.section.children if layer.scope is not None else ()


def serves(host: VirtualHost, path: str) -> bool:
    """Whether a stranger gets the file at a URL path, where there is one."""
    return any(one.status == 200 and one.by == "file" for one in strangers_answers(host, path))


class Served(NamedTuple):
    """A file that a stranger gets, by a host's URL path."""

    host: VirtualHost
    url: str


def served_file(server: Server, path: str) -> Served | None:
    """By which host and URL a stranger gets a file of the server's file system; None where by none for certain."""
    if not server.is_complete:
        return None
    path = posixpath.normpath(posixpath.join(server.configuration.server_root or "/", path))
    ways = Reach.of(server).ways_to(path)
    return next((Served(host, url) for host, url in ways if serves(host, url)), None)


def opened_by(host: VirtualHost, url: str, htaccess: Configuration) -> bool:
    """Whether a stranger gets a file below a URL path only because of its folder's `.htaccess`."""

    def read(path: str) -> Configuration | None:
        return htaccess if path == htaccess.main else None

    request = Request(f"{url.rstrip('/')}/page.html", bool(host.is_tls), host=host.effective_name, client=_ADDRESS)
    without, within = answered(host, request), answered(host, request, World(htaccess=read))
    return without.status in (401, 403) and within.status == 200
