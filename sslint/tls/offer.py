"""What one virtual host would negotiate, and which line decided it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from ..configuration.model import Argument, Directive
from ..server import Default, Setting, Unknown, VirtualHost
from .confcmd import Bounds, Command, commands
from .protocols import (
    Protocol,
    available,
    barred_by_level,
    default_protocols,
    is_range,
    policy_floor,
    switch_on,
    without_gaps,
)
from .suites import CipherSetting, OfferedSuite, cipher_setting, default_level, missing_ciphers, offered_suites


class OfferedProtocol(NamedTuple):
    """A version that a client can get. `argument` of `directive` lets it in; None where it is a default."""

    protocol: Protocol
    argument: Argument | None
    directive: Directive | None


class Absence(NamedTuple):
    """Why a version is not offered. `held_back` is True where the configuration asks for it all the same."""

    protocol: Protocol
    reason: str
    held_back: bool = False
    argument: Argument | None = None


class TlsOffer:
    """What a host would negotiate with the target's httpd and OpenSSL.

    `decider` is the host whose SSLProtocol counts. `protocols` are the versions in order of age,
    `suites` the suites in the server's order. Nothing here raises: what keeps the server from
    starting or every client from connecting is told in `failures`.
    """

    def __init__(self, host: VirtualHost, decider: VirtualHost | None = None) -> None:
        self.host = host
        self.decider = decider or host.deciders[0]
        self.target = host.server.target

    @cached_property
    def _twin(self) -> TlsOffer:
        """The server's first offer that follows from equal lines; it is asked for all that names no place.

        Thousands of hosts tend to share a few texts: working their offers out one by one takes most
        of the time of a check.
        """
        host = self.host
        lines = (self.decider.winner("sslprotocol"), host.winner("sslciphersuite", "SSL"))
        texts = tuple(None if line is None else line.text for line in lines)
        appended = (one.text for one in host.all("sslopensslconfcmd"))
        key = (TlsOffer, texts, tuple(appended), bool(host.all("sslsrpverifierfile")))
        found = host.server.memory.setdefault(key, self)
        assert isinstance(found, TlsOffer)
        return found

    @cached_property
    def protocol_setting(self) -> Setting[tuple[Argument, ...]]:
        """The SSLProtocol in force."""
        return self.decider.setting("sslprotocol")

    @property
    def known(self) -> bool:
        """Whether the protocols depend on nothing outside what was read."""
        return not isinstance(self.protocol_setting.origin, Unknown) or self._ruled_by_commands

    @cached_property
    def commands(self) -> list[Command]:
        """The SSLOpenSSLConfCmd lines about protocols and suites, in the order of their application."""
        return commands(self.host.all("sslopensslconfcmd"))

    @property
    def _ruled_by_commands(self) -> bool:
        return any(command.name in ("MinProtocol", "Protocol") for command in self.commands)

    @cached_property
    def switched_on(self) -> Mapping[Protocol, Argument | None]:
        """The versions that SSLProtocol, or its default, asks for."""
        arguments = self.protocol_setting.value
        if arguments is None:
            return dict.fromkeys(sorted(default_protocols(self.target)))
        enabled = switch_on((argument.value for argument in arguments), self.target)
        return {protocol: arguments[index] for protocol, index in enabled.items()}

    @cached_property
    def _bounds(self) -> Bounds:
        kept = without_gaps(self.switched_on, self.target)
        start = {one: by for one, by in self.switched_on.items() if one in kept}
        bounds = Bounds(start, available(self.target), is_range(self.target))
        for command in self.commands:
            bounds.apply(command)
        return bounds

    @cached_property
    def cipher(self) -> CipherSetting:
        """The cipher string for TLS 1.2 and older, as the library gets it."""
        return cipher_setting(self.host, self.commands)

    @property
    def security_level(self) -> int:
        """The security level in force: the cipher string's, else the target's; 0 before OpenSSL 1.1.0."""
        level = self.cipher.security_level
        return default_level(self.target) if level is None else level

    @property
    def allowed(self) -> frozenset[Protocol]:
        """The versions that the lines leave switched on, whether or not the library offers them."""
        return self._twin._allowed

    @cached_property
    def _allowed(self) -> frozenset[Protocol]:
        return frozenset(self._bounds.allowed)

    @cached_property
    def protocols(self) -> tuple[OfferedProtocol, ...]:
        """The versions that a client can get."""
        allowed = self._bounds.allowed
        return tuple(
            OfferedProtocol(one, by, self._directive(by))
            for one, by in sorted(allowed.items())
            if not self._twin._barriers[one]
        )

    def _directive(self, argument: Argument | None) -> Directive | None:
        """The directive that a word belongs to."""
        for command in self.commands:
            if command.argument is argument:
                return command.directive
        return None if argument is None else self.protocol_setting.directive

    @cached_property
    def absent(self) -> tuple[Absence, ...]:
        """Every version that is not offered, with the reason."""
        offered = {one.protocol for one in self.protocols}
        return tuple(self._absence(one) for one in Protocol if one not in offered)

    @cached_property
    def _barriers(self) -> dict[Protocol, str]:
        return {protocol: self._barrier(protocol) for protocol in self._allowed}

    def _barrier(self, protocol: Protocol) -> str:
        """Why the library refuses a version that is switched on; empty if it does not."""
        floor = policy_floor(self.target) if isinstance(self.protocol_setting.origin, Default) else None
        if floor is not None and protocol < floor and not self._ruled_by_commands:
            return f"the crypto policy of {self.target.preset} starts at {floor.label}"
        if barred_by_level(protocol, self.security_level, self.target):
            return f"OpenSSL {self.target.openssl} refuses it at security level {self.security_level}"
        if (
            protocol is not Protocol.TLS1_3
            and self.cipher.selected
            and self.cipher.known
            and not self._usable((protocol,))
        ):
            return "no cipher suite of the list works with it"
        return ""

    def _absence(self, protocol: Protocol) -> Absence:
        bounds = self._bounds
        if protocol in bounds.allowed:
            return Absence(protocol, self._twin._barriers[protocol], True, bounds.allowed[protocol])
        if protocol not in available(self.target):
            return Absence(protocol, f"httpd {self.target.httpd} with OpenSSL {self.target.openssl} does not have it")
        remover = bounds.remover(protocol)
        if remover is not None:
            return Absence(protocol, f"SSLOpenSSLConfCmd {remover.name} {remover.value} takes it out")
        if protocol in self.switched_on:
            return Absence(protocol, "a newer version is switched off, which cuts off everything below it")
        return Absence(protocol, "it is not switched on")

    @property
    def suites(self) -> tuple[OfferedSuite, ...]:
        """The suites that a client of some offered version can get, in the server's order."""
        return self._twin._suites

    @cached_property
    def _suites(self) -> tuple[OfferedSuite, ...]:
        return self._usable(tuple(one.protocol for one in self.protocols))

    def _usable(self, protocols: tuple[Protocol, ...]) -> tuple[OfferedSuite, ...]:
        """The suites of the list that work with some version; none where the library refuses the list."""
        selected = self.cipher.selected
        if selected is None:
            return ()
        has_srp = bool(self.host.all("sslsrpverifierfile"))
        missing = missing_ciphers(self.target)
        return offered_suites(self.cipher.text, selected.library, protocols, self.security_level, has_srp, missing)

    @property
    def failures(self) -> tuple[str, ...]:
        """What keeps the server from starting, or every client from connecting."""
        found = []
        if not self.switched_on:
            found.append("SSLProtocol leaves no version: the server does not start (AH02231)")
        elif not self.protocols:
            found.append("no version is left that the library would negotiate: every handshake fails")
        if self.cipher.error:
            found.append(f"{self.cipher.error}: the server does not start (AH01898)")
        return tuple(found)


def offer(host: VirtualHost, decider: VirtualHost | None = None) -> TlsOffer:
    """What a host would negotiate; `decider` picks one of `host.deciders` where there are several."""
    return TlsOffer(host, decider)


def offers(host: VirtualHost) -> list[TlsOffer]:
    """What a host would negotiate at each of its addresses."""
    return [TlsOffer(host, decider) for decider in host.deciders]
