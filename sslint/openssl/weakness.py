"""What is wrong with a cipher suite by itself, whoever negotiates it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .suite import Suite

_SMALL_BLOCKS = {"3DES", "DES", "IDEA", "RC2"}


class Weakness(NamedTuple):
    """A fact about a suite: a stable `slug`, a `phrase` that follows "the suite" and a `reference`."""

    slug: str
    phrase: str
    reference: str


_TESTS: tuple[tuple[Weakness, Callable[[Suite], bool]], ...] = (
    (
        Weakness("null", "does not encrypt", "RFC 9325 section 4.1"),
        lambda suite: suite.cipher == "None",
    ),
    (
        Weakness("anonymous", "does not authenticate the server", "RFC 5246 appendix F.1.1.1"),
        lambda suite: suite.au == "None",
    ),
    (
        Weakness("export", "has export-grade keys (FREAK, Logjam)", "CVE-2015-0204, CVE-2015-4000"),
        lambda suite: suite.export,
    ),
    (
        Weakness("sslv2", "belongs to SSLv2 (DROWN)", "RFC 6176, CVE-2016-0800"),
        lambda suite: suite.protocol == "SSLv2",
    ),
    (
        Weakness("rc4", "uses RC4, whose keystream is biased", "RFC 7465, CVE-2013-2566, CVE-2015-2808"),
        lambda suite: suite.cipher == "RC4",
    ),
    (
        Weakness("des", "uses single DES with a key of 56 bits or less", "RFC 5469, RFC 9325 section 4.1"),
        lambda suite: suite.cipher == "DES",
    ),
    (
        Weakness("64-bit-block", "uses a cipher with 64-bit blocks (SWEET32)", "CVE-2016-2183"),
        lambda suite: suite.cipher in _SMALL_BLOCKS,
    ),
    (
        Weakness("md5", "authenticates records with MD5", "RFC 6151"),
        lambda suite: suite.mac == "MD5",
    ),
    (
        Weakness("weak-key", "offers less than 112 bits of security", "RFC 9325 section 4.1"),
        lambda suite: suite.cipher != "None" and min(suite.strength_bits, suite.alg_bits) < 112
        and not suite.cipher.startswith("AESCCM8"),
    ),
    (
        Weakness("short-tag", "authenticates records with a tag of 64 bits", "RFC 6655 section 6.1"),
        lambda suite: suite.cipher == "AESCCM8",
    ),
)  # fmt: skip


def weaknesses(suite: Suite) -> tuple[Weakness, ...]:
    """The weaknesses of a suite, gravest first. The lack of forward secrecy is not one: see `Suite.forward_secret`."""
    return tuple(weakness for weakness, applies in _TESTS if applies(suite))


def gravest(suite: Suite) -> str:
    """The slug of the gravest weakness by which a suite no longer protects anything; empty without one."""
    return next((weakness.slug for weakness in weaknesses(suite) if weakness.slug != "short-tag"), "")
