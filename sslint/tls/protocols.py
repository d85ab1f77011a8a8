"""Protocol versions: what SSLProtocol switches on, and what the library lets through.

Sources: `ssl_cmd_protocol_parse` (ssl_engine_config.c) and `ssl_init_ctx_protocol`
(ssl_engine_init.c) of each httpd; `ssl_security_default_callback` of each OpenSSL.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from ..knowledge.targets import Target
from ..knowledge.versions import HttpdVersion


class Protocol(enum.IntEnum):
    """A protocol version, in order of age."""

    SSL2 = 2
    SSL3 = 3
    TLS1 = 10
    TLS1_1 = 11
    TLS1_2 = 12
    TLS1_3 = 13

    @property
    def label(self) -> str:
        """What people call it: `TLS 1.0`."""
        return _LABELS[self]

    @property
    def word(self) -> str:
        """What SSLProtocol calls it: `TLSv1`."""
        return _WORDS[self]

    @property
    def is_weak(self) -> bool:
        """Whether it must not be used: RFC 6176, RFC 7568, RFC 8996."""
        return self < Protocol.TLS1_2


def explicit(protocols: Collection[Protocol]) -> str:
    """The arguments of SSLProtocol that switch on exactly these versions."""
    return " ".join(["-all", *(f"+{protocol.word}" for protocol in sorted(protocols))])


_LABELS = dict(zip(Protocol, ("SSLv2", "SSLv3", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"), strict=True))
_WORDS = dict(zip(Protocol, ("SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"), strict=True))
BY_WORD: Mapping[str, Protocol] = MappingProxyType({word.lower(): protocol for protocol, word in _WORDS.items()})

FIRST_DEFAULT_WITHOUT_SSL3 = HttpdVersion(2, 4, 17)
FIRST_TLS1_3 = HttpdVersion(2, 4, 36)
FIRST_TLS1_2_IN_2_2 = HttpdVersion(2, 2, 23)
_RED_HAT = ("rhel-", "fedora", "amazon-20")
_LAST_UPSTREAM_WITH_SSL2 = {(1, 0, 1): "r", (1, 0, 2): "f"}


@functools.lru_cache(maxsize=64)
def series(openssl: str) -> tuple[int, int, int]:
    """`(1, 0, 2)` of `1.0.2k`."""
    numbers = [int(part) for part in re.findall(r"\d+", openssl)[:3]]
    major, minor, patch = (*numbers, 0, 0, 0)[:3]
    return major, minor, patch


@functools.lru_cache(maxsize=64)
def available(target: Target) -> frozenset[Protocol]:
    """The versions that the target's httpd can switch on with its library; this is what `all` means."""
    version, library = target.httpd, series(target.openssl)
    found = {Protocol.TLS1}
    if version.is_old and _has_ssl2(target):
        found.add(Protocol.SSL2)
    if target.has_sslv3 or library < (1, 1, 0):
        found.add(Protocol.SSL3)
    knows_tls1_2 = version >= FIRST_TLS1_2_IN_2_2
    if library >= (1, 0, 1) and knows_tls1_2:
        found |= {Protocol.TLS1_1, Protocol.TLS1_2}
    if library >= (1, 1, 1) and version >= FIRST_TLS1_3:
        found.add(Protocol.TLS1_3)
    return frozenset(found)


def _has_ssl2(target: Target) -> bool:
    """Built in up to 1.0.0; after that by upstream's defaults only, until the releases that answered DROWN."""
    library = series(target.openssl)
    if library <= (1, 0, 0):
        return True
    letter = target.openssl[5:6]
    return target.preset == "upstream" and letter <= _LAST_UPSTREAM_WITH_SSL2.get(library, "")


def default_protocols(target: Target) -> frozenset[Protocol]:
    """What a server without SSLProtocol switches on."""
    found = available(target)
    return found - {Protocol.SSL3} if target.httpd >= FIRST_DEFAULT_WITHOUT_SSL3 else found


def switch_on(words: Iterable[str], target: Target) -> dict[Protocol, int]:
    """What the words of one SSLProtocol switch on: each version with the index of the word that did.

    A word without sign replaces what the words before it collected. Words that the server refuses
    count for nothing.
    """
    return dict(_switch_on(tuple(words), target))


@functools.lru_cache(maxsize=1024)
def _switch_on(words: tuple[str, ...], target: Target) -> Mapping[Protocol, int]:
    known = available(target)
    enabled: dict[Protocol, int] = {}
    for index, word in enumerate(words):
        sign, name = (word[0], word[1:]) if word[:1] in ("+", "-") else ("", word)
        meant = known if name.lower() == "all" else {BY_WORD.get(name.lower())} & known
        if sign == "-":
            enabled = {protocol: by for protocol, by in enabled.items() if protocol not in meant}
        elif meant:
            kept = enabled if sign == "+" else {}
            enabled = {**kept, **dict.fromkeys(sorted(protocol for protocol in meant if protocol), index)}
    return dict(sorted(enabled.items()))


def is_range(target: Target) -> bool:
    """Whether mod_ssl hands the library a lowest and a highest version (OpenSSL 1.1.0 on)."""
    return series(target.openssl) >= (1, 1, 0)


def without_gaps(enabled: Iterable[Protocol], target: Target) -> frozenset[Protocol]:
    """The versions left when a range is made of a set: from the highest down to the first hole."""
    wanted = frozenset(enabled)
    if not wanted or not is_range(target):
        return wanted
    ladder: Sequence[Protocol] = [one for one in Protocol if one <= max(wanted)]
    kept: set[Protocol] = set()
    for protocol in reversed(ladder):
        if protocol not in wanted:
            break
        kept.add(protocol)
    return frozenset(kept)


def barred_by_level(protocol: Protocol, level: int, target: Target) -> bool:
    """Whether the library's security level leaves no handshake of a version.

    From 3.0 on everything below TLS 1.2 needs level 0, as its SHA-1 signatures count too little.
    """
    library = series(target.openssl)
    return refused_by_level(protocol, level, target) or (library >= (3, 0, 0) and protocol.is_weak and level >= 1)


def refused_by_level(protocol: Protocol, level: int, target: Target) -> bool:
    """Whether the library's security level refuses a version as such (SSL_SECOP_VERSION).

    Up to 3.0 level 2 refuses SSLv3, level 3 TLS 1.0, level 4 TLS 1.1; from 3.1 on level 1 refuses
    all three, and Ubuntu's builds do from level 2 on.
    """
    library = series(target.openssl)
    if not protocol.is_weak or library < (1, 1, 0):
        return False
    if library >= (3, 1, 0):
        return level >= 1
    if target.preset.startswith("ubuntu") and level >= 2:
        return True
    return level >= {Protocol.SSL3: 2, Protocol.TLS1: 3, Protocol.TLS1_1: 4}.get(protocol, 0)


def policy_floor(target: Target) -> Protocol | None:
    """The lowest version of a server without SSLProtocol where the distribution's httpd follows its policy.

    Red Hat's and its relatives leave the bounds of the crypto policy alone then; everywhere else
    mod_ssl sets both bounds itself, and so overrides openssl.cnf.
    """
    if target.tls_floor is None or not target.preset.startswith(_RED_HAT):
        return None
    return BY_WORD.get(target.tls_floor.lower())
