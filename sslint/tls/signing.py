"""Which of a server's keys may sign in a handshake: by version, list of algorithms, level and curve.

Sources: sigalg_lookup_tbl, sig_cb, tls12_sigalg_allowed and tls_choose_sigalg in OpenSSL's ssl/t1_lib.c.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from .protocols import Protocol

_PAIR = re.compile(
    r"(?:(?P<pkcs1>rsa_pkcs1_|RSA\+)|(?P<pss>rsa_pss_rsae_|(?:RSA-)?PSS\+)|(?P<ecdsa>ecdsa_(?:secp\d+r1_)?|ECDSA\+)"
    r"|(?P<dsa>dsa_|DSA\+))(?P<digest>sha\d+)",
    re.IGNORECASE,
)
_EDWARDS: Mapping[str, int] = MappingProxyType({"ed25519": 128, "ed448": 224})
_BITS: Mapping[str, int] = MappingProxyType({"sha224": 112, "sha256": 128, "sha384": 192, "sha512": 256})
_SHA1, _SHA1_SINCE_3 = 80, 63
_CURVES: Mapping[str, str] = MappingProxyType({"sha256": "P-256", "sha384": "P-384", "sha512": "P-521"})
"""The one curve that TLS 1.3 and Suite B let each digest go with (RFC 8446 4.2.3, RFC 6460 4.3)."""
_KEYS = MappingProxyType({"pkcs1": "RSA", "pss": "RSA", "ecdsa": "ECDSA", "dsa": "DSS"})
_DEFAULT = ":".join(
    ["ed25519", "ed448", "DSA+SHA512", "DSA+SHA256"]
    + [f"{key}+{digest}" for key in ("ECDSA", "RSA-PSS", "RSA") for digest in ("SHA256", "SHA384", "SHA512")]
)


class Signature(NamedTuple):
    """One algorithm: `kind` is `pkcs1`, `pss`, `ecdsa`, `dsa`, `ed25519` or `ed448`; these two have no digest."""

    kind: str
    digest: str = ""

    def bits(self, openssl: tuple[int, int, int]) -> int:
        """Its strength as the security level counts it; from 3.0 on SHA-1's collisions do."""
        if self.kind in _EDWARDS:
            return _EDWARDS[self.kind]
        if self.digest == "sha1":
            return _SHA1_SINCE_3 if openssl >= (3, 0, 0) else _SHA1
        return _BITS.get(self.digest, 0)

    def key(self, protocol: Protocol, curves: frozenset[str] | None, strict: bool) -> str:
        """The type of key that signs with it, as cipher suites call it; empty where the server has none that may.

        `curves` are those of its ECDSA keys, None where that is not known. `strict` ties digests to
        curves in TLS 1.2 too.
        """
        if self.kind in _EDWARDS:
            return "ECDSA" if curves is None or self.kind.upper() in curves else ""
        modern = protocol is Protocol.TLS1_3
        if modern and (self.kind in ("pkcs1", "dsa") or self.digest not in _CURVES):
            return ""
        if self.kind == "ecdsa" and curves is not None:
            wanted = {_CURVES.get(self.digest, "")} if modern or strict else curves - {"ED25519", "ED448"}
            return "ECDSA" if wanted & curves else ""
        return _KEYS[self.kind]


@functools.lru_cache(maxsize=256)
def signing_keys(
    algorithms: str | None,
    protocol: Protocol,
    level: int,
    openssl: tuple[int, int, int],
    curves: frozenset[str] | None = None,
    strict: bool = False,
) -> frozenset[str]:
    """The types of keys that may sign, `RSA`, `ECDSA`, `DSS`; before TLS 1.2 there is no choice, nor Edwards curves.

    `algorithms` is the list as SSLOpenSSLConfCmd SignatureAlgorithms takes it, None for the library's
    default; for `curves` and `strict` see `Signature.key`.
    """
    if protocol < Protocol.TLS1_2:
        without_ecdsa = curves is not None and curves <= {"ED25519", "ED448"}
        return frozenset({"RSA", "DSS"} if without_ecdsa else {"RSA", "ECDSA", "DSS"})
    from ..openssl.levels import MINIMUM_BITS

    least = MINIMUM_BITS[level] if openssl >= (1, 1, 0) else 0
    listed = (one for one in _signatures(algorithms or _DEFAULT) if one.bits(openssl) >= least)
    return frozenset(key for one in listed if (key := one.key(protocol, curves, strict)))


def _signatures(algorithms: str) -> Iterator[Signature]:
    """The algorithms of a list; what is no name of one is left out."""
    for word in algorithms.split(":"):
        found = signature(word.strip().lstrip("?"))
        if found is not None:
            yield found


def signature(word: str) -> Signature | None:
    """The algorithm of one name, such as `RSA+SHA256` or `ecdsa_secp256r1_sha256`."""
    if word.lower() in _EDWARDS:
        return Signature(word.lower())
    pair = _PAIR.fullmatch(word)
    if pair is None:
        return None
    return Signature(next(kind for kind in _KEYS if pair[kind] is not None), pair["digest"].lower())
