"""Which signatures a handshake can carry: what the client lists, the server allows and the level leaves."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..openssl.levels import MINIMUM_BITS
from .protocols import Protocol, series

if TYPE_CHECKING:
    from ..openssl import Suite
    from .offer import TlsOffer

_LEGACY = {"RSA": "0201", "ECDSA": "0203", "DSS": "0202"}
"""What a client of TLS 1.2 means that lists none (RFC 5246 7.4.1.4.1)."""
_HASHES = {"SHA1": 2, "SHA224": 3, "SHA256": 4, "SHA384": 5, "SHA512": 6}
_KEYS = {1: "RSA", 2: "DSS", 3: "ECDSA"}
_KEY_NUMBERS = {"RSA": 1, "DSA": 2, "ECDSA": 3}
_PSS = {"0804": 128, "0805": 192, "0806": 256}
_EDWARDS = {"0807": 128, "0808": 224}
_EDWARDS_KEY = {"0807": "ED25519", "0808": "ED448"}
EDWARDS_KEYS = frozenset(_EDWARDS_KEY.values())
_CURVES = {"0403": "P-256", "0503": "P-384", "0603": "P-521"}
_BITS = {2: 80, 3: 112, 4: 128, 5: 192, 6: 256}
_SHA1_SINCE_3 = 63
_FIRST_WITH_PSS = (1, 1, 1)
_STATIC = frozenset({"RSA", "DH/RSA", "DH/DSS", "ECDH/RSA", "ECDH/ECDSA", "PSK", "RSAPSK", "KRB5", "SRP"})


def needs_algorithm(suite: Suite, version: tuple[int, int, int]) -> bool:
    """Whether a handshake of TLS 1.2 needs a signature algorithm for the server's key.

    From 1.1.1 on every suite with a certificate does, even those that sign nothing (tls_choose_sigalg).
    """
    signs = suite.key_exchange not in _STATIC or version >= _FIRST_WITH_PSS
    return signs and suite.au in ("RSA", "ECDSA", "DSS")


def shared(listed: tuple[str, ...], offer: TlsOffer, protocol: Protocol) -> bool:
    """Whether a client's signature algorithms and the server's have one in common, for whatever key.

    Else the handshake ends (tls1_set_server_sigalgs). One that lists none is asked later.
    """
    return not listed or any(can_sign(key, listed, offer, protocol) for key in _LEGACY)


def can_sign(key: str, listed: tuple[str, ...], offer: TlsOffer, protocol: Protocol) -> bool:
    """Whether a key of a type can make a signature that a client takes, from TLS 1.2 on.

    `listed` are the client's signature algorithms as four hexadecimal digits. In TLS 1.3 RSA keys sign
    with PSS alone, and no key signs with SHA-1 or SHA-224 (RFC 8446 4.2.3); there, and in Suite B, each curve
    has an algorithm of its own.
    """
    version = series(offer.target.openssl)
    allowed = _codes(offer.signature_algorithms.value)
    wanted = listed or (_LEGACY.get(key, ""),)
    bound = protocol is Protocol.TLS1_3 or offer.suite_b is not None
    curves = offer.curves if key == "ECDSA" else None
    return any(
        _fits(one, key, protocol, version)
        and _suits(one, curves, bound)
        and _bits(one, version) >= MINIMUM_BITS[offer.security_level]
        for one in wanted
        if allowed is None or one in allowed
    )


def _suits(code: str, curves: frozenset[str] | None, bound: bool) -> bool:
    """Whether one of the keys for ECDSA can make a signature: those on Edwards curves make their own alone."""
    if curves is None:
        return code not in _EDWARDS
    if code in _EDWARDS:
        return _EDWARDS_KEY[code] in curves
    return _CURVES.get(code) in curves if bound else bool(curves - EDWARDS_KEYS)


def key_curves(offer: TlsOffer) -> frozenset[str] | None:
    """The curves of the server's ECDSA keys, each of which has an algorithm of its own in TLS 1.3.

    None where there is no such key, or it was not read.
    """
    pairs = offer.credentials.in_force if offer.credentials is not None else ()
    found = [pair.certificate.key for pair in pairs if pair.certificate is not None]
    curves = frozenset(key.curve for key in found if key.kind == "ECDSA")
    return curves or None


def _fits(code: str, key: str, protocol: Protocol, version: tuple[int, int, int]) -> bool:
    """Whether a signature algorithm is one for a type of key and a protocol version."""
    if code in _PSS:
        return key == "RSA" and version >= _FIRST_WITH_PSS
    if code in _EDWARDS:
        return key == "ECDSA" and version >= _FIRST_WITH_PSS
    number, kind = _numbers(code)
    if number not in _BITS or _KEYS.get(kind) != key:
        return False
    return protocol is not Protocol.TLS1_3 or (key == "ECDSA" and number >= _HASHES["SHA256"])


def _bits(code: str, version: tuple[int, int, int]) -> int:
    """The security bits of an algorithm; SHA-1's collisions count from OpenSSL 3.0 on."""
    if code in _PSS:
        return _PSS[code]
    if code in _EDWARDS:
        return _EDWARDS[code]
    number, _ = _numbers(code)
    return _SHA1_SINCE_3 if number == _HASHES["SHA1"] and version >= (3, 0, 0) else _BITS.get(number, 0)


def _numbers(code: str) -> tuple[int, int]:
    """The hash and the signature of TLS 1.2's pairs (RFC 5246 7.4.1.4.1)."""
    return (int(code[:2], 16), int(code[2:], 16)) if len(code) == 4 else (0, 0)


@functools.lru_cache(maxsize=64)
def _codes(value: str | None) -> frozenset[str] | None:
    """The numbers of a list as SSLOpenSSLConfCmd SignatureAlgorithms takes it; None for the library's default."""
    if value is None:
        return None
    return frozenset(code for word in value.split(":") for code in _word(word.strip().lstrip("?")))


def _word(word: str) -> Iterable[str]:
    """`RSA+SHA256`, `RSA-PSS+SHA256` (or `PSS+`), or a name of RFC 8446 4.2.3."""
    folded = word.lower()
    if "+" in word:
        key, _, name = word.upper().partition("+")
        number = _HASHES.get(name, 0)
        if key in ("RSA-PSS", "PSS"):
            return (f"08{number:02X}", f"08{number + 5:02X}")
        return (f"{number:02X}{_KEY_NUMBERS.get(key, 0):02X}",)
    name = folded.rpartition("_")[2].upper()
    number = _HASHES.get(name, 0)
    if folded.startswith("rsa_pss_rsae_"):
        return (f"08{number:02X}",)
    if folded.startswith("rsa_pkcs1_"):
        return (f"{number:02X}01",)
    return (f"{number:02X}03",) if folded.startswith("ecdsa_") else ()
