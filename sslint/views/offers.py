"""What hosts offer to TLS clients, at a glance and in full."""

from __future__ import annotations

from collections.abc import Iterable

from ..configuration.model import Directive
from ..openssl import Suite, weaknesses
from ..tls import Protocol, TlsOffer
from .places import Data, Name, directive_data, origin_data, setting_data


def glance(offer: TlsOffer, dash: str) -> str:
    """`TLS 1.2-1.3, 17 suites`."""
    if not offer.known:
        return "TLS, versions unknown"
    versions = [one.protocol for one in offer.protocols]
    if not versions:
        return "TLS, but no version that works"
    count = len(_suites(offer))
    return f"{_range(versions, dash)}, {count} suite{'s' * (count != 1)}"


def _range(versions: list[Protocol], dash: str) -> str:
    """`TLS 1.0-1.2` of neighbours, `SSLv3, TLS 1.2` of others."""
    everything = [one for one in Protocol if one >= Protocol.TLS1]
    runs: list[list[Protocol]] = []
    for one in versions:
        follows = runs and one in everything and runs[-1][-1] in everything
        if follows and everything.index(one) == everything.index(runs[-1][-1]) + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    shown = [run[0].label if len(run) == 1 else f"{run[0].label}{dash}{run[-1].label[4:]}" for run in runs]
    return ", ".join(shown)


def weak_points(offer: TlsOffer) -> list[str]:
    """What a glance should not miss: old versions, and what is wrong with suites."""
    found = [one.protocol.label for one in offer.protocols if one.protocol.is_weak]
    return found + sorted({fault.slug for suite in _suites(offer) for fault in weaknesses(suite)})


def _suites(offer: TlsOffer) -> list[Suite]:
    """All suites that some client can get, TLS 1.3's first."""
    versions = sorted((one.protocol for one in offer.protocols), reverse=True)
    return list(dict.fromkeys(suite for version in versions for suite in offer.suites_for(version)))


def offer_data(offer: TlsOffer, name: Name) -> dict[str, Data]:
    """The offer in full: each element with its origin, each absence with its reason."""
    switches = {
        "honors_server_order": offer.honors_server_order,
        "session_tickets": offer.tickets,
        "compression": offer.compression,
        "insecure_renegotiation": offer.insecure_renegotiation,
        "stapling": offer.stapling,
    }
    return {
        "decided_by": offer.decider.title,
        "known": offer.known,
        "protocols": [
            {
                "name": one.protocol.word,
                "weak": one.protocol.is_weak,
                "origin": _directive(one.directive, name) or origin_data(offer.protocol_setting.origin, name),
            }
            for one in offer.protocols
        ],
        "absent": [
            {"name": one.protocol.word, "reason": one.reason, "configured": one.held_back} for one in offer.absent
        ],
        **_suites_data(offer, name),
        **_lists_data(offer, name),
        **{key: setting_data(setting, name) for key, setting in switches.items()},
        "verify_client": setting_data(offer.verify_client, name),
        "verify_depth": setting_data(offer.verify_depth, name),
        "security_level": offer.security_level,
        "key_types": _sorted(offer.key_types),
        "weak": _list(weak_points(offer)),
        "failures": _list(offer.failures),
    }


def _suites_data(offer: TlsOffer, name: Name) -> dict[str, Data]:
    suites: dict[str, Data] = {
        one.protocol.word: _list(suite.openssl_name for suite in offer.suites_for(one.protocol))
        for one in offer.protocols
    }
    cipher, newer = offer.cipher, offer.tls13
    return {
        "suites": suites,
        "cipher_string": {
            "value": cipher.value,
            "in_force": cipher.text,
            "origin": _directive(cipher.directive, name) or origin_data(cipher.setting.origin, name),
            "error": cipher.error,
        },
        "tls13_ciphersuites": {
            "value": newer.value,
            "origin": _directive(newer.directive, name),
            "error": newer.error,
        },
    }


def _lists_data(offer: TlsOffer, name: Name) -> dict[str, Data]:
    groups, algorithms, dh = offer.groups, offer.signature_algorithms, offer.dh
    return {
        "groups": {
            "value": groups.value,
            "names": _list(groups.names),
            "origin": origin_data(groups.origin, name),
            "error": groups.error,
        },
        "signature_algorithms": {"value": algorithms.value, "origin": _directive(algorithms.directive, name)},
        "dh": {"bits": dh.bits, "why": dh.why, "origin": _directive(dh.directive, name)},
    }


def _directive(directive: Directive | None, name: Name) -> Data:
    return {"kind": "directive", **directive_data(directive, name)} if directive is not None else None


def _list(values: Iterable[str]) -> Data:
    return list(values)


def _sorted(values: Iterable[str] | None) -> Data:
    return None if values is None else _list(sorted(values))
