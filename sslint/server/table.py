"""The table in which httpd looks a connection up: sets of hosts that share an address and port.

Source: `ap_fini_vhost_config`, `ap_update_vhost_given_ip` and `check_hostalias` in httpd's server/vhost.c.
The server keeps sets of single addresses in a hash table of 256 buckets and wildcard sets in a list. It
walks the hosts from the last to the first and puts each new set in front of its bucket; `httpd -S`
prints the buckets in turn, then the wildcard list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .addresses import ANY, ANY_PORT, Address, Place

if TYPE_CHECKING:
    from .host import VirtualHost

_WILDCARDS = 256
_UNRESOLVED = 257


class Member(NamedTuple):
    """One host's entry in a set. A host that writes an address twice is in its set twice."""

    host: VirtualHost
    place: Place

    def takes(self, port: int) -> bool:
        """Whether the entry counts for connections to a port (only up to 2.2 can ports differ within a set)."""
        return self.place.address.port in (ANY_PORT, port)


class AddressSet:
    """Hosts that share an address and port.

    `place` is the address as the line says that made the set: the last host's, or up to 2.2 the
    NameVirtualHost's. `is_named` is True where the server tells the members apart by name, else it
    knows `default` alone.
    """

    __slots__ = ("_hosts", "_reversed", "declared", "place")

    def __init__(self, place: Place, declared: bool) -> None:
        self.place = place
        self.declared = declared
        """Whether a NameVirtualHost of 2.2 or older made it."""
        self._reversed: list[Member] = []
        self._hosts: set[VirtualHost] = set()

    def add(self, member: Member) -> None:
        """Put a host in front of the others."""
        self._reversed.append(member)
        self._hosts.add(member.host)

    def replace(self, member: Member) -> None:
        """Let a host take the place of the only one."""
        self._reversed.clear()
        self._hosts.clear()
        self.place = member.place
        self.add(member)

    @property
    def address(self) -> Address:
        """Address and port of the set."""
        return self.place.address

    @property
    def members(self) -> Sequence[Member]:
        """The entries in the order in which the server compares names."""
        return self._reversed[::-1]

    @property
    def hosts(self) -> list[VirtualHost]:
        """The hosts, each once, in file order."""
        return list(dict.fromkeys(member.host for member in self.members))

    @property
    def default(self) -> VirtualHost:
        """The first host, which decides before any name is known and takes what no name matches."""
        return self._reversed[-1].host

    @property
    def is_empty(self) -> bool:
        """Whether it is a NameVirtualHost without hosts."""
        return not self._reversed

    @property
    def is_named(self) -> bool:
        """Whether the server looks at names."""
        return self.declared or len(self._reversed) > 1

    @property
    def is_wildcard(self) -> bool:
        """Whether it takes connections to every address that no other set takes."""
        return self.address.host == ANY

    def holds(self, host: VirtualHost) -> bool:
        """Whether a host is one of the members."""
        return host in self._hosts

    def choose(self, name: str, port: int, sni: bool = False, older: bool = False) -> VirtualHost:
        """The host that a name leads to (lower case, no port): by its names, by `<VirtualHost name>`, else the default.

        `older` is True for 2.2 and older, which look at `<VirtualHost name>` together with the names;
        `sni` for the name of a handshake, for which it does not count.
        """
        if not self.is_named or not name:
            return self.default
        written = None
        for member in self.members:
            if not member.takes(port):
                continue
            is_written = not sni and member.place.written.lower() == name
            if member.host.answers_to(name) or (older and is_written):
                return member.host
            if is_written and written is None:
                written = member.host
        return written or self.default


class AddressTable:
    """All sets of a server. `automatic` is True from 2.4 on, where sets of several hosts are name-based by themselves.

    Older servers want a NameVirtualHost (`named`); without it the first host takes every connection.
    They look no further than the first set whose port fits, so that order decides where any-port
    sets and others overlap.
    """

    def __init__(self, automatic: bool, named: Iterable[Place], hosts: Sequence[VirtualHost]) -> None:
        self._automatic = automatic
        self._exact: dict[Address, AddressSet] = {}
        self._at: dict[str, list[AddressSet]] = {}
        self._order: list[tuple[int, int, int, AddressSet]] = []
        self.overlaps: list[tuple[Member, AddressSet]] = []
        """Up to 2.2: the later hosts of sets that are not name-based, each with its set."""
        if not automatic:
            for place in named:
                self._insert(AddressSet(place, declared=True))
        for host in reversed(hosts):
            previous = None
            for place in host.places:
                if not (automatic and place.address.host == ANY and previous == place.address):
                    self._add(Member(host, place))
                previous = place.address

    @property
    def sets(self) -> Iterator[AddressSet]:
        """The sets in the order of `httpd -S`; those whose name only a resolver knows come last."""
        for _, _, _, one in sorted(self._order, key=lambda entry: entry[:3]):
            if not one.is_empty:
                yield one

    def _insert(self, one: AddressSet) -> None:
        """Put a set where the server does: what NameVirtualHost declares behind, all else in front of its bucket."""
        address, number = one.address, len(self._order)
        bucket = bucket_of(address)
        behind = one.declared and bucket != _WILDCARDS
        self._order.append((bucket, 0 if behind else 1, number if behind else -number, one))
        chain = self._at.setdefault(address.host, [])
        chain.insert(sum(other.declared for other in chain) if not one.is_wildcard else 0, one)
        self._exact.setdefault(address, one)

    def _add(self, member: Member) -> None:
        address = member.place.address
        found = self._exact.get(address) if self._automatic else self._first(address)
        if found is None:
            found = AddressSet(member.place, declared=False)
            self._insert(found)
            found.add(member)
        elif self._automatic or found.declared:
            found.add(member)
        else:
            self._overlap(member, found)

    def _overlap(self, member: Member, found: AddressSet) -> None:
        """Up to 2.2: an earlier host takes the address from a later one."""
        if found.is_wildcard:
            alone = AddressSet(member.place, declared=False)
            alone.add(member)
            self._insert(alone)
        else:
            self.overlaps += [(one, found) for one in found.members]
            found.replace(member)

    def _first(self, address: Address, met: bool = False) -> AddressSet | None:
        """The first set whose port fits: up to 2.2 `find_ipaddr` takes port 0 on either side for a match.

        With `met`, only sets that a connection can meet: not those of NameVirtualHosts without hosts.
        """
        for one in self._at.get(address.host, ()):
            loose = address.port == ANY_PORT and not one.is_wildcard
            if (loose or one.address.port in (ANY_PORT, address.port)) and not (met and one.is_empty):
                return one
        return None

    def find(self, host: str, port: int) -> AddressSet | None:
        """The set that takes connections to an address: single ones before `*`; from 2.4 on, exact ports before any."""
        for place in dict.fromkeys((host, ANY)):
            found = self._among(place, port)
            if found is not None:
                return found
        return None

    def _among(self, host: str, port: int) -> AddressSet | None:
        if not self._automatic:
            return self._first(Address(host, port), met=True)
        return self._exact.get(Address(host, port)) or self._exact.get(Address(host, ANY_PORT))

    def set_of(self, host: VirtualHost, address: Address) -> AddressSet | None:
        """The set of an address of a host, wherever connections to it go."""
        found = self._exact.get(address) if self._automatic else self._first(address)
        return found if found is not None and found.holds(host) else None


def bucket_of(address: Address) -> int:
    """Which of the 256 buckets holds an address, by the last four bytes of it: `hash_addr`; more for all others."""
    host = address.host
    if host == ANY:
        return _WILDCARDS
    if not address.is_numeric:
        return _UNRESOLVED
    if ":" in host:
        from ipaddress import IPv6Address

        last = IPv6Address(host.partition("%")[0]).packed[-4:]
    else:
        last = bytes(map(int, host.split(".")))
    return last[0] ^ last[1] ^ last[2] ^ last[3]
