"""The protocol versions that SSLProtocol and commands of the library leave, before the library has its say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..configuration.model import Argument, Directive
from ..lazily import lazy
from ..server import Setting, Unknown
from .bounds import Bounds, bans
from .confcmd import Command
from .context import Context
from .protocols import Protocol, available, default_protocols, is_range, switch_on, without_gaps


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


class VersionRange(Context):
    """The versions that are switched on for a host: by its decider's range, less the bans of all contexts."""

    @lazy
    def protocol_setting(self) -> Setting[tuple[Argument, ...]]:
        """The SSLProtocol in force."""
        return self.decider.setting("sslprotocol")

    @property
    def known(self) -> bool:
        """Whether the protocols depend on nothing outside what was read."""
        return not isinstance(self.protocol_setting.origin, Unknown) or self.is_ruled_by_commands

    @property
    def is_ruled_by_commands(self) -> bool:
        """Whether a command of the library says what the oldest version is, or all of them."""
        return any(command.name in ("MinProtocol", "Protocol") for command in self._commands_of[self.decider])

    @lazy
    def switched_on(self) -> Mapping[Protocol, Argument | None]:
        """The versions that SSLProtocol, or its default, asks for."""
        arguments = self.protocol_setting.value
        if arguments is None:
            return dict.fromkeys(sorted(default_protocols(self.target)))
        enabled = switch_on((argument.value for argument in arguments), self.target)
        return {protocol: arguments[index] for protocol, index in enabled.items()}

    @lazy
    def _bounds(self) -> Bounds:
        """The decider's range, with the bans of every context that the connection passes."""
        kept = without_gaps(self.switched_on, self.target)
        start = {one: by for one, by in self.switched_on.items() if one in kept}
        bounds = Bounds(start, available(self.target), is_range(self.target))
        for command in self._commands_of[self.decider]:
            bounds.apply(command)
        if is_range(self.target):
            for host, others in self._commands_of.items():
                if host is not self.decider:
                    bounds.ban(bans(others))
        return bounds

    def remover(self, protocol: Protocol) -> Command | None:
        """The SSLOpenSSLConfCmd that takes a version out."""
        return self._bounds.remover(protocol) if protocol not in self._bounds.allowed else None
