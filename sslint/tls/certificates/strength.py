"""Which keys and signatures a security level of OpenSSL lets through (`ssl_security_cert` in ssl/t1_lib.c)."""

from __future__ import annotations

import math

from ...openssl.levels import MINIMUM_BITS
from ..protocols import series

_TABLE = {2048: 112, 3072: 128, 4096: 152, 6144: 176, 7680: 192, 8192: 200, 15360: 256}
_OLD_TABLE = ((15360, 256), (7680, 192), (3072, 128), (2048, 112), (1024, 80), (0, 0))
_CURVES = ((512, 256), (384, 192), (256, 128), (224, 112), (160, 80))
_EDWARDS = {"ED25519": 128, "ED448": 224}
_HASHES = {"md5": 39, "sha1": 63}
"""From OpenSSL 3.0 on; before, half the length of the digest counts (crypto/x509/x509_set.c)."""
_LENGTHS = {"md4": 128, "md5": 128, "sha1": 160, "sha224": 224, "sha256": 256, "sha384": 384, "sha512": 512,
            "sha3-224": 224, "sha3-256": 256, "sha3-384": 384, "sha3-512": 512}  # fmt: skip


def minimum(level: int) -> int:
    """The bits of security that a level asks for."""
    return MINIMUM_BITS[min(max(level, 0), 5)]


def key_strength(kind: str, bits: int, openssl: str) -> int:
    """The bits of security of a key (`EVP_PKEY_get_security_bits`)."""
    if kind in _EDWARDS:
        return _EDWARDS[kind]
    if kind == "ECDSA":
        return next((strong for least, strong in _CURVES if bits >= least), bits // 2)
    return modulus_strength(bits, openssl)


def modulus_strength(bits: int, openssl: str) -> int:
    """The bits of security of an RSA, DSA or DH modulus.

    From 3.0 on by the formula of NIST SP 800-56B revision 2 appendix D
    (`ossl_ifc_ffc_compute_security_bits` in crypto/rsa/rsa_lib.c), before by `BN_security_bits`.
    """
    if series(openssl) < (3, 0, 0):
        return next(strong for least, strong in _OLD_TABLE if bits >= least)
    if bits in _TABLE:
        return _TABLE[bits]
    if bits < 8:
        return 0
    size = bits * math.log(2)
    exact = (1.923 * (size * math.log(size) ** 2) ** (1 / 3) - 4.69) / math.log(2)
    return min((int(exact) + 4) & ~7, 192 if bits <= 7680 else 256 if bits <= 15360 else 1200)


def hash_strength(name: str, openssl: str) -> int:
    """The bits of security of a signature's hash; many for a signature that has none of its own."""
    if series(openssl) >= (3, 0, 0) and name in _HASHES:
        return _HASHES[name]
    return _LENGTHS.get(name, 512) // 2
