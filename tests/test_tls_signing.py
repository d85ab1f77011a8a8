"""Which keys may sign: by version, list of algorithms, security level and curve."""

from __future__ import annotations

import pytest

from sslint.tls import Protocol
from sslint.tls.signing import signing_keys

NEW, OLD = Protocol.TLS1_3, Protocol.TLS1_2
V3, V111 = (3, 0, 19), (1, 1, 1)


@pytest.mark.parametrize(
    ("algorithms", "older", "modern"),
    [
        (None, "DSS ECDSA RSA", "ECDSA RSA"),
        ("RSA+SHA256", "RSA", ""),
        ("rsa_pkcs1_sha256:ecdsa_secp256r1_sha256", "ECDSA RSA", "ECDSA"),
        ("RSA-PSS+SHA256", "RSA", "RSA"),
        ("PSS+SHA384:ed25519", "ECDSA RSA", "ECDSA RSA"),
        ("ECDSA+SHA224:DSA+SHA256", "DSS ECDSA", ""),
        ("rsa_pss_pss_sha256:mldsa44", "", ""),
        ("?nosuch:rsa_pss_rsae_sha512", "RSA", "RSA"),
    ],
)
def test_lists(algorithms: str | None, older: str, modern: str) -> None:
    assert sorted(signing_keys(algorithms, OLD, 2, V3)) == older.split()
    assert sorted(signing_keys(algorithms, NEW, 2, V3)) == modern.split()
    assert sorted(signing_keys(algorithms, Protocol.TLS1, 0, V3)) == ["DSS", "ECDSA", "RSA"]


@pytest.mark.parametrize(
    ("algorithms", "level", "version", "able"),
    [
        ("RSA+SHA1", 0, V3, True),
        ("RSA+SHA1", 1, V3, False),
        ("RSA+SHA1", 1, V111, True),
        ("RSA+SHA1", 2, V111, False),
        ("RSA+SHA224", 2, V3, True),
        ("RSA+SHA224", 3, V3, False),
        ("RSA+SHA256", 4, V3, False),
        ("RSA+SHA256", 4, (1, 0, 2), True),
    ],
)
def test_levels(algorithms: str, level: int, version: tuple[int, int, int], able: bool) -> None:
    assert ("RSA" in signing_keys(algorithms, OLD, level, version)) is able


def test_tls13_and_suite_b_tie_digests_to_curves() -> None:
    small, listed = frozenset({"P-256"}), "ecdsa_secp384r1_sha384"
    assert signing_keys(listed, OLD, 2, V3, small) == {"ECDSA"}
    assert signing_keys(listed, NEW, 2, V3, small) == frozenset()
    assert signing_keys(listed, OLD, 2, V3, small, True) == frozenset()
    assert signing_keys(listed, NEW, 2, V3, frozenset({"P-384"})) == {"ECDSA"}
    assert "ECDSA" not in signing_keys(None, NEW, 2, V3, frozenset({"secp256k1"}))
    assert signing_keys("ed25519", NEW, 2, V3, frozenset({"ED25519"})) == {"ECDSA"}
    assert signing_keys("ed25519", NEW, 2, V3, small) == frozenset()
