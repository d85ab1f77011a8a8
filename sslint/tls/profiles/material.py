"""Certificates, their keys, and Diffie-Hellman parameters of a host in the light of a requirement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..offer import TlsOffer
from .judge import Fault, refusal, weigh, wish
from .lists import group, mixed, title
from .model import Bound, Level, Requirement

if TYPE_CHECKING:
    from ..certificates import Certificate, Pair

_KINDS: Mapping[str, str] = MappingProxyType({"DSS": "DSA", "ED25519": "Ed25519", "ED448": "Ed448"})
_ELLIPTIC = frozenset({"ECDSA", "ED25519", "ED448"})


def bounded(requirement: Requirement, value: int) -> str:
    """What a profile says of a number; empty where it is content."""
    ask, must = requirement.ask, requirement.level is Level.MUST
    assert isinstance(ask, Bound)
    if ask.least is not None and value < ask.least:
        return f"{'wants' if must else 'recommends'} {ask.least} at least"
    if ask.most is not None and value > ask.most:
        return f"{'allows' if must else 'recommends'} {ask.most} at most"
    return ""


def certificates(requirement: Requirement, offer: TlsOffer) -> Iterator[Fault]:
    """What a host's certificates, as far as they can be read, do against a requirement."""
    held = offer.credentials
    if held is None or held.is_managed:
        return
    pairs = [pair for pair in held.in_force if pair.certificate is not None]
    for pair in pairs:
        assert pair.certificate is not None
        found, demand = _TESTS[requirement.subject](requirement, pair.certificate)
        if demand:
            yield _fault(requirement, pair, found, demand)
    if requirement.subject == "certificate-keys" and len(pairs) == len(held.in_force) and pairs:
        ask = mixed(requirement)
        kinds = [_kind(pair.certificate) for pair in pairs if pair.certificate is not None]
        verdict = weigh(ask, kinds, lambda item, one: item == one)
        for names, single in ((verdict.missing, False), (verdict.lacking, True)):
            if names:
                wanted = wish(requirement, [f"{title(one)} keys" for one in names], single)
                yield _fault(requirement, pairs[0], f"{{hosts}} has no certificate with a key for "
                             f"{' or '.join(map(title, names))}", wanted)  # fmt: skip


def _fault(requirement: Requirement, pair: Pair, found: str, demand: str) -> Fault:
    return Fault(requirement, found, demand, pair.file.directive, pair.file.argument)


def _kind(certificate: Certificate) -> str:
    return _KINDS.get(certificate.key.kind, certificate.key.kind)


Told = tuple[str, str]
"""What is found, and what the profile says to it; that is empty where it is content."""


def _bits(requirement: Requirement, one: Certificate, kinds: frozenset[str]) -> Told:
    if one.key.kind not in kinds:
        return "", ""
    return f"the certificate for {one.title} of {{hosts}} has a key of {one.key.bits} bits ({one.key.title})", bounded(
        requirement, one.key.bits
    )


def _days(requirement: Requirement, one: Certificate) -> Told:
    days = (one.not_after - one.not_before).days
    return f"the certificate for {one.title} of {{hosts}} is valid for {days} days", bounded(requirement, days)


def _key(requirement: Requirement, one: Certificate) -> Told:
    ask = mixed(requirement)
    verdict = weigh(ask._replace(require=(), any=()), [_kind(one)], lambda item, kind: item == kind)
    found = f"the certificate for {one.title} of {{hosts}} has a key of the kind {_kind(one)}"
    return found, refusal(requirement, title, 1) if verdict.extra else ""


def _curve(requirement: Requirement, one: Certificate) -> Told:
    if one.key.kind not in _ELLIPTIC:
        return "", ""
    curve = group(one.key.curve or _kind(one))
    verdict = weigh(mixed(requirement), [curve], lambda item, name: group(str(item)) == name)
    found = f"the certificate for {one.title} of {{hosts}} has a key on the curve {curve}"
    return found, refusal(requirement, title, 1) if verdict.extra else ""


def _hash(requirement: Requirement, one: Certificate) -> Told:
    if one.signature_hash in ("", "unknown"):
        return "", ""
    verdict = weigh(mixed(requirement), [one.signature_hash], lambda item, name: str(item).lower() == name)
    found = f"the certificate for {one.title} of {{hosts}} is signed with {one.signature_hash.upper()}"
    return found, refusal(requirement, title, 1) if verdict.extra else ""


_TESTS: Mapping[str, Callable[[Requirement, Certificate], Told]] = MappingProxyType(
    {
        "rsa-bits": lambda requirement, one: _bits(requirement, one, frozenset({"RSA"})),
        "ec-bits": lambda requirement, one: _bits(requirement, one, _ELLIPTIC),
        "certificate-days": _days,
        "certificate-keys": _key,
        "certificate-curves": _curve,
        "certificate-hashes": _hash,
    }
)


def parameters(requirement: Requirement, offer: TlsOffer) -> Iterator[Fault]:
    """Diffie-Hellman parameters, where some suite uses them."""
    setting = offer.dh
    if setting.bits is None or not offer.known or not any(one.suite.key_exchange == "DH" for one in offer.suites):
        return
    demand = bounded(requirement, setting.bits)
    if demand:
        held = offer.credentials
        directive = setting.directive
        if directive is None and held is not None and held.dh_bits == setting.bits and held.certificate_files:
            directive = held.certificate_files[0].directive
        found = f"the Diffie-Hellman parameters of {{hosts}} have {setting.bits} bits"
        yield Fault(requirement, found, demand, directive, origin=f"They are {setting.why}.")
