"""The server that a configuration makes: main server, virtual hosts, listeners."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ..configuration import Configuration
from ..configuration.model import Directive, Section
from ..configuration.problem import INCOMPLETE, Problem
from ..files import Status
from ..knowledge.targets import Target
from ..lazily import lazy
from ..text import Source
from .addresses import ANY, ANY_PORT, Address, Listener, Place, Socket, digits_of, parse_listener, parse_place
from .host import VirtualHost
from .material import Material
from .setting import Default, Unknown, usable
from .table import AddressTable

if TYPE_CHECKING:
    from datetime import datetime


class Server:
    """Main server and virtual hosts, as httpd builds them from a configuration.

    `hosts` are all hosts, the main server first, then in file order. `problems` are what reading
    found, and what the caller adds. `material` reads the certificates and keys that directives name.
    """

    def __init__(
        self, configuration: Configuration, problems: Iterable[Problem] = (), material: Material | None = None
    ) -> None:
        self.configuration = configuration
        self.material = material or Material()
        self.problems: list[Problem] = [*configuration.problems, *problems]
        self.main = VirtualHost(self, None)
        self.hosts: list[VirtualHost] = [self.main]
        self.named: list[Place] = []
        """What NameVirtualHost declares."""
        self.memory: dict[object, object] = {}
        """What rooms above work out once for hosts with equal lines, by keys of theirs."""

    @lazy
    def target(self) -> Target:
        """What the configuration is read for."""
        return self.configuration.target

    @lazy
    def unset(self) -> Default | Unknown:
        """The origin of what nobody sets: httpd's default, or the unknown server around a fragment."""
        if self.is_fragment:
            return Unknown("the server that includes this file is not known")
        return Default(f"httpd {self.target.httpd}")

    @property
    def is_fragment(self) -> bool:
        """Whether the server around the text is unknown."""
        return self.configuration.role != "main"

    @lazy
    def is_complete(self) -> bool:
        """Whether everything that the server reads was read."""
        if self.is_fragment or self.configuration.read_errors:
            return False
        return not any(problem.kind in INCOMPLETE for problem in self.configuration.problems)

    def has_module(self, identifier: str) -> bool | None:
        """Whether a module is loaded; None where that can't be known."""
        known = self.configuration.modules_certain and self.is_complete
        return identifier in self.configuration.loaded if known else None

    @property
    def main_source(self) -> Source:
        """The main file."""
        found = self.configuration.sources.get(self.configuration.main)
        return found if found is not None else Source(self.configuration.main, "")

    @lazy
    def keys(self) -> frozenset[str]:
        """The directives and sections that it reads, by key: what is not among them needs no look at hosts."""
        keys: set[str] = set()
        waiting = [self.configuration.children]
        while waiting:
            for item in waiting.pop():
                keys.add(item.key)
                if type(item) is Section:
                    waiting.append(item.children)
        return frozenset(keys)

    def main_winner(self, key: str, kind: str | None) -> Directive | None:
        """The main server's `winner`, for the many hosts that inherit it."""
        if key not in self.main.own:
            return None
        place = ("winner", key, kind)
        if place not in self.memory:
            self.memory[place] = self.main.winner(key, kind)
        found = self.memory[place]
        assert found is None or isinstance(found, Directive)
        return found

    @lazy
    def listeners(self) -> tuple[Listener, ...]:
        """The sockets that Listen (in 1.3 also Port) opens; empty when nothing says so."""
        found = [parse_listener(one) for one in usable(self.main.own.get("listen", ()))]
        listeners = [listener for listener in found if listener is not None]
        if not listeners and self.target.httpd.branch == "1.3" and not self.is_fragment:
            ports = [one for one in usable(self.main.own.get("port", ())) if one.values and digits_of(one.values[0])]
            number = digits_of(ports[-1].values[0]) or 0 if ports else 80
            listeners = [Listener(Address(ANY, number), "http", ports[-1] if ports else None)]
        return tuple(listeners)

    @lazy
    def table(self) -> AddressTable:
        """The sets of hosts by address."""
        return AddressTable(not self.target.httpd.is_old, self.named, self.hosts[1:])

    def select(self, address: str, port: int, name: str = "", sni: bool = False) -> VirtualHost:
        """The host that answers a request.

        `address` and `port` are those of the server's end of the connection, `name` is the request's
        Host without port, or the name of a handshake where `sni` is True: which leads to no host by
        the address of its start tag.
        """
        found = self.table.find(address, port)
        if found is None:
            return self.main
        asked = name.lower().removesuffix(".")
        return found.choose(asked, port, sni, older=self.target.httpd.is_old)

    def sockets_of(self, host: VirtualHost) -> tuple[Socket, ...]:
        """Where a host is met; see `VirtualHost.sockets`."""
        if host.is_main:
            return self._main_sockets
        return tuple(self._host_sockets(host))

    @lazy
    def _main_sockets(self) -> tuple[Socket, ...]:
        """The main server takes what no set takes: any address left over on a port that is listened to.

        Without Listen or hosts it takes whatever the Listen that is missing would bring.
        """
        if not self.listeners and len(self.hosts) == 1 and not self.is_fragment:
            return (Socket(Address(ANY, ANY_PORT), self.main, None),)
        return tuple(
            Socket(listener.address, self.main, listener)
            for listener in self.listeners
            if self.table.find(listener.address.host, listener.address.port) is None
        )

    def _host_sockets(self, host: VirtualHost) -> Iterable[Socket]:
        for address in host.addresses:
            if address.is_ignored:
                continue
            listeners = self._listeners_at(address)
            for listener, where in zip(listeners, self.reached_by_listen(address), strict=True):
                found = self.table.find(where.host, where.port)
                if found is not None and found is self.table.set_of(host, address):
                    yield Socket(where, found.default, listener)
            if not listeners and not (self.listeners and self.is_complete):
                found = self.table.set_of(host, address)
                if found is not None:
                    yield Socket(address, found.default, None)

    def reached_by_listen(self, address: Address) -> list[Address]:
        """The addresses and ports of an address that listeners open; a listener for all addresses opens each one."""
        any_host = address.host == ANY
        return [
            one.address if any_host else Address(address.host, one.address.port) for one in self._listeners_at(address)
        ]

    def _listeners_at(self, address: Address) -> list[Listener]:
        return [
            listener
            for listener in self.listeners
            if address.port in (0, listener.address.port)
            and (ANY in (address.host, listener.address.host) or address.host == listener.address.host)
        ]

    @lazy
    def tls_hosts(self) -> tuple[VirtualHost, ...]:
        """The hosts that clients meet by TLS."""
        return tuple(one for one in self.hosts if one.is_tls and (not one.is_main or one.tls_sockets))

    @lazy
    def possible_tls_hosts(self) -> tuple[VirtualHost, ...]:
        """The hosts that speak TLS, or of which a fragment does not tell whether they do."""
        return tuple(
            one for one in self.hosts if one.is_tls or (one.is_tls is None and (not one.is_main or self.is_fragment))
        )

    @lazy
    def has_tls(self) -> bool:
        """Whether any host speaks TLS."""
        return any(host.is_tls for host in self.hosts)


def build(
    configuration: Configuration,
    problems: Iterable[Problem] = (),
    read: Callable[[str], bytes] | None = None,
    *,
    status: Callable[[str], Status | None] | None = None,
    real: Callable[[str], str] | None = None,
    now: datetime | None = None,
    demanded: bool = False,
) -> Server:
    """Build the server in one pass; what is asked of its hosts is worked out later.

    Hosts under a condition that a reader must take for false are left out. `read` reads a file that a
    directive names, by the server's path, and raises ReadError; the others are those of `Material`.
    """
    server = Server(configuration, problems, Material(read, status, real, now, demanded))
    port = 80 if server.target.httpd.branch == "1.3" else 0  # DEFAULT_HTTP_PORT
    own = server.main.own
    for item in configuration.children:
        if type(item) is not Section:
            own.setdefault(item.key, []).append(item)
            if item.key in ("servername", "namevirtualhost", "port"):
                port = _note(server, item, port)
        elif item.key == "virtualhost":
            if item.condition is None or item.condition.likely:
                server.hosts.append(_host(server, item, port))
        else:
            server.main.sections.append(item)
    return server


def _note(server: Server, item: Directive, port: int) -> int:
    """Keep what NameVirtualHost declares; returns the port that the main server has from here on."""
    branch = server.target.httpd.branch
    if item.key == "servername":
        return _port_of(item.text) or port
    if item.key == "port":
        return (_port_of(item.text) or port) if branch == "1.3" else port
    places = (parse_place(word, port, branch != "1.3") for word in item.values[:1] if usable([item]))
    unheeded = ("_default_", "255.255.255.255")  # they stand in the hash table, where no wildcard host is looked for
    server.named += [place for place in places if place is not None and place.written.lower() not in unheeded]
    return port


def _host(server: Server, header: Section, port: int) -> VirtualHost:
    bare_is_any = server.target.httpd.branch != "1.3"
    places = (parse_place(word.value, port, bare_is_any) for word in header.words)
    host = VirtualHost(server, header, tuple(one for one in places if one is not None))
    own, sections = host.own, host.sections
    for item in header.children:
        if type(item) is Section:
            sections.append(item)
        else:
            own.setdefault(item.key, []).append(item)
    return host


def _port_of(text: str) -> int:
    return digits_of(text.strip().strip("\"'").rpartition(":")[2]) or 0
