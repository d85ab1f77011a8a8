"""Which judge looks at which subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ...server import Server
from . import judge
from .judge import Breach, Judge
from .lists import ciphers, ciphersuites, groups, protocols
from .material import certificates, parameters
from .model import Profile
from .switched import SWITCHES, switches
from .transport import hsts

JUDGES: Mapping[str, Judge] = MappingProxyType(
    {
        "protocols": protocols,
        "ciphers": ciphers,
        "ciphersuites": ciphersuites,
        "groups": groups,
        "dh-bits": parameters,
        **dict.fromkeys(
            (
                "certificate-keys",
                "certificate-curves",
                "certificate-hashes",
                "certificate-days",
                "rsa-bits",
                "ec-bits",
            ),
            certificates,
        ),
        **dict.fromkeys(SWITCHES, switches),
        "hsts-seconds": hsts,
    }
)


def breaches(profiles: Sequence[Profile], server: Server, subjects: Sequence[str]) -> list[Breach]:
    """What the hosts of a server do against what profiles ask on some subjects."""
    return [one for subject in subjects for one in judge.breaches(profiles, server, (subject,), JUDGES[subject])]
