"""Redirects that lead a client round in a circle."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from ...configuration.model import Directive, walk
from ..memory import kept
from .answer import Answer
from .message import Request
from .request import answered

if TYPE_CHECKING:
    from ..host import VirtualHost
    from ..server import Server

BROWSERS_FOLLOW = 20
"""So many redirects in a row make browsers give up, whether they come back or lead on and on."""
_FOLLOWED = (301, 302, 303, 307, 308)
_LINES = frozenset({"redirect", "redirectmatch", "redirectpermanent", "redirecttemp", "rewriterule"})
_OWN_NAME = re.compile(r"%\{(?:HTTP_HOST|SERVER_NAME|HTTP:Host)\}", re.IGNORECASE)
_VARIABLE = re.compile(r"[$%].*")


class Visit(NamedTuple):
    """A request on its way: the host that it comes to, how, by which name and for which path."""

    host: VirtualHost
    tls: bool
    name: str
    path: str


Node = tuple["VirtualHost", bool]
"""A host as it is met by TLS, or by plain HTTP."""


def circle(host: VirtualHost, path: str, *, tls: bool) -> tuple[Answer, ...]:
    """The answers of the circle into which a request for a URL path leads a client; empty where it ends.

    Where each redirect makes the path longer, it has no end either: then there are BROWSERS_FOLLOW answers.
    """
    if not host.name or not _may_come_back(host, tls):
        return ()
    here = Visit(host, tls, host.name.lower(), path)
    seen: dict[Visit, int] = {}
    found: list[Answer] = []
    while here not in seen and len(found) < BROWSERS_FOLLOW:
        seen[here] = len(found)
        answer = _redirect(here.host, here.tls, here.name, here.path)
        if answer is None:
            return ()
        found.append(answer)
        aim = _aim(host.server, answer.location)
        if aim is None:
            return ()
        here = aim
    return tuple(found[seen.get(here, 0) :])


@kept
def _redirect(host: VirtualHost, tls: bool, name: str, path: str) -> Answer | None:
    """The redirect that a host answers a request with; None for any other answer."""
    answer = answered(host, Request(path, tls, host=name))
    if answer.status not in _FOLLOWED or answer.directive is None or answer.directive.condition is not None:
        return None
    return answer


def _aim(server: Server, url: str) -> Visit | None:
    """What a URL leads to; None for what no host of the server is called."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    tls = parts.scheme == "https"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    port = port or (443 if tls else 80)
    name = parts.hostname.lower().rstrip(".")
    for host in _by_name(server).get(name, ()):
        sockets = host.tls_sockets if tls else host.plain_sockets
        if any(socket.address.port == port for socket in sockets):
            return Visit(host, tls, name, parts.path or "/")
    return None


@kept
def _by_name(server: Server) -> dict[str, list[VirtualHost]]:
    """The hosts by name: looking through all for each redirect took minutes."""
    found: dict[str, list[VirtualHost]] = {}
    for host in server.hosts:
        for name in host.names:
            found.setdefault(name, []).append(host)
    return found


def _may_come_back(host: VirtualHost, tls: bool) -> bool:
    """Whether the aims that lines name could lead into a circle: that costs less than to ask for answers."""
    node, seen = (host, tls), set[Node]()
    waiting = [node]
    while waiting:
        for node in _aims(waiting.pop()[0]):
            if node in seen or node == (host, tls):
                return True
            seen.add(node)
            waiting.append(node)
    return False


@kept
def _aims(host: VirtualHost) -> set[Node]:
    """Where the redirects of a host, its sections' and the main server's may lead."""
    lines = _redirecting(host) if host.is_main else [*_redirecting(host), *_redirecting(host.server.main)]
    return set(_nodes(host, lines))


@kept
def _redirecting(host: VirtualHost) -> list[Directive]:
    """The lines of a host and its sections that redirect; those of virtual hosts are not the main server's."""
    own = [one for name in _LINES for one in host.own.get(name, ())]
    return own + [one for one in walk(list(host.sections)) if one.key in _LINES]


def _nodes(host: VirtualHost, lines: Iterable[Directive]) -> Iterable[Node]:
    for line in lines:
        for word in line.values:
            if word.startswith(("http://", "https://")):
                aim = _aim(host.server, _VARIABLE.sub("", _OWN_NAME.sub(host.name, word)))
                if aim is not None:
                    yield aim.host, aim.tls
