"""Configurations by seed: hosts on a few ports with lines that act upon each other."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

from .case import Case, Host

_PROTOCOLS = "all TLSv1 TLSv1.1 TLSv1.2 TLSv1.3".split()
_KEYWORDS = (
    "ALL DEFAULT HIGH MEDIUM COMPLEMENTOFDEFAULT AES AES128 AES256 AESGCM AESCCM AESCCM8 ARIA CAMELLIA CHACHA20 3DES "
    "RC4 SHA1 SHA256 SHA384 RSA kRSA aRSA ECDHE kECDHE EECDH DHE kEDH ECDSA aECDSA aNULL eNULL PSK SRP TLSv1.2 SSLv3 "
    "TLSv1 EXP LOW SEED NOSUCH ECDHE+AESGCM ECDHE+AES256 kRSA+AES128+SHA ECDH+CHACHA20 DHE+SHA256 AES128-SHA "
    "AES256-SHA ECDHE-RSA-AES128-GCM-SHA256 ECDHE-ECDSA-AES256-GCM-SHA384 DHE-RSA-AES128-SHA TLS_AES_128_GCM_SHA256 "
    "ECDHE-ECDSA-AES128-SHA AES256-GCM-SHA384 TLS_RSA_WITH_AES_128_CBC_SHA"
).split()
_STARTS = "ALL DEFAULT HIGH ECDHE+AESGCM:DHE+AESGCM AES128-SHA:AES256-SHA ECDHE:RSA AES ALL:COMPLEMENTOFALL".split()
_MODERN = (
    "AES_128_GCM_SHA256 AES_256_GCM_SHA384 CHACHA20_POLY1305_SHA256 AES_128_CCM_SHA256 AES_128_CCM_8_SHA256".split()
)
_GROUPS = (
    "X25519 P-256 prime256v1 X448 P-384 secp384r1 P-521 secp224r1 secp256k1 brainpoolP256r1 brainpoolP384r1 ffdhe2048 "
    "ffdhe3072 secp521r1"
).split()
_SIGNING = (
    "RSA+SHA256 RSA+SHA512 ECDSA+SHA256 ECDSA+SHA384 rsa_pss_rsae_sha256 RSA-PSS+SHA384 ecdsa_secp256r1_sha256 ed25519"
).split()
_KEYS = [
    tuple(words.split())
    for words in "rsa,rsa,rsa,ec,ec,rsa ec,rsa ec,rsa ec,rsa3072,ec384,off,ed25519,curve,dh1024,ed448 rsa,rsa k1,"
    "ec ec521,dh3072 ec".split(",")
]
_OPTIONS = [
    "PrioritizeChaCha",
    "ServerPreference",
    "-SessionTicket",
    "-ServerPreference",
    "SessionTicket",
    "ServerPreference,-SessionTicket",
]


def generated(seeds: Iterable[int]) -> list[Case]:
    """One case for each seed."""
    return [_case(seed) for seed in seeds]


def _case(seed: int) -> Case:
    choose = random.Random(seed)
    ports = choose.choice((1, 1, 2))
    hosts = []
    for place, name in enumerate(("one", "two", "three", "four")[: choose.choice((1, 2, 2, 3, 4))]):
        keys = choose.choice(_KEYS)
        if place < ports and keys == ("off",):  # a plain default host leaves nothing to see
            keys = ("rsa",)
        where = (place,) if place < ports else tuple(sorted(choose.sample(range(ports), choose.randint(1, ports))))
        hosts.append(Host(name, where, keys, _lines(choose, 0.35)))
    used = max(place for host in hosts for place in host.ports) + 1
    return Case(f"seed {seed}", _lines(choose, 0.25) if used <= len(hosts) else "", tuple(hosts))


def _lines(choose: random.Random, chance: float) -> str:
    makers: Sequence[Callable[[random.Random], str]] = (
        _protocol, _cipher_suite, _modern_suites, _switch, _switch, _bound, _command_list, _groups, _signing, _options,
    )  # fmt: skip
    weights = (2.0, 2.0, 0.6, 1.0, 1.0, 0.4, 0.3, 0.6, 0.25, 0.3)
    wanted = [maker for maker, weight in zip(makers, weights, strict=True) if choose.random() < chance * weight]
    choose.shuffle(wanted)
    return "".join(maker(choose) + "\n" for maker in wanted)


def _protocol(choose: random.Random) -> str:
    if choose.random() < 0.3:
        return "SSLProtocol " + choose.choice(("all", "all -SSLv3", "TLSv1.2", "+TLSv1.2 +TLSv1.3", "-all +TLSv1.3"))
    words = (choose.choice(("+", "+", "-", "")) + choose.choice(_PROTOCOLS) for _ in range(choose.randint(1, 4)))
    first = choose.choice(("all ", "", "+TLSv1.2 "))
    return f"SSLProtocol {first}{' '.join(words)}"


def _string(choose: random.Random) -> str:
    elements = [choose.choice(_STARTS)] if choose.random() < 0.8 else []
    count = choose.randint(0, 5)
    elements += [choose.choice(("", "", "!", "-", "+")) + choose.choice(_KEYWORDS) for _ in range(count)]
    if choose.random() < 0.2:
        elements.append("@STRENGTH")
    if choose.random() < 0.55:
        elements.insert(choose.randint(0, len(elements)), f"@SECLEVEL={choose.choice((0, 0, 0, 1, 2))}")
    return ":".join(elements) or "HIGH"


def _cipher_suite(choose: random.Random) -> str:
    return f"SSLCipherSuite {choose.choice(('', '', 'SSL '))}{_string(choose)}"


def _modern_suites(choose: random.Random) -> str:
    names = choose.sample(_MODERN, choose.randint(1, len(_MODERN)))
    value = ":".join(f"TLS_{name}" for name in names)
    return f"{choose.choice(('SSLCipherSuite TLSv1.3', 'SSLOpenSSLConfCmd Ciphersuites'))} {value}"


def _switch(choose: random.Random) -> str:
    return f"{choose.choice(('SSLHonorCipherOrder', 'SSLSessionTickets'))} {choose.choice(('on', 'off'))}"


def _bound(choose: random.Random) -> str:
    value = choose.choice(("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.2", "TLSv1.3", "None"))
    return f"SSLOpenSSLConfCmd {choose.choice(('MinProtocol', 'MaxProtocol'))} {value}"


def _command_list(choose: random.Random) -> str:
    if choose.random() < 0.5:
        return f"SSLOpenSSLConfCmd CipherString {_string(choose)}"
    words = (choose.choice("+-") + choose.choice(("ALL", *_PROTOCOLS[1:])) for _ in range(choose.randint(1, 3)))
    return f"SSLOpenSSLConfCmd Protocol {','.join(words)}"


def _groups(choose: random.Random) -> str:
    names = choose.sample(_GROUPS, choose.randint(1, 4))
    return f"SSLOpenSSLConfCmd {choose.choice(('Groups', 'Curves'))} {':'.join(names)}"


def _signing(choose: random.Random) -> str:
    return f"SSLOpenSSLConfCmd SignatureAlgorithms {':'.join(choose.sample(_SIGNING, choose.randint(1, 4)))}"


def _options(choose: random.Random) -> str:
    return f"SSLOpenSSLConfCmd Options {choose.choice(_OPTIONS)}"
