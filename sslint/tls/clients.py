"""Clients that are known by their ClientHello, and what each gets from a host.

`grammar/clients.txt` holds what the clients say; `handshake` works out how they and a server agree.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from .. import data
from ..server import VirtualHost
from .offer import TlsOffer, offer
from .protocols import Protocol

if TYPE_CHECKING:
    from ..openssl import Suite

Step = Literal[
    "", "hello", "protocol", "suite", "group", "certificate", "signature", "dh size", "dh parameters", "key size"
]


class Client(NamedTuple):
    """A client by what its ClientHello says; lists are in its order.

    `ciphers` and `signature_algorithms` are IANA's numbers as four hexadecimal digits, `groups` and
    `key_shares` have OpenSSL's shortest names. `is_current` tells that its source counts it among those to
    care for. `names_host` is whether it sends server_name (RFC 6066). `limits` are `max_dh_bits` and the
    like, which it enforces after the server chose. `begins_with_sslv2` tells of a hello in SSLv2's form.
    """

    name: str
    source: str
    is_current: bool
    names_host: bool
    lowest: Protocol
    highest: Protocol
    ciphers: tuple[str, ...]
    groups: tuple[str, ...]
    key_shares: tuple[str, ...]
    signature_algorithms: tuple[str, ...]
    limits: Mapping[str, int]
    begins_with_sslv2: bool
    requires_sha2: bool


class Outcome(NamedTuple):
    """How a handshake ends. `host` is the one that the client meets: without SNI the default of the address.

    `step` is empty where it connects; else it names what fails, and `reason` says why. What was settled
    before that step is filled in.
    """

    client: Client
    host: VirtualHost
    protocol: Protocol | None = None
    suite: Suite | None = None
    group: str = ""
    step: Step = ""
    reason: str = ""

    @property
    def connects(self) -> bool:
        """Whether the client gets a connection."""
        return not self.step

    @property
    def forward_secret(self) -> bool:
        """Whether what is recorded today stays secret when the server's key gets known."""
        return self.connects and self.suite is not None and self.suite.forward_secret


@functools.cache
def clients() -> tuple[Client, ...]:
    """All clients that are known, in the order of their source: by family and age."""
    rows = [row.split("\t") for row in data.read("clients.txt").split("\n") if row and not row.startswith("#")]
    sources = {row[1]: row[2] for row in rows if row[0] == "source"}
    return tuple(_client(row, sources) for row in rows if row[0] != "source")


def _client(row: list[str], sources: Mapping[str, str]) -> Client:
    from ..openssl.lists import SAME_GROUP
    from .protocols import BY_WORD

    name, source, current, sni, lowest, highest, *lists = row
    ciphers, groups, shares, algorithms, _alpn, _flags, limits, _services = (
        () if text == "-" else tuple(text.split(" ")) for text in lists
    )
    sizes = dict(limit.split("=") for limit in limits if "_bits=" in limit)
    return Client(
        name,
        sources[source],
        current == "yes",
        sni == "sni",
        BY_WORD[lowest.lower()],
        BY_WORD[highest.lower()],
        ciphers,
        tuple(SAME_GROUP.get(group, group) for group in groups),
        tuple(SAME_GROUP.get(group, group) for group in shares),
        algorithms,
        {key: int(bits) for key, bits in sizes.items()},
        any(limit.startswith("sslv2=") for limit in limits),
        "sha2" in limits,
    )


def simulate(client: Client, target: TlsOffer) -> Outcome:
    """What a client gets that asks for a host by its name, if it can."""
    if not client.names_host and target.default is not target.host:
        target = offer(target.default, target.default)
    from .handshake import Handshake

    return Handshake(client, target).outcome()
