"""A setting that is in force, and where it comes from."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ..configuration.model import Condition, Directive

if TYPE_CHECKING:
    from .host import VirtualHost

T = TypeVar("T")


class Inherited(NamedTuple):
    """The value comes from another host's directive: the main server's, or the default host's of the address."""

    directive: Directive
    host: VirtualHost


class Default(NamedTuple):
    """Nobody says anything: the value is built into `of`, such as `httpd 2.4.66`."""

    of: str


class Unknown(NamedTuple):
    """The value depends on what was not given, such as the server around a fragment."""

    why: str


Origin = Directive | Inherited | Default | Unknown


class Setting(Generic[T]):
    """A setting's effective value, None where it is unset or unknown, with its origin.

    `losers` are the directives that the winner overrides, the nearest last.
    """

    __slots__ = ("losers", "origin", "value")

    def __init__(self, value: T | None, origin: Origin, losers: tuple[Directive, ...] = ()) -> None:
        self.value = value
        self.origin = origin
        self.losers = losers

    @property
    def directive(self) -> Directive | None:
        """The directive that won, wherever it stands."""
        if isinstance(self.origin, Inherited):
            return self.origin.directive
        return self.origin if isinstance(self.origin, Directive) else None

    @property
    def known(self) -> bool:
        """Whether the value is that of this server, set or by default."""
        return not isinstance(self.origin, Unknown)

    @property
    def condition(self) -> Condition | None:
        """The condition under which the winner stands, when its truth can't be known."""
        directive = self.directive
        return directive.condition if directive is not None else None


def usable(directives: Iterable[Directive]) -> list[Directive]:
    """The directives that the server reads for certain, or that a reader must assume it reads."""
    return [one for one in directives if one.condition is None or one.condition.likely]


def assumption(*subjects: Directive | Condition | None) -> tuple[str, ...]:
    """Notes for people on what a finding takes for granted: the unknown conditions around directives."""
    notes: dict[str, None] = {}
    for subject in subjects:
        condition = subject.condition if isinstance(subject, Directive) else subject
        while condition is not None:
            header = condition.header
            place = f"line {header.line} of {posixpath.basename(header.source.path)}"
            what = header.title
            notes[f"This holds if {what} ({place}) does, which can't be known here."] = None
            condition = condition.outer
    return tuple(notes)
