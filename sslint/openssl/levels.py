"""Which of the listed suites a handshake can use: protocol version, keys and security level."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from .dialect import number
from .suite import Suite

if TYPE_CHECKING:
    from .tables import Library

PROTOCOLS = ("SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")

MINIMUM_BITS = (0, 80, 112, 128, 192, 256)
"""Of a level; RSA, DH and EC keys need NIST SP 800-57's sizes for as many bits."""

_WITHOUT_SIGNATURE = {"RSA", "PSK", "RSAPSK", "SRP"}
_WITHOUT_CERTIFICATE = {"PSK", "SRP"}
_PRE_SHARED = {"PSK", "RSAPSK", "DHEPSK", "ECDHEPSK"}


def usable(
    library: Library,
    suites: Iterable[Suite],
    protocol: str,
    level: int | None = None,
    key_types: Collection[str] | None = None,
    *,
    client: bool = False,
) -> tuple[Suite, ...]:
    """The suites that a server (or `client`) can negotiate with one protocol version, in the given order.

    `protocol` is one of PROTOCOLS. `level` is the security level, None for the build's default;
    builds before 1.1.0 have none. `key_types` are what the server has: `RSA`, `ECDSA`, `DSS` for its
    keys, `PSK`, `SRP`, `KRB5` where that is set up, `DH` and `ECDH` for certificates of static keys;
    None stands for everything. Suites with DH or ECDH also need parameters or a common group, and a
    key too small for the level stops the server: that is not looked at here. Raises ValueError for an
    unknown protocol or level. ssl_security_default_callback in ssl/ssl_cert.c; measured by handshakes.
    """
    if protocol not in PROTOCOLS:
        raise ValueError(f"unknown protocol {protocol!r}: use one of {', '.join(PROTOCOLS)}")
    if level is not None and not 0 <= level <= 5:
        raise ValueError(f"unknown security level {level}: use 0 to 5")
    effective = library.default_security_level or 0 if level is None else level
    if library.default_security_level is None:
        effective = 0
    if not version_allowed(library, protocol, effective):
        return ()
    return tuple(
        suite
        for suite in suites
        if _speaks(suite, protocol)
        and (key_types is None or _has_keys(suite, key_types))
        and allowed(library, suite, effective)
        and _can_sign(library, suite, protocol, effective, client)
    )


def version_allowed(library: Library, protocol: str, level: int) -> bool:
    """Whether the level leaves a protocol version as such; see `_can_sign` for 3.0.

    Up to 3.0 level 2 bars SSLv3, level 3 TLS 1.0 and level 4 TLS 1.1. From 3.1 all of them need level 0.
    """
    rank = PROTOCOLS.index(protocol)
    if number(library.series) >= (3, 1):
        return level == 0 or rank >= PROTOCOLS.index("TLSv1.2")
    lowest = {2: "TLSv1", 3: "TLSv1.1", 4: "TLSv1.2", 5: "TLSv1.2"}.get(level, "SSLv2")
    return rank >= PROTOCOLS.index(lowest)


def allowed(library: Library, suite: Suite, level: int) -> bool:
    """Whether the level leaves a suite, whatever the protocol version."""
    if level == 0:
        return True
    minimum = MINIMUM_BITS[level]
    if suite.strength_bits < minimum or suite.au == "None" or suite.mac == "MD5":
        return False
    if minimum > 160 and suite.mac == "SHA1":
        return False
    if level >= 2 and suite.cipher == "RC4" and number(library.series) < (3, 2):
        return False
    return level < 3 or suite.key_exchange in {"DH", "ECDH", "any"}


def _speaks(suite: Suite, protocol: str) -> bool:
    """Whether a suite belongs to a protocol version (RFC 5246 A.5, RFC 8446 B.4)."""
    if "SSLv2" in (suite.protocol, protocol) or "TLSv1.3" in (suite.protocol, protocol):
        return suite.protocol == protocol
    return PROTOCOLS.index(suite.protocol) <= PROTOCOLS.index(protocol)


def _has_keys(suite: Suite, key_types: Collection[str]) -> bool:
    needed = set()
    if suite.au not in {"None", "any"}:
        needed.add(suite.au)
    if suite.key_exchange in _PRE_SHARED:
        needed.add("PSK")
    if suite.key_exchange in {"SRP", "KRB5"}:
        needed.add(suite.key_exchange)
    return needed <= set(key_types)


def _can_sign(library: Library, suite: Suite, protocol: str, level: int, client: bool) -> bool:
    """Whether signatures made before TLS 1.2 pass.

    In 1.1.1 level 2 refuses ECDSA's SHA-1 (RSA's MD5+SHA-1 pass). In 3.0 level 1 refuses all: a server
    then has no use for its certificates in old versions, even where it signs nothing.
    """
    if PROTOCOLS.index(protocol) >= PROTOCOLS.index("TLSv1.2"):
        return True
    if library.series == "3.0" and level >= 1:
        return suite.key_exchange in _WITHOUT_SIGNATURE if client else suite.au in _WITHOUT_CERTIFICATE
    return not (level >= 2 and library.series == "1.1.1" and suite.au == "ECDSA")
