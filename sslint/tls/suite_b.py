"""Suite B (RFC 6460): what a cipher string that begins with `SUITEB…` restricts besides the suites."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from .suites import CipherSetting


class SuiteB(NamedTuple):
    """The groups, in order, and the signature algorithms that are left; the server's order then counts.

    tls1_get_supported_groups and tls12_get_psigalgs in ssl/t1_lib.c, ssl3_choose_cipher in ssl/s3_lib.c.
    """

    groups: tuple[str, ...]
    signature_algorithms: str


_128 = SuiteB(("P-256", "P-384"), "ecdsa_secp256r1_sha256:ecdsa_secp384r1_sha384")
_BY_WORD: Mapping[str, SuiteB] = MappingProxyType(
    {
        "SUITEB128ONLY": SuiteB(("P-256",), "ecdsa_secp256r1_sha256"),
        "SUITEB128C2": _128,
        "SUITEB128": _128,
        "SUITEB192": SuiteB(("P-384",), "ecdsa_secp384r1_sha384"),
    }
)


def suite_b(cipher: CipherSetting) -> SuiteB | None:
    """The restrictions of a cipher string; None where it does not begin with such a word."""
    if cipher.selected is None or not cipher.selected.suite_b:
        return None
    return _BY_WORD.get(cipher.selected.elements[0].words[0])
