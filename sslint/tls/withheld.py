"""Why a suite that the cipher string selects is never negotiated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .offer import TlsOffer
from .protocols import Protocol
from .suites import missing_ciphers

if TYPE_CHECKING:
    from ..openssl import Library, Suite

_NEVER = dict.fromkeys(("PSK", "RSAPSK", "DHEPSK", "ECDHEPSK"), "httpd has no pre-shared keys") | {
    "KRB5": "Kerberos is not set up"
}
_KEY_NAMES = {"DSS": "DSA"}


class Withheld(NamedTuple):
    """A suite that is configured, and what keeps every client from getting it."""

    suite: Suite
    reason: str


def withheld(offer: TlsOffer) -> tuple[Withheld, ...]:
    """The suites of the cipher string that no handshake can end with, in the order of the list."""
    if offer.cipher.selected is None or offer.build is None:
        return ()
    offered = {one.suite for one in offer.suites}
    versions = [one.protocol for one in offer.protocols if one.protocol is not Protocol.TLS1_3]
    return tuple(
        Withheld(suite, next(_reasons(suite, offer, offer.build, versions)))
        for suite in offer.cipher.selected.suites
        if suite not in offered
    )


def _reasons(suite: Suite, offer: TlsOffer, build: Library, versions: Sequence[Protocol]) -> Iterator[str]:
    """What holds a suite back, the most certain first."""
    from ..openssl import usable

    level = offer.security_level
    if not any(usable(build, (suite,), one.word, 0) for one in versions):
        yield "it works with none of the versions that are offered"
    if suite.cipher in missing_ciphers(offer.target):
        yield f"the target's OpenSSL has no {suite.cipher}"
    if suite.key_exchange in _NEVER:
        yield _NEVER[suite.key_exchange]
    if suite.key_exchange == "SRP" and not offer.host.all("sslsrpverifierfile"):
        yield "no SSLSRPVerifierFile is set"
    if not any(usable(build, (suite,), one.word, level) for one in versions):
        yield f"security level {level} refuses it"
    if not any(suite.au in offer.keys_for(one) for one in versions):
        yield f"the server has no {_KEY_NAMES.get(suite.au, suite.au)} key that may be used"
    yield "no group of the list works with it"
