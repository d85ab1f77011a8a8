"""Suites that no longer protect anything, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sslint.api import OfferedSuite, Suite, TlsOffer, gravest, with_value

from ._offering import Offering

CLASSES = {
    "null": "no encryption",
    "anonymous": "no authentication",
    "export": "export-grade keys",
    "sslv2": "SSLv2",
    "rc4": "RC4",
    "des": "single DES",
    "64-bit-block": "",
    "md5": "MD5",
    "weak-key": "less than 112 bits",
}
"""The weaknesses that count here, gravest first, as messages call them; empty where the cipher's name says it."""
_EXCLUSIONS = {
    "null": "!eNULL", "anonymous": "!aNULL", "export": "!EXP", "sslv2": "!SSLv2", "rc4": "!RC4", "des": "!DES",
    "md5": "!MD5", "weak-key": "!LOW",
}  # fmt: skip
_RECOMMENDED = (
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
    "DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384",
    "HIGH:!aNULL:!eNULL:!EXP:!LOW:!MEDIUM:!MD5:!RC4:!3DES:!IDEA",
)
"""Lists to fall back on; the first that the target's OpenSSL makes something harmless of is taken."""


def message(offering: Offering) -> str:
    """What happens, and to whom."""
    count = len(offering.suites)
    verb = "weak cipher suite is" if count == 1 else "weak cipher suites are"
    return f"{count} {verb} offered by {offering.whom}: {_classes(offering.suites)}"


def _classes(weak: Iterable[OfferedSuite]) -> str:
    """The suites by their gravest weakness, each class with examples."""
    found: dict[str, list[str]] = {}
    for one in sorted(weak, key=lambda one: list(CLASSES).index(gravest(one.suite))):
        slug = gravest(one.suite)
        found.setdefault(CLASSES[slug] or one.suite.cipher, []).append(one.suite.openssl_name)
    return "; ".join(f"{name} ({_some(names)})" for name, names in found.items())


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def mended(offer: TlsOffer) -> str | None:
    """A value that leaves exactly the good suites; else a recommended one; None where none is harmless."""
    selected = offer.cipher.selected
    if selected is not None:
        exclusions = {suite: exclusion(suite) for suite in selected.suites}
        good = {suite.name for suite, word in exclusions.items() if not word}
        words = dict.fromkeys(word for word in exclusions.values() if word)
        candidate = ":".join(["DEFAULT" if offer.cipher.value is None else offer.cipher.value, *words])
        after = with_value(candidate, offer.target)
        is_enough = any(one.suite.name in good for one in offer.suites)  # else nobody could connect
        if is_enough and after is not None and set(after.names) == good:
            return candidate
    return recommended(offer)


def recommended(offer: TlsOffer) -> str | None:
    """The first list to fall back on that the target's OpenSSL makes something harmless of."""
    return next((value for value in _RECOMMENDED if _is_harmless(value, offer)), None)


def exclusion(suite: Suite) -> str:
    """The element that takes a weak suite out, with others of its kind; empty for a good suite."""
    slug = gravest(suite)
    return "!" + suite.cipher if slug == "64-bit-block" else _EXCLUSIONS.get(slug, "")


def _is_harmless(value: str, offer: TlsOffer) -> bool:
    after = with_value(value, offer.target)
    return after is not None and not any(map(exclusion, after.suites))
