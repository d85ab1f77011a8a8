"""Addresses of `<VirtualHost>` and Listen, and the table in which httpd looks a connection up.

Sources: `get_addresses`, `ap_fini_vhost_config` and `ap_update_vhost_given_ip` in httpd's
server/vhost.c; `ap_set_listener` in server/listen.c.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..configuration.model import Directive

if TYPE_CHECKING:
    from .host import VirtualHost

ANY = "*"
"""The host part that stands for every address."""
ANY_PORT = 0

_BRACKETED = re.compile(r"\[([^\]]*)\](?::(\d+|\*))?$")
_PLAIN = re.compile(r"([^:]*)(?::(\d+|\*))?$")


class Address(NamedTuple):
    """Where a host answers: an IP address, a name that only its resolver knows, or ANY; port 0 is any port."""

    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Whether nobody outside the machine reaches it."""
        return is_loopback(self.host)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port or '*'}"


def is_loopback(host: str) -> bool:
    """Whether an address, range or name means the machine itself."""
    return host.startswith("127.") or host in ("127", "::1", "::1/128", "localhost", "ip6-localhost", "ip6-loopback")


def parse_address(text: str, default_port: int = ANY_PORT) -> Address | None:
    """An address of `<VirtualHost>`; None when the server refuses it.

    A bare `*` means any port; what else stands without port takes `default_port`, the port that
    the main server's ServerName has so far.
    """
    match = _BRACKETED.match(text) or _PLAIN.match(text)
    host, port = (match.group(1), match.group(2)) if match else (text, None)
    if not host or (match is None and not re.fullmatch(r"[0-9A-Fa-f:.%]+", text)):
        return None
    if text == ANY or port == "*":
        number = ANY_PORT
    elif port is None:
        number = default_port
    else:
        number = int(port)
    return Address(_host(host), number)


def _host(text: str) -> str:
    if text in (ANY, "0.0.0.0", "::") or text.lower() == "_default_":
        return ANY
    if ":" in text:
        from ipaddress import AddressValueError, IPv6Address

        try:
            return str(IPv6Address(text.partition("%")[0]))
        except AddressValueError:
            return text.lower()
    return "127.0.0.1" if text.lower() == "localhost" else text.lower()


class Listener(NamedTuple):
    """A socket that the server opens; `protocol` is what Listen says or its port implies."""

    address: Address
    protocol: str
    directive: Directive | None


def parse_listener(directive: Directive) -> Listener | None:
    """What a Listen directive opens; None when the server refuses it."""
    values = directive.values
    if not values:
        return None
    text = values[0]
    host, _, port = text.rpartition(":")
    if not port.isdigit():
        return None
    address = Address(_host(host.strip("[]") or ANY), int(port))
    protocol = values[1].lower() if len(values) > 1 else ("https" if address.port == 443 else "http")
    return Listener(address, protocol, directive)


class AddressTable:
    """The sets of hosts that share an address and port, each in file order.

    Up to 2.2 only a NameVirtualHost of the same address makes a set name-based; without it the
    first host takes every connection and the others are never met.
    """

    def __init__(self, automatic: bool, name_based: frozenset[Address]) -> None:
        self.sets: dict[Address, list[VirtualHost]] = {}
        self._automatic = automatic
        self._name_based = name_based

    def add(self, host: VirtualHost) -> None:
        """Put a host into the sets of its addresses."""
        for address in host.addresses:
            self.sets.setdefault(address, []).append(host)

    def is_met(self, host: VirtualHost, address: Address) -> bool:
        """Whether a connection to a set's address can end at a host of it."""
        return self._automatic or address in self._name_based or self.default(address) is host

    def default(self, address: Address) -> VirtualHost:
        """The first host of a set, which decides before any name is known."""
        return self.sets[address][0]

    def find(self, host: str, port: int) -> Address | None:
        """The set that takes connections to an address: exact before `*`, exact port before any port."""
        for candidate in (Address(host, port), Address(host, ANY_PORT), Address(ANY, port), Address(ANY, ANY_PORT)):
            if candidate in self.sets:
                return candidate
        return None

    def specific(self, port: int) -> list[Address]:
        """The sets of single addresses that take connections to a port."""
        return [address for address in self.sets if address.host != ANY and address.port in (port, ANY_PORT)]


class Socket(NamedTuple):
    """One address and port at which a host is met; `default` decides before any name is known."""

    address: Address
    default: VirtualHost
    listener: Listener | None
