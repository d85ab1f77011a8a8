"""The table of virtual hosts for programs.

`vhosts_data` gives one server: `addresses` are the sets in the order of `httpd -S`, and name their
hosts by numbers that count in `hosts`; host 0 is the main server. Places have `file`, `line` and
`column` of the start tag, `via` with the Include and Use lines that led there, and `httpd` with file
and line as `httpd -S` words them. A port is null where any port is meant. `tls` is null where that
depends on the server around a fragment; `offers` holds one offer for each host that decides versions
at some address of the host, and is empty for hosts without TLS.
"""

from __future__ import annotations

from ..configuration.dump import place
from ..server import Listener, Server, Socket, VirtualHost
from ..server.addresses import Address
from ..server.names import is_pattern
from ..server.table import AddressSet, Member
from ..server.unmet import Miss, is_unreachable, misses
from ..tls import offers
from .offers import offer_data
from .places import Data, Name, directive_data, place_data, setting_data

VERSION = 1
"""The format's version. Fields may be added within a version; none changes its meaning or goes."""


def vhosts_data(server: Server, main: str, name: Name) -> dict[str, Data]:
    """One server in full. `main` is its main file as it is shown, `name` turns the server's paths into such."""
    target = server.target
    numbers = {host: number for number, host in enumerate(server.hosts)}
    return {
        "main": main,
        "role": server.configuration.role,
        "complete": server.is_complete,
        "target": {"preset": target.preset, "httpd": str(target.httpd), "openssl": target.openssl},
        "addresses": [_set(one, numbers) for one in server.table.sets],
        "hosts": [_host(host, numbers, name) for host in server.hosts],
        "listeners": [_listener(one, name) for one in server.listeners],
        "problems": [
            {
                "kind": one.kind,
                "message": one.message,
                "file": name(one.source.path),
                "line": one.source.line(one.span.start),
            }
            for one in server.problems
        ],
    }


def _address(address: Address) -> dict[str, Data]:
    return {"address": str(address), "host": address.host, "port": address.port or None}


def _set(one: AddressSet, numbers: dict[VirtualHost, int]) -> Data:
    return {
        **_address(one.address),
        "wildcard": one.is_wildcard,
        "resolved": one.address.is_numeric,
        "by_name": one.is_named,
        "default": numbers[one.default],
        "members": [_member(member, numbers) for member in one.members],
    }


def _member(member: Member, numbers: dict[VirtualHost, int]) -> Data:
    return {"host": numbers[member.host], "port": member.place.address.port or None, "written": member.place.written}


def _host(host: VirtualHost, numbers: dict[VirtualHost, int], name: Name) -> Data:
    return {
        "number": numbers[host],
        "title": host.title,
        "name": host.name or None,
        "effective_name": host.effective_name or None,
        "aliases": [one for one in host.aliases if not is_pattern(one)],
        "wild_aliases": [one for one in host.aliases if is_pattern(one)],
        "addresses": [{**_address(one.address), "written": one.written} for one in host.places],
        "place": _place(host, name),
        "sockets": [_socket(one, numbers, name) for one in host.sockets],
        "tls": host.is_tls,
        "engine": setting_data(host.engine, name),
        "offers": [offer_data(one, name) for one in offers(host)] if host.is_tls else [],
        "selectable": not is_unreachable(host),
        "never_at": [_miss(one, numbers) for one in misses(host)],
    }


def _place(host: VirtualHost, name: Name) -> Data:
    if host.header is None:
        return {"file": name(host.source.path), "line": 1, "column": 1, "via": [], "conditions": [], "httpd": None}
    file, line = place(host.header, name)
    return {**place_data(host.header, name), "httpd": {"file": file, "line": line}}


def _socket(one: Socket, numbers: dict[VirtualHost, int], name: Name) -> Data:
    return {
        **_address(one.address),
        "default": numbers[one.default],
        "tls": one.default.engine.value,
        "listener": _listener(one.listener, name) if one.listener is not None else None,
    }


def _listener(one: Listener, name: Name) -> Data:
    where = directive_data(one.directive, name) if one.directive is not None else None
    return {**_address(one.address), "protocol": one.protocol, "directive": where}


def _miss(one: Miss, numbers: dict[VirtualHost, int]) -> Data:
    return {**_address(one.address), "kind": one.kind, "why": one.why, "by": [numbers[host] for host in one.by]}
