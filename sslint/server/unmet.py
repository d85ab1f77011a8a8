"""Which hosts no request can select, and why.

Connections go to the set of hosts of their address and port; within it names decide, the first match
first (`ap_update_vhost_given_ip`, `check_hostalias` in httpd's server/vhost.c).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .addresses import ANY, Address
from .host import VirtualHost, listing
from .memory import kept
from .names import fits, is_pattern
from .server import Server
from .table import AddressSet


class Miss(NamedTuple):
    """Why connections to an address of a host never end at it.

    `kind` is `unresolvable`, `no-listener`, `hidden`, `not-named` or `name-taken`; `why` completes
    "never reached there: "; `by` are the hosts that get the requests instead, where there are any.
    """

    address: Address
    kind: str
    why: str
    by: tuple[VirtualHost, ...] = ()


@kept
def misses(host: VirtualHost) -> tuple[Miss, ...]:
    """The addresses of a host at which nobody can meet it; empty for the main server."""
    return tuple(_misses(host))


def is_unreachable(host: VirtualHost) -> bool:
    """Whether no request can select a host at any of its addresses."""
    return bool(host.addresses) and len(misses(host)) == len(host.addresses)


@kept
def met_hosts(server: Server) -> tuple[VirtualHost, ...]:
    """The hosts that somebody can meet: those that requests reach, and select."""
    return tuple(host for host in server.hosts if host.sockets and not is_unreachable(host))


def _misses(host: VirtualHost) -> Iterator[Miss]:
    server = host.server
    for address in host.addresses:
        if address.is_ignored:
            yield Miss(address, "unresolvable", f"{address.host} is neither an address nor a name (AH00547)")
            continue
        found = server.table.set_of(host, address)
        if found is None:
            yield _unnamed(server, address)
            continue
        miss = _without_listener(server, host, address)
        if miss is None and found.default is not host:
            takers = _taken(server, found).get(host)
            if takers is not None:
                miss = Miss(address, "name-taken", f"{listing(takers)} answers to its names before", takers)
        if miss is not None:
            yield miss


def _unnamed(server: Server, address: Address) -> Miss:
    """Up to 2.2: an earlier host has the address for itself."""
    found = server.table.find(address.host, address.port)
    by = (found.default,) if found is not None else ()
    told = f"{listing(by)} takes every connection" if by else "an earlier host takes every connection"
    return Miss(address, "not-named", f"without NameVirtualHost {address}, {told}", by)


def _without_listener(server: Server, host: VirtualHost, address: Address) -> Miss | None:
    """What keeps connections from the set of an address."""
    if not server.listeners or not server.is_complete or any(_leads_to(server, host, address)):
        return None
    takers = tuple(dict.fromkeys(_takers(server, address)))
    if takers:
        return Miss(address, "hidden", f"{listing(takers)} takes every address and port that is listened to", takers)
    return Miss(address, "no-listener", f"no Listen opens {_socket(address)}")


def _socket(address: Address) -> str:
    if address.host == ANY:
        return f"port {address.port}" if address.port else "a port"
    return str(address) if address.port else f"a port of {address.host}"


def _leads_to(server: Server, host: VirtualHost, address: Address) -> Iterator[bool]:
    """For each listener whether connections to it can end in the set of an address."""
    aim = server.table.set_of(host, address)
    for where in server.reached_by_listen(address):
        yield server.table.find(where.host, where.port) is aim


def _takers(server: Server, address: Address) -> Iterator[VirtualHost]:
    for where in server.reached_by_listen(address):
        found = server.table.find(where.host, where.port)
        if found is not None:
            yield found.default


def _taken(server: Server, found: AddressSet) -> dict[VirtualHost, tuple[VirtualHost, ...]]:
    """Of a set the hosts all of whose names earlier hosts answer to, with those hosts; worked out once."""
    place = ("taken", id(found))
    if place not in server.memory:
        server.memory[place] = _take_names(found)
    taken = server.memory[place]
    assert isinstance(taken, dict)
    return taken


class _Names:
    """The names that hosts of a set have taken, with the first host of each."""

    def __init__(self) -> None:
        self._exact: dict[str, VirtualHost] = {}
        self._endings: dict[str, VirtualHost] = {}
        self._patterns: list[tuple[str, VirtualHost]] = []

    def take(self, name: str, host: VirtualHost) -> None:
        """Let a host answer to a name from here on, unless another does."""
        self._exact.setdefault(name, host)
        if name.startswith("*") and not is_pattern(name[1:]):  # nearly all patterns, of which there may be thousands
            self._endings.setdefault(name[1:], host)
        elif is_pattern(name):
            self._patterns.append((name, host))

    def owner(self, name: str) -> VirtualHost | None:
        """A host that answers to a name, or to all that a pattern stands for."""
        found = self._exact.get(name)
        if found is not None or name.startswith("<"):
            return found
        endings = (self._endings.get(name[start:]) for start in range(len(name) + 1)) if self._endings else ()
        found = next((host for host in endings if host is not None), None)
        if found is not None:
            return found
        wild = is_pattern(name)
        return next((host for one, host in self._patterns if not (wild and "?" in one) and fits(name, one)), None)


def _take_names(found: AddressSet) -> dict[VirtualHost, tuple[VirtualHost, ...]]:
    taken, written = _Names(), _written(found)
    losers: dict[VirtualHost, list[VirtualHost]] = {}
    for host in found.hosts:
        names = [_own_name(host), *host.names]
        takers = [taken.owner(name) for name in names]
        if all(takers):
            losers[host] = [taker for taker in takers if taker is not None]
        for name in names:
            taken.take(name, host)
    answered: dict[VirtualHost, tuple[VirtualHost, ...]] = {}
    for host, takers_of_names in losers.items():
        others = [written[name] if written[name] is not host else taken.owner(name) for name in _words_of(host, found)]
        if all(others):
            answered[host] = tuple(dict.fromkeys([*takers_of_names, *(one for one in others if one is not None)]))
    return answered


def _written(found: AddressSet) -> dict[str, VirtualHost]:
    """The first host for each address as start tags write it: a request may call it by that, if no name fits."""
    first: dict[str, VirtualHost] = {}
    for member in found.members:
        first.setdefault(member.place.written.lower(), member.host)
    return first


def _words_of(host: VirtualHost, found: AddressSet) -> list[str]:
    """What a request may write in place of a name: nobody would ask for `_default_` or 0.0.0.0."""
    if found.is_wildcard:
        return []
    return sorted({place.written.lower() for place in host.places if place.address == found.address})


def _own_name(host: VirtualHost) -> str:
    """The name that httpd takes; where only its machine knows that, something that equals for equal hosts."""
    if host.effective_name:
        return host.effective_name.lower()
    wildcard = any(address.host == ANY for address in host.addresses)
    return "<main>" if wildcard else f"<name of {host.addresses[0].host}>"
