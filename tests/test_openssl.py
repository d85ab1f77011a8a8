"""Cipher strings, builds, elements, weaknesses and what mod_ssl adds, by example."""

from __future__ import annotations

import time

import pytest

from sslint.openssl import (
    CipherStringError,
    default_groups,
    evaluate,
    expand_ciphers,
    expand_ciphersuites,
    expand_groups,
    libraries,
    library,
    mod_ssl_string,
    tables,
    tls13_suites,
    usable,
    weaknesses,
)


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("1.0.2r", "1.0.2r"), ("1.0.2", "1.0.2r"), ("1.0.2k", "1.0.2r"), ("1.0.2k-rhel7", "1.0.2k-rhel7"),
        ("1.0.2zi", "1.0.2r"), ("3.0", "3.0.12"), ("3.0.15", "3.0.12"), ("3.0.19-debian12", "3.0.19-debian12"),
        ("OpenSSL 3.5.1 1 Jul 2025", "3.5.9"), ("1.1.1k-fips", "1.1.1w"), ("0.9.8", "0.9.8zh"), ("4.0.0", "4.0.3"),
    ],
)  # fmt: skip
def test_versions(name: str, build: str) -> None:
    assert library(name).name == build


@pytest.mark.parametrize("name", ["", "3", "2.0", "1.0", "9.9.9", "LibreSSL 3.8", "3.0.x"])
def test_unknown_versions(name: str) -> None:
    with pytest.raises(ValueError, match="unknown version of OpenSSL") as caught:
        library(name)
    assert "1.0.2k-rhel7" in str(caught.value)


def test_facts_of_a_library() -> None:
    assert library("3.0").default_security_level == 1
    assert library("3.0.19-debian12").default_security_level == 2
    assert library("1.0.2").default_security_level is None
    assert library("1.1.0").tls13_default == ()
    assert "kRSA" in library("3.5").known_words
    assert "RC4" not in library("3.5").known_words
    suite = library("3.5").suite("TLS_RSA_WITH_AES_128_CBC_SHA")
    assert suite is not None
    assert (suite.name, suite.kx, suite.cbc, suite.aead, suite.forward_secret) == (
        "AES128-SHA", "RSA", True, False, False
    )  # fmt: skip
    assert library("3.5").suite("NOPE") is None


@pytest.mark.parametrize(
    ("string", "build", "kind", "offset"),
    [
        ("HIGH:!", "3.5", "invalid-command", 6),
        ("HIGH)", "3.5", "invalid-command", 4),
        ("HIGH:!!RC4", "3.5", "invalid-command", 6),
        ("HIGH:AES+", "3.5", "invalid-command", 9),
        ("HIGH:@SECLEVEL=6", "3.5", "invalid-command", 5),
        ("HIGH:@SECLEVEL=1", "1.0.2", "invalid-command", 5),
        ("HIGH:@strength", "3.5", "invalid-command", 5),
        ("DEFAULT_SUSE", "3.0", "invalid-command", 7),
        ("FOO)(*&", "3.5", "no-match", None),
        ("!aNULL:DEFAULT", "3.5", "no-match", None),
        ("PROFILE=SYSTEM", "3.5", "no-match", None),
        ("", "3.5", "no-match", None),
        ("EXP", "1.1.0", "no-match", None),
    ],
)
def test_errors(string: str, build: str, kind: str, offset: int | None) -> None:
    with pytest.raises(CipherStringError) as caught:
        expand_ciphers(string, build)
    assert (caught.value.kind, caught.value.offset) == (kind, offset)


def test_an_error_tells_what_each_element_did() -> None:
    with pytest.raises(CipherStringError) as caught:
        expand_ciphers("FOO:!aNULL", "3.5")
    assert [element.unknown for element in caught.value.elements] == ["FOO", None]


@pytest.mark.parametrize(
    ("string", "build", "expected"),
    [
        ("SUITEB128", "3.5", "ECDHE-ECDSA-AES128-GCM-SHA256 ECDHE-ECDSA-AES256-GCM-SHA384"),
        ("AES128-SHA+IDEA", "0.9.8", "AES128-SHA IDEA-CBC-SHA IDEA-CBC-MD5@SSLv2"),
        ("ECDHE+aRSA+AESGCM:-AES256:ECDHE+aRSA+AES256+AESGCM", "3.5",
         "ECDHE-RSA-AES128-GCM-SHA256 ECDHE-RSA-AES256-GCM-SHA384"),
        ("tls_rsa_with_aes_128_cbc_sha", "4.0", "AES128-SHA"),
        ("TLS_RSA_WITH_AES_128_CBC_SHA", "3.2", "AES128-SHA"),
        ("RC4-MD5", "1.0.0", "RC4-MD5 RC4-MD5@SSLv2"),
        ("AES128-SHA:AES256-SHA:@STRENGTH", "3.5", "AES256-SHA AES128-SHA"),
        ("AES128-SHA\0:AES256-SHA", "3.5", "AES128-SHA"),
    ],
)  # fmt: skip
def test_expansions(string: str, build: str, expected: str) -> None:
    assert expand_ciphers(string, build) == tuple(expected.split())


def test_the_last_suite_of_098_cannot_be_killed() -> None:
    left = "ALL:eNULL:!DH:!kRSA:!DSS:!EXPORT:!DES:!3DES:!MD5"
    assert expand_ciphers(left, "0.9.8e-rhel5") == ("KRB5-RC4-SHA",)
    assert expand_ciphers(f"{left}:!RC4:-ALL", "0.9.8e-rhel5") == ("KRB5-RC4-SHA",)


def test_elements() -> None:
    string = "HIGH:+SHA1:!aNULL:FOO!x:AES+RC4:-SHA256:@SECLEVEL=2"
    found = evaluate(string, "3.5")
    words = [string[e.start : e.end] for e in found.elements]
    assert words == ["HIGH", "+SHA1", "!aNULL", "FOO!x", "AES+RC4", "-SHA256", "@SECLEVEL=2"]
    high, order, kill, unknown, impossible, delete, level = found.elements
    assert high.added == high.suites
    assert set(order.moved) == set(order.suites) & set(high.added)
    assert not order.added
    assert set(kill.removed) == set(kill.suites) & set(high.added)
    assert (unknown.recognised, unknown.unknown) == (False, "FOO")
    assert (impossible.recognised, impossible.unknown, impossible.words) == (False, "RC4", ("AES", "RC4"))
    assert {suite.mac for suite in delete.removed} == {"SHA256"}
    assert level.level == found.security_level == found.effective_level == 2
    assert found.origin(found.suites[0]) is high
    anonymous = library("3.5").suite("ADH-AES128-SHA")
    assert anonymous is not None
    assert found.origin(anonymous) is None


def test_impossible_intersection() -> None:
    found = evaluate("HIGH:AES+CHACHA20", "3.5").elements[1]
    assert (found.recognised, found.unknown, found.words) == (False, None, ("AES", "CHACHA20"))


def test_default_is_one_element() -> None:
    found = evaluate("DEFAULT!kRSA@SECLEVEL=0", "3.5")
    assert [(e.start, e.end, e.words) for e in found.elements] == [
        (0, 7, ("DEFAULT",)), (7, 12, ("kRSA",)), (12, 23, ("SECLEVEL=0",)),
    ]  # fmt: skip
    assert evaluate("DEFAULT", "3.5").effective_level == 2
    assert evaluate("DEFAULT", "1.0.2").effective_level is None


def test_the_system_profile_of_red_hat() -> None:
    found = evaluate("PROFILE=SYSTEMx:!AES", "1.1.1k-rhel8")
    assert [(e.start, e.end) for e in found.elements] == [(0, 15), (16, 20)]
    assert not any(suite.cipher.startswith("AES") for suite in found.suites)


def test_tls13_lists() -> None:
    assert expand_ciphersuites("TLS_AES_128_GCM_SHA256 : TLS_SHA256_SHA256", "3.4") == (
        "TLS_AES_128_GCM_SHA256", "TLS_SHA256_SHA256",
    )  # fmt: skip
    assert expand_ciphersuites("", "1.1.1") == ()
    with pytest.raises(CipherStringError) as caught:
        expand_ciphersuites("TLS_AES_128_GCM_SHA256: FOO", "1.1.1")
    assert caught.value.offset == 24
    with pytest.raises(CipherStringError):
        expand_ciphersuites("TLS_AES_128_GCM_SHA256", "1.1.0")
    assert tls13_suites("3.5")["TLS_SHA384_SHA384"].mac == "SHA384"
    assert set(library("3.5").tls13_default) <= set(tls13_suites("3.5"))


def test_groups() -> None:
    assert expand_groups("secp256r1:x25519", "3.0") == ("P-256", "X25519")
    assert expand_groups("?X25519MLKEM768:X25519", "3.3") == ("X25519",)
    assert expand_groups("X25519MLKEM768/X25519:-P-256:DEFAULT:-P-521", "3.5")[:3] == (
        "X25519MLKEM768", "X25519", "P-256",
    )  # fmt: skip
    with pytest.raises(CipherStringError) as caught:
        expand_groups("X25519:X25519MLKEM768", "3.4")
    assert caught.value.offset == 7
    for build in libraries():
        groups = default_groups(build)
        assert not groups or expand_groups(":".join(groups), build) == groups


def test_usable() -> None:
    known = library("3.5")
    suites = evaluate("ALL:COMPLEMENTOFALL", known).suites
    modern = usable(known, suites, "TLSv1.2", key_types={"RSA"})
    assert {suite.au for suite in modern} == {"RSA"}
    assert all(suite.strength_bits >= 112 for suite in modern)
    assert not usable(known, suites, "TLSv1.1")
    assert usable(known, suites, "TLSv1.1", 0)
    assert not usable(known, suites, "TLSv1.3", 0)
    assert len(usable(known, tls13_suites(known).values(), "TLSv1.3")) == 4
    old = library("1.0.2e-full")
    assert {s.protocol for s in usable(old, old.suites, "SSLv2", 5)} == {"SSLv2"}
    weak = library("1.1.1t-full")
    assert any(s.cipher == "RC4" for s in usable(weak, weak.suites, "TLSv1", 1))
    assert not any(s.cipher == "RC4" for s in usable(weak, weak.suites, "TLSv1", 2))
    with pytest.raises(ValueError, match="unknown protocol"):
        usable(known, suites, "TLSv2")
    with pytest.raises(ValueError, match="unknown security level"):
        usable(known, suites, "TLSv1.2", 6)


@pytest.mark.parametrize(
    ("build", "name", "slugs"),
    [
        ("3.5", "ECDHE-RSA-AES128-GCM-SHA256", ""),
        ("3.5", "AES128-SHA", ""),
        ("3.5", "NULL-MD5", "null md5"),
        ("3.5", "AES128-CCM8", "short-tag"),
        ("1.0.2", "DES-CBC3-SHA", "64-bit-block"),
        ("1.0.2", "RC4-MD5", "rc4 md5"),
        ("1.0.2", "KRB5-IDEA-CBC-SHA", "64-bit-block"),
        ("1.0.0", "EXP-ADH-DES-CBC-SHA", "anonymous export des 64-bit-block weak-key"),
        ("1.0.0", "RC4-MD5@SSLv2", "sslv2 rc4 md5"),
        ("1.0.0", "EXP-RC4-MD5", "export rc4 md5 weak-key"),
    ],
)
def test_weaknesses(build: str, name: str, slugs: str) -> None:
    suite = library(build).suite(name)
    assert suite is not None
    assert [weakness.slug for weakness in weaknesses(suite)] == slugs.split()


P = "!aNULL:!eNULL:!EXP:"
S = ":!aNULL:!eNULL:!EXP"


@pytest.mark.parametrize(
    ("version", "configured", "unset"),
    [
        ((2, 0, 65), "HIGH", None), ((2, 2, 29), "HIGH", None), ((2, 2, 30), f"{P}HIGH", f"{P}ALL"),
        ((2, 4, 6), "HIGH", None), ((2, 4, 7), f"{P}HIGH", "!EXP:ALL"), ((2, 4, 12), f"{P}HIGH", "!EXP:ALL"),
        ((2, 4, 13), f"{P}HIGH", f"{P}ALL"), ((2, 4, 16), f"{P}HIGH", f"{P}ALL"),
        ((2, 4, 17), f"HIGH{S}", f"ALL{S}"), ((2, 5, 1), f"HIGH{S}", f"ALL{S}"),
    ],
)  # fmt: skip
def test_what_mod_ssl_adds(version: tuple[int, int, int], configured: str, unset: str | None) -> None:
    found = mod_ssl_string("HIGH", version, "ALL")
    assert found is not None
    assert found.text == configured
    assert found.text[found.start : found.end] == "HIGH"
    assert found.offset_in_value(found.start + 2) == 2
    assert found.offset_in_value(-1) is None
    default = mod_ssl_string(None, version, "ALL")
    assert (default and default.text) == unset


def test_loading_and_expanding_are_fast() -> None:
    for cache in (tables._load, tables._table, tables._definitions, tables._index):
        cache.cache_clear()
    start = time.perf_counter()
    known = library("3.5")
    assert time.perf_counter() - start < 0.1
    start = time.perf_counter()
    for _ in range(100):
        expand_ciphers("HIGH:MEDIUM:!aNULL:!MD5:!RC4:!3DES:+kRSA:@STRENGTH", known)
    assert time.perf_counter() - start < 0.5
