"""Servers that start, and serve nobody: every handshake fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...configuration.model import Argument, Directive
from ...server import Server, VirtualHost, listing
from ...server.sections import Scope, all_scopes
from ...text import enumeration
from ..certificates import credentials
from ..confcmd import Command, commands
from ..offer import TlsOffer, offers
from ..protocols import Protocol
from . import Effect, StartFailure, blame, by_line, numbered

_PROTOCOL_COMMANDS = ("MinProtocol", "MaxProtocol", "Protocol")
_DECISIVE = ("sslprotocol", "sslciphersuite", "sslopensslconfcmd", "sslsrpverifierfile")
_OTHER_SOURCES = ("verifycafile", "verifycapath", "verifycastore", "chaincafile", "chaincapath", "clientcafile")
"""Commands that bring certificate authorities past mod_ssl's directives."""


def _closed(server: Server) -> list[TlsOffer]:
    """The offers, at addresses where somebody may come, that no version is left of although the server starts.

    Hosts with equal lines at addresses with equal defaults are alike, and thousands of hosts tend to be.
    """
    key = (StartFailure, "closed")
    if key not in server.memory:
        closed: list[TlsOffer] = []
        are_open: set[object] = set()
        signatures = {host: _signature(host) for host in server.hosts}
        for host in server.hosts:
            alike = (signatures[host], *(signatures[socket.default] for socket in host.tls_sockets))
            if alike in are_open or not host.is_tls:
                continue
            found = [one for one in offers(host) if one.known and one.switched_on and not one.protocols]
            closed += found
            if not found:
                are_open.add(alike)
        server.memory[key] = closed
    known = server.memory[key]
    assert isinstance(known, list)
    return known


def _signature(host: VirtualHost) -> object:
    """What a host's lines say about versions and lists, and its keys; None for one that only inherits."""
    keys = _keys(host)
    if keys is None and not any(key in host.own for key in _DECISIVE):
        return None
    return (keys, *(tuple(one.text for one in host.own.get(key, ())) for key in _DECISIVE))


def _keys(host: VirtualHost) -> frozenset[str] | None:
    """The types of a host's keys, where its certificates were read."""
    if not host.server.material.may_read or host.winner("sslcertificatefile") is None:
        return None
    return credentials(host).key_types


def conflicting_commands(server: Server) -> Iterator[StartFailure]:
    """Commands that take out every version that SSLProtocol leaves."""
    found: dict[tuple[str, int], tuple[Command, list[TlsOffer]]] = {}
    for offer in _closed(server):
        command = _excluding(offer)
        if command is not None:
            key = (command.directive.source.path, command.directive.start)
            found.setdefault(key, (command, []))[1].append(offer)
    for command, closed in found.values():
        hosts = list(dict.fromkeys(offer.host for offer in closed))
        asked = closed[0].protocol_setting.directive
        what = _list(closed[0].switched_on)
        source = f"{asked.name} leaves" if asked is not None else "SSLProtocol's default leaves"
        yield blame(
            "protocol-confcmd-conflict",
            Effect.HANDSHAKE,
            command.directive,
            f"nobody can connect to {listing(hosts)}: {source} {what}, and {command.name} {command.value} none of that",
            arguments=(command.argument,),
            label="leaves nothing",
            hosts=hosts,
        )


def _excluding(offer: TlsOffer) -> Command | None:
    """The last command that took part in taking everything out; None where commands are not to blame."""
    if offer.allowed:
        return None
    taking = [one for one in offer.commands if one.name in _PROTOCOL_COMMANDS]
    decided = [one for one in commands(offer.decider.all("sslopensslconfcmd")) if one.name in _PROTOCOL_COMMANDS]
    return next(reversed(taking or decided), None)


def _list(protocols: Iterable[Protocol]) -> str:
    """`TLS 1.2 and TLS 1.3`."""
    return enumeration([one.label for one in sorted(protocols)])


def closed_hosts(server: Server) -> Iterator[StartFailure]:
    """Hosts without a version because of what their lists lack."""
    return _closed_by(server, "nobody-can-connect", weak=False)


def refused_versions(server: Server) -> Iterator[StartFailure]:
    """Hosts that switch on weak versions alone, which the library refuses."""
    return _closed_by(server, "weak-protocols-only", weak=True)


def _closed_by(server: Server, kind: str, *, weak: bool) -> Iterator[StartFailure]:
    found = []
    for offer in _closed(server):
        if not offer.allowed or max(offer.allowed).is_weak is not weak or _lacks_suites_for_key(offer):
            continue
        line, argument = (offer.protocol_setting.directive, None) if weak else _guilty(offer)
        if line is not None:
            found.append((line, argument, offer))
    for directive, hosts in by_line((line, offer.host) for line, _, offer in found):
        argument, offer = next((word, offer) for line, word, offer in found if line is directive)
        newest = max(offer.allowed)
        why = next((one.reason for one in offer.absent if one.protocol is newest), "no version is left")
        yield blame(
            kind,
            Effect.HANDSHAKE,
            directive,
            f"nobody can connect to {listing(hosts)}: of {newest.label}, {why}",
            arguments=(argument,) if argument is not None else (),
            label="closes the host",
            hosts=hosts,
        )


def _guilty(offer: TlsOffer) -> tuple[Directive | None, Argument | None]:
    """The line that leaves no suite: the list of the newest version's suites, groups or signatures."""
    newest = max(offer.allowed)
    if not offer.keys_for(newest):
        return offer.signature_algorithms.directive, None
    if newest is Protocol.TLS1_3:
        if offer.tls13.suites:
            return offer.groups.directive, None
        return offer.tls13.directive, offer.tls13.argument
    return offer.cipher.directive, offer.cipher.argument


# Keys


def suites_without_key(server: Server) -> Iterator[StartFailure]:
    """Cipher strings none of whose suites works with the keys that the certificates have."""
    found = []
    for host in server.hosts:
        if not host.is_tls or host.winner("sslciphersuite", "SSL") is None:
            continue
        found += [(offer.cipher.directive, offer) for offer in offers(host) if _lacks_suites_for_key(offer)]
    for directive, hosts in by_line((line, offer.host) for line, offer in found if line is not None):
        offer = next(offer for line, offer in found if line is directive)
        keys = " and ".join(sorted(offer.key_types or ()))
        closed = not offer.protocols
        what = "nobody can connect" if closed else "no client of TLS 1.2 or older can connect"
        assert offer.cipher.argument is not None
        yield blame(
            "cipher-cert-mismatch",
            Effect.HANDSHAKE,
            directive,
            f"{what} to {listing(hosts)}: no suite of this list works with its {keys} key",
            arguments=(offer.cipher.argument,),
            label="wants another key",
            hosts=hosts,
        )


def _lacks_suites_for_key(offer: TlsOffer) -> bool:
    """Whether a list has suites for TLS 1.2, though none for the keys at hand."""
    if offer.key_types is None or Protocol.TLS1_2 not in offer.allowed or offer.cipher.selected is None:
        return False
    if offer.cipher.argument is None or any(one.protocol is Protocol.TLS1_2 for one in offer.protocols):
        return False
    authentication = {suite.au for suite in offer.cipher.selected.suites}
    return not authentication & (offer.key_types | {"SRP", "PSK"})


# Client certificates


def unverifiable_clients(server: Server) -> Iterator[StartFailure]:
    """Client certificates that are required, with no authority to verify them by."""
    if not server.is_complete:
        return
    required = []
    for host in server.hosts:
        if host.is_tls and not _has_authority(host):
            line = host.winner("sslverifyclient")
            if line is not None and _requires(line):
                required.append((line, host))
            for scope in all_scopes(host.own_scopes):
                inner = scope.last("sslverifyclient")
                if inner is not None and _requires(inner):
                    yield _unverifiable(inner, [host], scope)
    for directive, hosts in by_line(required):
        yield _unverifiable(directive, hosts, None)


def _requires(directive: Directive) -> bool:
    return directive.keyword in ("require", "on")


def _has_authority(host: VirtualHost) -> bool:
    keys = ("sslcacertificatefile", "sslcacertificatepath")
    if any(one.own.get(key) for key in keys for one in (host, host.server.main)):
        return True
    return any(one.values[:1] and one.values[0].lower() in _OTHER_SOURCES for one in host.all("sslopensslconfcmd"))


def _unverifiable(directive: Directive, hosts: list[VirtualHost], scope: Scope | None) -> StartFailure:
    server = hosts[0].server
    code = numbered(server, "AH01897") if scope is None else numbered(server, "AH02261")
    number = f" ({code})" if code else ""
    what = "every client of" if scope is None else f"every request for <{scope.section.name[1:]} {scope.argument}> of"
    return blame(
        "verify-client-without-ca",
        Effect.HANDSHAKE if scope is None else Effect.REQUEST,
        directive,
        f"{what} {listing(hosts)} is turned away: there is no SSLCACertificateFile or SSLCACertificatePath{number}",
        arguments=directive.arguments[:1],
        code=code,
        label="verified by nobody",
        hosts=hosts,
    )


FINDERS = {
    "protocol-confcmd-conflict": conflicting_commands,
    "nobody-can-connect": closed_hosts,
    "weak-protocols-only": refused_versions,
    "cipher-cert-mismatch": suites_without_key,
    "verify-client-without-ca": unverifiable_clients,
}
"""The finders of this module, by kind."""
