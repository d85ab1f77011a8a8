"""Finding a host by what people call it, and the host and place that a URL leads to.

Sources: `ap_update_vhost_given_ip` and `update_server_from_aliases` in server/vhost.c,
`ap_normalize_path` in server/util.c.
"""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from ..host import VirtualHost
from ..mapping import mapper_of
from ..sections import Where
from ..server import Server
from ..table import AddressSet

_PORT = re.compile(r"(.*?)(?::(\d+|\*))?$", re.DOTALL)
_NUMERIC = re.compile(r"[\d.]+$|.*:")


class NotServedError(LookupError):
    """No host answers to what was asked for; the text says why."""


class Asked(NamedTuple):
    """A request that somebody asks about: who answers, whether by TLS, and what it is mapped to.

    `path` and `query` are as they are sent; `name` and `port` those of the URL.
    """

    url: str
    host: VirtualHost
    tls: bool
    name: str
    port: int
    path: str
    query: str
    where: Where


def hosts_called(server: Server, text: str) -> list[VirtualHost]:
    """The hosts of a name, an alias, `name:port`, `address:port` or `main`, in file order.

    Raises NotServedError where there is none.
    """
    if text.lower() == "main":
        return [server.main]
    wanted = text.lower()
    found = [host for host in server.hosts if wanted in _titles(host)]
    if not found:
        match = _PORT.match(wanted)
        assert match is not None
        name, port = match[1], match[2]
        found = [host for host in server.hosts if host.answers_to(name) and _is_at(host, port)]
    if not found:
        raise NotServedError(f"no virtual host is called {text}")
    return found


def _titles(host: VirtualHost) -> set[str]:
    """The addresses of a host, as they stand there and as they are understood."""
    places = [one.written.lower() for one in host.places]
    return {*places, *(str(one.address) for one in host.places)}


def _is_at(host: VirtualHost, port: str | None) -> bool:
    if port in (None, "*"):
        return True
    sockets = {socket.address.port for socket in host.sockets} | {address.port for address in host.addresses}
    return int(str(port)) in sockets or 0 in sockets


def asked(server: Server, url: str) -> Asked:
    """What a URL leads to. Raises NotServedError, and ValueError for what is no URL of http or https."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url} is no URL: it starts with http:// or https:// and has a host")
    tls = parts.scheme == "https"
    port = parts.port or (443 if tls else 80)
    name = parts.hostname.lower().rstrip(".")
    host, default = _select(server, name, port, tls)
    if default.engine.value is not None and default.engine.value is not tls and not server.is_fragment:
        speaks = "TLS" if default.engine.value else "plain HTTP"
        raise NotServedError(f"the server speaks {speaks} at port {port}, by {default.title}")
    return Asked(url, host, tls, name, port, parts.path or "/", parts.query, _where(host, parts.path))


def _select(server: Server, name: str, port: int, sni: bool) -> tuple[VirtualHost, VirtualHost]:
    """The host that a name and port lead to, and the default host of the address."""
    ports = {listener.address.port for listener in server.listeners}
    if ports and port not in ports:
        raise NotServedError(f"the server does not listen to port {port}")
    found = _set_for(server, name, port)
    if found is None:
        return server.main, server.main
    older = server.target.httpd.is_old
    return found.choose(name, port, sni=sni, older=older), found.default


def _set_for(server: Server, name: str, port: int) -> AddressSet | None:
    """The set that takes the connection; a name may lead to any address, so one that knows it goes first."""
    if _NUMERIC.match(name):
        return server.table.find(name, port)
    sets = [one for one in server.table.sets if one.address.port in (port, 0)]
    knowing = [one for one in sets if any(host.answers_to(name) for host in one.hosts)]
    exact = [one for one in knowing if one.address.port == port]
    return next(iter(exact or knowing), None) or server.table.find("", port) or next(iter(sets), None)


def _where(host: VirtualHost, path: str) -> Where:
    """What a path is mapped to; what does not end with a slash counts as a file."""
    decoded = re.sub(r"/{2,}", "/", unquote(path, errors="surrogateescape") or "/")
    clean = posixpath.normpath(decoded)
    if decoded.endswith(("/", "/.", "/..")) and clean != "/":
        clean += "/"
    mapper = mapper_of(host)
    where = mapper.where(clean)
    entry = mapper.entry(clean)
    if entry is not None and entry.backend is not None and entry.pattern is None:
        return where._replace(backend=entry.backend + clean[len(entry.url) :])
    return where._replace(name="" if clean.endswith("/") or where.path is None else posixpath.basename(clean))
