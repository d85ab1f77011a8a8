"""Which hosts a line speaks for, and which host serves the same name by TLS."""

from __future__ import annotations

from sslint.api import Directive, Section, Server, VirtualHost, kept


def host_of(directive: Directive, server: Server) -> VirtualHost | None:
    """The host that a line stands in, the main server where it stands in no virtual host; None for a host unread."""
    around = next((one for one in directive.enclosing if one.key == "virtualhost"), None)
    return server.main if around is None else _by_header(server).get(around)


@kept
def _by_header(server: Server) -> dict[Section, VirtualHost]:
    return {host.header: host for host in server.hosts if host.header is not None}


def twin(host: VirtualHost, name: str = "") -> VirtualHost | None:
    """The host that answers by TLS at the usual port to a host's name, or to another of its names."""
    name = name or host.name
    return _tls_names(host.server).get(name.lower()) if name else None


@kept
def _tls_names(server: Server) -> dict[str, VirtualHost]:
    found: dict[str, VirtualHost] = {}
    for host in server.hosts:
        if host.is_tls and any(socket.address.port == 443 for socket in host.tls_sockets):
            for name in host.names:
                found.setdefault(name, host)
    return found


@kept
def plain_by_name(server: Server) -> dict[str, VirtualHost]:
    """The first host of each name, patterns for names left out, that is met by plain HTTP."""
    found: dict[str, VirtualHost] = {}
    for host in server.hosts:
        for name in host.names if host.plain_sockets else ():
            if "*" not in name and "?" not in name:
                found.setdefault(name, host)
    return found


def hosts_met(directive: Directive, server: Server) -> list[VirtualHost]:
    """The hosts whose requests a line has a say in: its own, or for the main server's lines all."""
    host = host_of(directive, server)
    return [] if host is None else server.hosts if host.is_main else [host]
