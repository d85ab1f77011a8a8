"""SSLOpenSSLConfCmd: library settings that mod_ssl applies after all others.

Sources: `ssl_cmd_SSLOpenSSLConfCmd`, `ssl_init_ctx` of mod_ssl; OpenSSL's ssl/ssl_conf.c.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..configuration.model import Argument, Directive
from .protocols import BY_WORD, Protocol

_NAMES = {name.lower(): name for name in ("Protocol", "MinProtocol", "MaxProtocol", "CipherString", "Ciphersuites")}


class Command(NamedTuple):
    """One command with its value."""

    name: str
    value: str
    argument: Argument
    directive: Directive


def commands(directives: Iterable[Directive]) -> list[Command]:
    """The commands about protocols and suites, in the order in which they are applied."""
    found = []
    for directive in directives:
        arguments = directive.arguments
        name = _NAMES.get(arguments[0].value.lower()) if len(arguments) == 2 else None
        if name is not None:
            found.append(Command(name, arguments[1].value, arguments[1], directive))
    return found


def last(found: Iterable[Command], name: str) -> Command | None:
    """The command of a name that is applied last."""
    result = None
    for command in found:
        if command.name == name:
            result = command
    return result


class Bounds:
    """The versions that a context allows, as the library keeps them: a range and single bans.

    `enabled` says which argument lets each version in; `decided` which directives had a say.
    """

    def __init__(self, enabled: dict[Protocol, Argument | None], known: frozenset[Protocol], range_based: bool) -> None:
        self.enabled = dict(enabled)
        self.known = known
        self.range_based = range_based
        self.banned: set[Protocol] = set()
        self.decided: list[Command] = []

    def apply(self, command: Command) -> None:
        """Let one command act."""
        self.decided.append(command)
        if command.name == "Protocol":
            self._protocol(command)
        elif command.name in ("MinProtocol", "MaxProtocol") and self.range_based:
            self._bound(command)

    def _bound(self, command: Command) -> None:
        limit = BY_WORD.get(command.value.lower())
        if limit is None and command.value.lower() != "none":
            return
        lowest, highest = min(self.enabled, default=None), max(self.enabled, default=None)
        if command.name == "MinProtocol":
            lowest = limit or min(self.known)
        else:
            highest = limit or max(self.known)
        before = self.enabled
        inside = (one for one in sorted(self.known) if _between(lowest, one, highest))
        self.enabled = {one: before.get(one, command.argument) for one in inside}

    def _protocol(self, command: Command) -> None:
        for word in command.value.split(","):
            sign, name = (word.strip()[:1], word.strip()[1:]) if word.strip()[:1] in ("+", "-") else ("", word.strip())
            one = BY_WORD.get(name.lower())
            meant = set(Protocol) if name.upper() == "ALL" else {one} if one else set()
            if sign == "-":
                self.banned |= meant
                continue
            self.banned -= meant
            if not self.range_based:
                self.enabled |= dict.fromkeys(sorted((meant & self.known) - self.enabled.keys()), command.argument)

    @property
    def allowed(self) -> dict[Protocol, Argument | None]:
        """The versions left, with what let each in."""
        return {one: by for one, by in self.enabled.items() if one not in self.banned}

    def remover(self, protocol: Protocol) -> Command | None:
        """The command that took a version out."""
        for command in reversed(self.decided):
            if command.name == "Protocol" and protocol in self.banned:
                return command
            limit = BY_WORD.get(command.value.lower())
            if limit and (protocol < limit if command.name == "MinProtocol" else protocol > limit):
                return command
        return None


def _between(lowest: Protocol | None, protocol: Protocol, highest: Protocol | None) -> bool:
    return (lowest is None or lowest <= protocol) and (highest is None or protocol <= highest)
