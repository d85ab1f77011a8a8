"""Switches of a host in the light of a requirement: server order, compression, renegotiation, stapling, tickets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ...diagnostic import Severity
from ...server import Setting
from ..offer import TlsOffer
from ..protocols import Protocol
from .judge import Fault, inherited, is_known
from .model import Level, Requirement

_UNCOMPRESSED_FROM_LEVEL = 2


class Switch(NamedTuple):
    """A directive that is on or off, the value in force, and what either means, with `{hosts}` in it."""

    directive: str
    value: Callable[[TlsOffer], Setting[bool] | None]
    on: str
    off: str


def _compression(offer: TlsOffer) -> Setting[bool] | None:
    """Whether records are compressed in some version that is offered."""
    old = any(one.protocol is not Protocol.TLS1_3 for one in offer.protocols)
    return offer.compression if old and offer.security_level < _UNCOMPRESSED_FROM_LEVEL else None


SWITCHES: Mapping[str, Switch] = MappingProxyType(
    {
        "server-cipher-order": Switch(
            "SSLHonorCipherOrder",
            lambda offer: offer.honors_server_order,
            "the server's order of cipher suites counts for {hosts}",
            "the client's order of cipher suites counts for {hosts}",
        ),
        "compression": Switch(
            "SSLCompression", _compression, "records are compressed by {hosts}", "records are not compressed by {hosts}"
        ),
        "insecure-renegotiation": Switch(
            "SSLInsecureRenegotiation",
            lambda offer: offer.insecure_renegotiation,
            "clients without RFC 5746 may renegotiate with {hosts}",
            "clients without RFC 5746 may not renegotiate with {hosts}",
        ),
        "ocsp-stapling": Switch(
            "SSLUseStapling",
            lambda offer: offer.stapling,
            "OCSP responses are stapled by {hosts}",
            "OCSP responses are not stapled by {hosts}",
        ),
        "session-tickets": Switch(
            "SSLSessionTickets",
            lambda offer: offer.tickets,
            "session tickets are given out by {hosts}",
            "no session tickets are given out by {hosts}",
        ),
    }
)


def switches(requirement: Requirement, offer: TlsOffer) -> Iterator[Fault]:
    """A switch that is not as it is asked for."""
    switch = SWITCHES[requirement.subject]
    setting = switch.value(offer)
    if setting is None or not setting.known or not offer.protocols or setting.value is requirement.ask:
        return
    directive = setting.directive
    word = directive.arguments[-1] if directive is not None and directive.arguments else None
    verb = "requires" if requirement.level is Level.MUST else "recommends"
    wanted = "on" if requirement.ask else "off"
    origin = f"No {switch.directive} is in force: this is the default of httpd {offer.target.httpd}."
    weighs, advice = None, f"Write {switch.directive} {wanted}."
    if not is_known(switch.directive, offer.target):
        advice = f"httpd {offer.target.httpd} has no {switch.directive}: only a newer one can keep the profile."
    elif requirement.subject == "ocsp-stapling" and requirement.ask:
        weighs, advice = _of_stapling(offer, advice)
    yield Fault(
        requirement,
        switch.on if setting.value else switch.off,
        f"{verb} {switch.directive} {wanted}",
        directive,
        word,
        origin=inherited(setting.origin, offer) if directive is not None else origin,
        advice=advice,
        weighs=weighs,
    )


def _of_stapling(offer: TlsOffer, advice: str) -> tuple[Severity | None, str]:
    """What else stapling needs: a cache, and an authority that answers."""
    pairs = offer.credentials.in_force if offer.credentials is not None else ()
    read = [pair.certificate for pair in pairs if pair.certificate is not None]
    if read and not any(one.responders for one in read):
        return Severity.INFO, "The certificate names no OCSP responder: with it, there is nothing to staple."
    if offer.host.server.main.winner("sslstaplingcache") is None:
        return None, f"{advice} It needs an SSLStaplingCache, such as shmcb:ssl_stapling(32768), outside of all hosts."
    return None, advice
