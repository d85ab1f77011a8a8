"""What a server offers at a port under a name, found out by elimination.

The client offers everything, notes what the server picks, takes that away and asks again until the
server refuses. The picks come in the server's order if that counts, else in the client's. A server may
also refuse because it picks a suite that it then can't sign for: what is left is asked for by kinds,
and the elimination repeated with all that was accepted.
"""

from __future__ import annotations

import functools
import itertools
import random
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from .daemon import OPENSSL
from .hello import GROUPS, VERSIONS, Answer, Hello, ask

_T = TypeVar("_T")
MODERN = "TLSv1.3"
SHARED = ("X25519", "P-256", "X448", "P-384", "P-521", "ffdhe2048", "ffdhe3072", "ffdhe4096", "ffdhe6144", "ffdhe8192")
"""The groups of TLS 1.3 (RFC 8446 4.2.7)."""

_MODERN_SUITES = ":".join(
    f"TLS_{name}"
    for name in "AES_128_GCM_SHA256 AES_256_GCM_SHA384 CHACHA20_POLY1305_SHA256 AES_128_CCM_SHA256 "
    "AES_128_CCM_8_SHA256".split()
)


class Observed(NamedTuple):
    """What handshakes found. The keys of `suites` are the versions that are accepted, in order of age.

    `groups` has what TLS 1.2 uses with ECDHE, and TLS 1.3; `chacha` tells for each version that has it
    beside others whether a client gets ChaCha20 that wants it first; `dh_bits`, `tickets` and
    `asks_certificate` are None where no handshake below TLS 1.3 could tell.
    """

    suites: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]
    chacha: Mapping[str, tuple[str, ...]]
    dh_bits: int | None
    tickets: bool | None
    asks_certificate: bool | None


class _Known(NamedTuple):
    number: int
    name: str
    key_exchange: str
    authentication: str


@functools.lru_cache(maxsize=1)
def known_suites() -> tuple[_Known, ...]:
    """Every suite of the installed library, in an order that no server would choose: the client's."""
    command = [str(OPENSSL), "ciphers", "-V", "-ciphersuites", _MODERN_SUITES, "ALL:COMPLEMENTOFALL:@SECLEVEL=0"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = re.findall(r"0x(\w\w),0x(\w\w) - (\S+) .*?Kx=(\S+) +Au=(\S+)", listed)
    found = [_Known(int(high + low, 16), *columns) for high, low, *columns in rows]
    random.Random(5).shuffle(found)
    return tuple(found)


def observe(port: int, name: str) -> Observed:
    """Ask at a port under a name; an empty one is none."""
    asking = _Asking(port, name)
    suites = {version: found for version in VERSIONS if (found := asking.suites(version))}
    older = asking.older
    return Observed(
        suites,
        asking.groups(suites),
        asking.chacha(suites),
        next((one.dh_bits for one in older if one.dh_bits), None),
        older[0].tickets if older else None,
        older[0].asks_certificate if older else None,
    )


class _Asking:
    """One series of questions; `older` keeps the answers of TLS 1.2 and before."""

    def __init__(self, port: int, name: str) -> None:
        self.port = port
        self.name = name
        self.older: list[Answer] = []

    def suites(self, version: str) -> tuple[str, ...]:
        """The names of the suites that a version can have, as they are picked."""
        share = self._share() if version == MODERN else ""
        if version == MODERN and not share:
            return ()
        pick = functools.partial(self._suite, version, (share,) if share else tuple(GROUPS), share)
        numbers = [one.number for one in known_suites()]
        found = _eliminate(numbers, pick)
        by_kind = [_eliminate([number for number in kind if number not in found], pick) for kind in _kinds()]
        if any(by_kind):
            accepted = {*found, *itertools.chain(*by_kind)}
            found = _eliminate([number for number in numbers if number in accepted], pick)
        names = {one.number: one.name for one in known_suites()}
        return tuple(names[number] for number in found)

    def _suite(self, version: str, groups: Sequence[str], share: str, left: Sequence[int]) -> int | None:
        answer = ask(self.port, Hello(version, left, groups, self.name, share))
        if answer.version != VERSIONS[version]:
            return None
        if version != MODERN:
            self.older.append(answer)
        return answer.suite

    def _share(self) -> str:
        """The group that the server wants to see in TLS 1.3; empty where it refuses."""
        numbers = [one.number for one in known_suites()]
        return ask(self.port, Hello(MODERN, numbers, SHARED, self.name)).group

    def groups(self, suites: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        """The groups for ECDHE in TLS 1.2, and those of TLS 1.3, as they are picked."""
        found = {}
        offers = {"TLSv1.2": (tuple(GROUPS)[::-1], ("ECDH",)), MODERN: (SHARED[::-1], ("any",))}
        for version, (groups, exchanges) in offers.items():
            accepted = suites.get(version, ())
            usable = [one.number for one in known_suites() if one.key_exchange in exchanges and one.name in accepted]
            if usable:
                found[version] = tuple(_eliminate(groups, functools.partial(self._group, version, usable)))
        return found

    def chacha(self, suites: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        """The suite that a client gets in each version that wants ChaCha20 before all others."""
        numbers = {one.name: one.number for one in known_suites()}
        found = {}
        for version, names in suites.items():
            wanted = chacha_first(sorted(names))
            if any("CHACHA20" in name for name in names):
                share = self._share() if version == MODERN else ""
                groups = (share,) if share else tuple(GROUPS)
                picked = self._suite(version, groups, share, [numbers[name] for name in wanted])
                found[version] = tuple(name for name in names if numbers[name] == picked)
        return found

    def _group(self, version: str, suites: Sequence[int], left: Sequence[str]) -> str | None:
        return ask(self.port, Hello(version, suites, left, self.name)).group or None


def chacha_first(names: Sequence[str]) -> list[str]:
    """Names of suites, those with ChaCha20 first."""
    return sorted(names, key=lambda name: "CHACHA20" not in name)


def _kinds() -> list[list[int]]:
    """The suites by key exchange and authentication."""
    kinds: dict[tuple[str, str], list[int]] = {}
    for one in known_suites():
        kinds.setdefault((one.key_exchange, one.authentication), []).append(one.number)
    return list(kinds.values())


def _eliminate(offered: Sequence[_T], pick: Callable[[Sequence[_T]], _T | None]) -> list[_T]:
    left, found = list(offered), []
    while left and (picked := pick(left)) is not None:
        left.remove(picked)
        found.append(picked)
    return found
