"""Which known clients connect to a host, and with which version, suite and group."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..reporters.view import View
from ..server import Server, VirtualHost
from ..tls import TlsOffer, offers
from ..tls.clients import Outcome, clients, simulate

_RED, _YELLOW, _DIM = "31", "33", "2"
_HEADINGS = ("CLIENT", "VERSION", "SUITE", "GROUP")
_WIDEST_NAME = 40
_Met = tuple[str, ...]


class Simulation(NamedTuple):
    """What every client gets from one offer of a host."""

    offer: TlsOffer
    outcomes: tuple[Outcome, ...]

    @property
    def title(self) -> str:
        """The host, and the default host of its address where that is another one."""
        host, default = self.offer.host, self.offer.default
        return host.title if default is host else f"{host.title}, behind {default.title}"

    @property
    def connecting(self) -> int:
        """How many connect."""
        return sum(outcome.connects for outcome in self.outcomes)

    @property
    def forward_secret(self) -> int:
        """How many connect with forward secrecy."""
        return sum(outcome.forward_secret for outcome in self.outcomes)


def simulations(hosts: Server | Iterable[VirtualHost], everything: bool = False) -> list[Simulation]:
    """All hosts with TLS, each at every address with another default host, against current or all clients."""
    chosen = hosts.hosts if isinstance(hosts, Server) else hosts
    known = [client for client in clients() if everything or client.is_current]
    return [
        Simulation(offer, tuple(simulate(client, offer) for client in known))
        for host in chosen
        if host.is_tls and host.tls_sockets
        for offer in offers(host)
    ]


# Lines for a terminal


def client_lines(hosts: Server | Iterable[VirtualHost], view: View, everything: bool = False) -> list[str]:
    """A table for each host; hosts that give every client the same have one table together."""
    found: dict[tuple[_Met, ...], list[Simulation]] = {}
    for one in simulations(hosts, everything):
        found.setdefault(tuple(map(_met, one.outcomes)), []).append(one)
    if not found:
        return ["no host speaks TLS"]
    lines: list[str] = []
    for alike in found.values():
        lines += [*_titles(alike, view), *_table(alike[0], view, everything), ""]
    return lines[:-1]


def _met(outcome: Outcome) -> _Met:
    """What a client gets, for comparison; the host that it meets counts for those that name none."""
    suite = outcome.suite.name if outcome.suite is not None else ""
    version = outcome.protocol.word if outcome.protocol is not None else ""
    return (version, suite, outcome.group, outcome.step, outcome.reason)


def _titles(alike: Sequence[Simulation], view: View) -> list[str]:
    lines = [view.bold(view.cut(one.title, view.width)) for one in alike]
    if alike[0].offer.key_types is None:
        lines.append(view.paint("  its certificates were not read: an RSA and an ECDSA key are assumed", _DIM))
    return lines


def _table(simulation: Simulation, view: View, everything: bool) -> list[str]:
    """The summary, those that connect, and those that fail."""
    outcomes = simulation.outcomes
    rows = [_row(outcome) for outcome in outcomes if outcome.connects]
    widths = [max(map(len, column)) for column in zip(_HEADINGS, *rows, strict=True)]
    lines = [_summary(simulation, everything)]
    if rows:
        lines.append(view.bold("  " + _aligned(_HEADINGS, widths)))
    for outcome in outcomes:
        if outcome.connects:
            style = "" if outcome.forward_secret else _YELLOW
            lines += _wrapped(
                view.paint("  " + _aligned(_row(outcome), widths), style), _remark(outcome, simulation), view
            )
    return lines + _failing(simulation, view)


def _failing(simulation: Simulation, view: View) -> list[str]:
    """Those that fail, by the step and the reason."""
    found: dict[str, list[str]] = {}
    for outcome in simulation.outcomes:
        if not outcome.connects:
            remark = _remark(outcome, simulation)
            text = f"{outcome.step}: {outcome.reason}" + (remark and f"; it {remark}")
            found.setdefault(text, []).append(outcome.client.name)
    lines = [view.bold("  FAILS AT")] if found else []
    for text, names in found.items():
        wrapped = textwrap.wrap(text, view.width - 2, subsequent_indent="    ", break_on_hyphens=False)
        lines += [view.paint("  " + line, _RED) for line in wrapped]
        listed = textwrap.wrap(", ".join(names), view.width - 6, break_on_hyphens=False)
        lines += ["      " + line for line in listed]
    return lines


def _summary(simulation: Simulation, everything: bool) -> str:
    count, kind = len(simulation.outcomes), "known" if everything else "current"
    fails = count - simulation.connecting
    text = (
        f"  {simulation.connecting} of {count} {kind} clients connect, {simulation.forward_secret} with forward secrecy"
    )
    return text + (f"; {fails} fail{'s' * (fails == 1)}" if fails else "")


def _row(outcome: Outcome) -> tuple[str, str, str, str]:
    assert outcome.protocol is not None and outcome.suite is not None, "it connects"
    name = outcome.client.name
    shown = name if len(name) <= _WIDEST_NAME else name[: _WIDEST_NAME - 3] + "..."
    return (shown, outcome.protocol.label, outcome.suite.openssl_name, outcome.group)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _remark(outcome: Outcome, simulation: Simulation) -> str:
    """What a row does not tell."""
    met = outcome.host
    return "" if met is simulation.offer.host else f"names no host, so that it meets {met.title}"


def _wrapped(line: str, remark: str, view: View) -> list[str]:
    return [line] if not remark else [line, view.paint(view.cut("    " + remark, view.width), _DIM)]


# Data for JSON


def client_data(hosts: Server | Iterable[VirtualHost], everything: bool = False) -> list[dict[str, object]]:
    """The same as plain data, one object for each host and default host."""
    return [_simulation_data(one) for one in simulations(hosts, everything)]


def _simulation_data(simulation: Simulation) -> dict[str, object]:
    offer = simulation.offer
    return {
        "host": offer.host.title,
        "default_host": offer.default.title,
        "key_types": None if offer.key_types is None else sorted(offer.key_types),
        "summary": {
            "clients": len(simulation.outcomes),
            "connect": simulation.connecting,
            "forward_secrecy": simulation.forward_secret,
        },
        "clients": [_outcome_data(outcome) for outcome in simulation.outcomes],
    }


def _outcome_data(outcome: Outcome) -> dict[str, object]:
    suite, protocol = outcome.suite, outcome.protocol
    return {
        "name": outcome.client.name,
        "current": outcome.client.is_current,
        "meets": outcome.host.title,
        "connects": outcome.connects,
        "protocol": None if protocol is None else protocol.word,
        "suite": None if suite is None else suite.openssl_name,
        "iana": None if suite is None else suite.iana,
        "group": outcome.group or None,
        "forward_secrecy": outcome.forward_secret,
        "fails_at": outcome.step or None,
        "reason": outcome.reason or None,
    }
