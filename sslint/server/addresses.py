"""Addresses as `<VirtualHost>`, NameVirtualHost and Listen write them.

Sources: `get_addresses` in httpd's server/vhost.c, `apr_parse_addr_port` and `getaddrinfo` behind
it; `ap_set_listener` in server/listen.c.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from ..configuration.model import Directive

if TYPE_CHECKING:
    from .host import VirtualHost

ANY = "*"
"""The host part that stands for every address."""
ANY_PORT = 0

_LOCAL = "127.0.0.1"
_QUAD = re.compile(r"(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})")
_DIGITS = re.compile(r"[0-9]{1,10}")
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*")
_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.])?")


class Address(NamedTuple):
    """Where a host answers: an IP address, a name that only its resolver knows, or ANY; port 0 is any port."""

    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Whether nobody outside the machine reaches it."""
        return is_loopback(self.host)

    @property
    def is_numeric(self) -> bool:
        """Whether the host part is an IP address or ANY, so that nothing has to be looked up."""
        return self.host == ANY or bool(_ipv6(self.host) if ":" in self.host else _QUAD.fullmatch(self.host))

    @property
    def has_variable(self) -> bool:
        """Whether it holds a variable that is not defined here, but may be where the server starts."""
        return "${" in self.host

    @property
    def may_resolve(self) -> bool:
        """Whether the host part is a name that a resolver may know: others, such as a subnet, are ignored (AH00547)."""
        return not self.is_numeric and (self.has_variable or bool(_NAME.fullmatch(self.host)))

    @property
    def is_ignored(self) -> bool:
        """Whether the server passes it over (AH00547): no address, and nothing that a resolver may know."""
        return not self.is_numeric and not self.may_resolve

    def __str__(self) -> str:
        if self.has_variable and not self.port:
            return self.host
        host = f"[{self.host}]" if ":" in self.host and self.is_numeric else self.host
        return f"{host}:{self.port or '*'}"


class Place(NamedTuple):
    """One address of a start tag. `written` is the host part as it stands there: a request may use it as a name."""

    address: Address
    written: str


def is_loopback(host: str) -> bool:
    """Whether an address, range or name means the machine itself."""
    return host.startswith("127.") or host in ("127", "::1", "::1/128", "localhost", "ip6-localhost", "ip6-loopback")


def parse_address(text: str, default_port: int = ANY_PORT) -> Address | None:
    """An address of `<VirtualHost>`; None when the server refuses it. See `parse_place`."""
    place = parse_place(text, default_port)
    return place.address if place is not None else None


def parse_place(text: str, default_port: int = ANY_PORT, bare_is_any: bool = True) -> Place | None:
    """An address of `<VirtualHost>`; None when the server refuses it.

    `*` and `:*` mean any port; what else stands without port takes `default_port`, the port that
    the main server has so far. `bare_is_any` is False for 1.3, where a bare `*` takes it too.
    """
    if text == ANY:
        return Place(Address(ANY, ANY_PORT if bare_is_any else default_port), text)
    wild = text.endswith(":*")
    split = _split(text[:-2] if wild else text)
    if split is None:
        return None
    host, port = split
    return Place(Address(_host(host), port or (ANY_PORT if wild else default_port)), host)


def _split(text: str) -> tuple[str, int] | None:
    """Host and port, 0 where there is none: `apr_parse_addr_port`, which takes all digits at the end for a port."""
    host, port = text, 0
    digits = text[len(text.rstrip("0123456789")) :]
    if digits and text[: -len(digits)].endswith(":"):
        host, port = text[: -len(digits) - 1], int(digits[-6:]) if len(digits.lstrip("0")) < 6 else 0
        if not 1 <= port <= 65535:
            return None
    if not host or len(digits) == len(text):
        return None
    if host.startswith("["):
        if not host.endswith("]") or not _ipv6(host[1:-1]):
            return None
        host = host[1:-1]
    return host, port


@functools.lru_cache(maxsize=4096)
def _host(text: str) -> str:
    """The host part in one spelling: IPv4 in four numbers, IPv6 compressed, names in lower case."""
    if "${" in text:
        return text
    lower = text.lower()
    if lower in (ANY, "0.0.0.0", "::", "_default_"):
        return ANY
    found = _ipv6(lower) if ":" in lower else _ipv4(lower)
    if found in ("0.0.0.0", "::"):
        return ANY
    return found or (_LOCAL if lower == "localhost" else lower)


def _ipv4(text: str) -> str:
    """An IPv4 address as `inet_aton` reads it: decimal, octal or hexadecimal, the last number filling the rest."""
    if not text[:1].isdigit():
        return ""
    parts = text.split(".")
    if len(text) > 60 or len(parts) > 4 or not all(map(_NUMBER.fullmatch, parts)):
        return ""
    numbers = [int(part, 16 if part[1:2] in "xX" and len(part) > 1 else 8 if part[0] == "0" else 10) for part in parts]
    *first, last = numbers
    room = 4 - len(first)
    if any(number > 255 for number in first) or last >= 256**room:
        return ""
    return ".".join(map(str, bytes(first) + last.to_bytes(room, "big")))


@functools.lru_cache(maxsize=4096)
def _ipv6(text: str) -> str:
    """An IPv6 address in its short form, the zone kept; one that stands for an IPv4 address becomes that."""
    from ipaddress import AddressValueError, IPv4Address, IPv6Address

    digits, percent, zone = text.partition("%")
    try:
        address = IPv6Address(digits)
    except AddressValueError:
        return ""
    if percent and not zone:
        return ""
    mapped = address.ipv4_mapped
    if mapped is not None:
        return str(mapped) if int(mapped) else "::ffff:0:0"  # the server takes it for no wildcard
    if 1 << 16 <= int(address) < 1 << 32:  # as inet_ntop writes it
        return f"::{IPv4Address(int(address))}{percent}{zone}"
    return f"{address}{percent}{zone}"


def digits_of(text: str) -> int | None:
    """The number that ASCII digits say, if there are few enough for a port; None for anything else."""
    return int(text) if _DIGITS.fullmatch(text) else None


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
    number = digits_of(port)
    if number is None:
        return None
    address = Address(_host(host.strip("[]") or ANY), number)
    protocol = values[1].lower() if len(values) > 1 else ("https" if address.port == 443 else "http")
    return Listener(address, protocol, directive)


class Socket(NamedTuple):
    """One address and port at which a host is met; `default` decides before any name is known."""

    address: Address
    default: VirtualHost
    listener: Listener | None
