"""The protocol versions that a context allows, as the library keeps them: a range and single bans."""

from __future__ import annotations

from collections.abc import Iterable

from ..configuration.model import Argument
from .confcmd import Command, signed_words
from .protocols import BY_WORD, Protocol


class Bounds:
    """The versions of one context, on which commands act one after the other.

    `enabled` says which argument lets each version in; `decided` which commands had a say. The range's ends are
    kept apart from it: they may cross, until a later command makes a range of them again.
    """

    def __init__(self, enabled: dict[Protocol, Argument | None], known: frozenset[Protocol], range_based: bool) -> None:
        self.enabled = dict(enabled)
        self.known = known
        self.range_based = range_based
        self._range = (min(enabled, default=None), max(enabled, default=None))
        self.banned: dict[Protocol, Command] = {}
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
        lowest, highest = self._range
        if command.name == "MinProtocol":
            lowest = limit or min(self.known)
        else:
            highest = limit or max(self.known)
        self._range = lowest, highest
        before = self.enabled
        inside = (one for one in sorted(self.known) if _between(lowest, one, highest))
        self.enabled = {one: before.get(one, command.argument) for one in inside}

    def _protocol(self, command: Command) -> None:
        for on, meant in _meant(command):
            if on and not self.range_based:
                self.enabled |= dict.fromkeys(sorted((meant & self.known) - self.enabled.keys()), command.argument)
        self.banned = bans([command], self.banned)

    def ban(self, others: dict[Protocol, Command]) -> None:
        """Take over another context's bans."""
        self.banned = {**others, **self.banned}

    @property
    def allowed(self) -> dict[Protocol, Argument | None]:
        """The versions left, with what let each in."""
        return {one: by for one, by in self.enabled.items() if one not in self.banned}

    def remover(self, protocol: Protocol) -> Command | None:
        """The command that took a version out."""
        if protocol in self.banned:
            return self.banned[protocol]
        for command in reversed(self.decided):
            limit = BY_WORD.get(command.value.lower())
            if limit and (protocol < limit if command.name == "MinProtocol" else protocol > limit):
                return command
        return None


def bans(found: Iterable[Command], before: dict[Protocol, Command] | None = None) -> dict[Protocol, Command]:
    """The versions that `Protocol` commands forbid by option bits, each with the command that does."""
    banned = dict(before or {})
    for command in found:
        if command.name != "Protocol":
            continue
        for on, meant in _meant(command):
            for one in meant:
                if on:
                    banned.pop(one, None)
                else:
                    banned[one] = command
    return banned


def _meant(command: Command) -> list[tuple[bool, set[Protocol]]]:
    """The words of a Protocol command: whether each switches on, and what."""
    found = []
    for on, name in signed_words(command.value):
        one = BY_WORD.get(name.lower())
        found.append((on, set(Protocol) if name.upper() == "ALL" else {one} if one else set()))
    return found


def _between(lowest: Protocol | None, protocol: Protocol, highest: Protocol | None) -> bool:
    return (lowest is None or lowest <= protocol) and (highest is None or protocol <= highest)
