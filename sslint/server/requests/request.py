"""What a request would be answered: status, by what, and the steps that led there.

`predict` asks one host, `respond` a server: which host a connection and its names lead to, and what
mod_ssl refuses before that. It is httpd 2.4 that is followed: `ap_process_request_internal` in
server/request.c, `ssl_hook_ReadReq` in ssl_engine_kernel.c.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from ...configuration.model import Directive
from ..addresses import ANY_PORT
from ..mapping import in_order
from ..memory import kept
from ..redirects import required_https
from .answer import Answer, Step, named
from .message import Kind, Request, World
from .misdirection import refused_name
from .processing import Processing
from .translation import document_root
from .variables import environment

if TYPE_CHECKING:
    from ..host import VirtualHost
    from ..server import Server

__all__ = ["Answer", "Connection", "Kind", "Request", "Step", "World", "answered", "predict", "respond"]

_PLAIN = re.compile(r"(?:/(?!\.{0,2}(?:/|$))[^/%\n]*)+/?")
"""A URL path that is clean already."""
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ENVIRONMENT = ("setenvif", "setenvifnocase", "browsermatch", "browsermatchnocase")
_SLASH = re.compile(r"%2f|%00", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a client connects to; `name` is the handshake's server name, empty where it sends none."""

    port: int
    address: str = "127.0.0.1"
    name: str = ""


def predict(
    host: VirtualHost,
    url_path: str,
    *,
    tls: bool,
    method: str = "GET",
    user: str | None = None,
    headers: Mapping[str, str] | None = None,
    world: World | None = None,
    name: str = "",
) -> Answer:
    """What a host answers to a request for a URL path (with its query) by TLS or plain HTTP.

    `name` is the one of its names that the request gives, its ServerName unless it is said. `user` is somebody who
    sends valid credentials, `headers` have names in lower case; `world` knows files and backends.
    """
    path, _, query = url_path.partition("?")
    ports = [socket.address.port for socket in (host.tls_sockets if tls else host.plain_sockets)]
    port = ports[0] if ports and ports[0] not in (ANY_PORT, 443 if tls else 80) else 0
    name = name or host.effective_name
    request = Request(path, tls, method, user, host=name, port=port, query=query, headers=headers or {})
    return answered(host, request, world)


def answered(host: VirtualHost, request: Request, world: World | None = None) -> Answer:
    """`predict`, of a request with everything that it may have."""
    path, bad = _cleaned(request.path, host)
    if bad:
        return Answer(bad, "protocol", host, why="the server refuses such a URL path")
    lines, root = _environment_lines(host), document_root(host)
    request = replace(request, path=path, environment=environment(lines, request), document_root=root)
    early = _enforced(host, request)
    return early if early is not None else Processing(host, request, world or World()).answer()


@kept
def _environment_lines(host: VirtualHost) -> list[Directive]:
    """The lines that set variables before access is checked, the main server's first."""
    return [
        one for part in ([host] if host.is_main else [host.server.main, host]) for one in in_order(part, _ENVIRONMENT)
    ]


def _enforced(host: VirtualHost, request: Request) -> Answer | None:
    """What MDRequireHttps answers: it keeps the method of what is not GET."""
    line = None if request.tls or request.path.startswith("/.well-known/") else required_https(host)
    if line is None:
        return None
    permanent, safe = line.values[0].lower() == "permanent", request.limit == "GET"
    status = (301 if permanent else 302) if safe else (308 if permanent else 307)
    step = Step(f"{line.name} answers before everything else", line)
    return Answer(status, "redirect", host, line, f"https://{request.host}{request.path}", steps=(step,))


def _cleaned(path: str, host: VirtualHost) -> tuple[str, int]:
    """A URL path as httpd reads it, and the status that refuses it (`ap_unescape_url`, `ap_normalize_path`)."""
    if _PLAIN.fullmatch(path):
        return path, 0
    if _BAD_ESCAPE.search(path):
        return path, 400
    slashes = host.setting("allowencodedslashes").value
    if _SLASH.search(path) and not (slashes and slashes[0].value.lower() in ("on", "nodecode")):
        return path, 404
    path = unquote_to_bytes(path).decode("utf-8", "surrogateescape")
    kept: list[str] = []
    merge = host.setting("mergeslashes").value
    for part in path.split("/")[1:]:
        if part == "..":
            if not kept:
                return path, 400
            kept.pop()
        elif part != "." and (part or (merge and merge[0].value.lower() == "off")):
            kept.append(part)
    ends = path.endswith(("/", "/.", "/..")) and bool(kept)
    return "/" + "/".join(kept) + ("/" if ends else ""), 0


def respond(server: Server, connection: Connection, request: Request, world: World | None = None) -> Answer:
    """What a server answers to a client that connects, perhaps makes a handshake, and sends a request."""
    first = server.select(connection.address, connection.port)
    shaken = server.select(connection.address, connection.port, connection.name, sni=True) if request.tls else first
    failed = _unconnected(first, connection, request) or _unshaken(shaken, request)
    if failed is not None:
        return failed
    host = server.select(connection.address, connection.port, request.host)
    refused = refused_name(server, connection.name, shaken, host) if request.tls else None
    if refused is not None:
        status, line, why = refused
        return Answer(status, "protocol", host, line, why=why, steps=(Step(why, line),))
    answer = answered(host, request, world)
    return replace(answer, steps=(Step(f"{named(host)} is chosen", host.header), *answer.steps))


def _unconnected(first: VirtualHost, connection: Connection, request: Request) -> Answer | None:
    """What comes of a connection that the server doesn't take, or takes for the other of plain HTTP and TLS."""
    if not any(one.address.port == connection.port for one in first.server.listeners):
        return Answer(None, "connection", first, why="nothing listens on this port")
    speaks_tls = first.engine.value
    if speaks_tls is None:
        return Answer(None, "connection", first, why="whether the address speaks TLS isn't known")
    if speaks_tls is request.tls:
        return None
    if request.tls:
        return Answer(None, "handshake", first, why="the address speaks plain HTTP: the handshake fails")
    return Answer(400, "protocol", first, why="plain HTTP, spoken to a port with TLS")


def _unshaken(shaken: VirtualHost, request: Request) -> Answer | None:
    """What comes of a handshake that wants a certificate from a client without one."""
    verify = shaken.setting("sslverifyclient")
    if not request.tls or request.certificate or not verify.value or verify.value[0].value.lower() != "require":
        return None
    return Answer(None, "handshake", shaken, verify.directive, why="the handshake wants a client certificate")
