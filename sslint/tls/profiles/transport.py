"""Strict-Transport-Security of a host in the light of a requirement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...server import Reach
from ...server.responses import Field, headers_of, said_for
from ...text import leading_number
from ..offer import TlsOffer
from .judge import Fault
from .material import bounded
from .model import Bound, Level, Requirement

_NAME = "strict-transport-security"
_AGE = re.compile(r"(?:^|;)\s*max-age\s*=\s*\"?(\d+)", re.IGNORECASE)
_HALF_A_YEAR = 15_552_000
_ELSEWHERE = "What an application or a backend sends by itself can't be seen here."


def hsts(requirement: Requirement, offer: TlsOffer) -> Iterator[Fault]:
    """A header that is missing, or whose time is too short; nothing where requests decide."""
    ask = requirement.ask
    assert isinstance(ask, Bound)
    fields = _fields(offer)
    if not fields:
        if ask.least is not None and not offer.host.server.is_fragment and not said_for(offer.host, _NAME):
            verb = "requires" if requirement.level is Level.MUST else "recommends"
            yield Fault(
                requirement,
                "no Strict-Transport-Security is sent by {hosts}",
                f"{verb} it with a max-age of {ask.least} at least",
                None,
                origin=_ELSEWHERE,
                advice=f'Write Header always set Strict-Transport-Security "max-age={worth(ask)}".',
            )
        return
    first = fields[0]  # browsers heed no other (RFC 6797 8.1)
    if first.value is None or not first.certain:
        return
    age = _AGE.search(first.value)
    seconds = leading_number(age.group(1)) if age else 0
    demand = bounded(requirement, seconds)
    if demand:
        line = first.line
        yield Fault(requirement, f"Strict-Transport-Security of {{hosts}} holds for {seconds} seconds", demand,
                    line.directive, line.value)  # fmt: skip


def worth(ask: Bound) -> int:
    """The time to write: what is asked for, or half a year, below which browsers forget too soon."""
    return max(ask.least or 0, _HALF_A_YEAR)


def _fields(offer: TlsOffer) -> list[Field]:
    """The header as responses for the site's first page have it."""
    host = offer.host
    found = headers_of(host).of(_NAME)
    if found or not said_for(host, _NAME):
        return found
    where = Reach.of(host.server).mapper(host).where("/")
    return headers_of(host, where).of(_NAME)
