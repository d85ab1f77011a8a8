"""The lines of one directive that hosts have in force, each with the hosts that it rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..configuration.model import Argument, Directive, Frame
from ..text import Source, Span
from .host import listing
from .setting import usable

if TYPE_CHECKING:
    from .host import VirtualHost
    from .server import Server


class InForce(NamedTuple):
    """One line, or None where nobody says anything, with the hosts for which it decides."""

    directive: Directive | None
    hosts: tuple[VirtualHost, ...]

    @property
    def source(self) -> Source:
        """Where the line stands; of what nobody says, the first host's."""
        return self._place.source

    @property
    def span(self) -> Span:
        """The line, or the first host's start tag."""
        return self._place.span

    @property
    def frame(self) -> Frame | None:
        """How the server came there."""
        return self._place.frame

    @property
    def _place(self) -> Directive | VirtualHost:
        return self.directive if self.directive is not None else self.hosts[0]

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """What the line says."""
        return self.directive.arguments if self.directive is not None else ()

    @property
    def title(self) -> str:
        """The hosts, as people call them."""
        return listing(self.hosts)


def in_force(server: Server, key: str) -> list[InForce]:
    """A directive's lines in force for the hosts that requests reach, in the order of the hosts.

    Of a server that was not read completely, what nobody says is left out: it may be said elsewhere.
    """
    found: dict[Directive | None, list[VirtualHost]] = {}
    for host in server.hosts:
        if host.sockets or not server.is_complete:
            found.setdefault(host.winner(key), []).append(host)
    lines = (InForce(line, tuple(hosts)) for line, hosts in found.items())
    return [one for one in lines if one.directive is not None or server.is_complete]


def is_overridden(server: Server, directive: Directive) -> bool:
    """Whether a later line of the same name takes over in the same place."""
    siblings = directive.parent.children if directive.parent is not None else server.configuration.children
    for item in reversed(siblings):
        if item is directive:
            return False
        if item.key == directive.key and usable([item]):
            return True
    return False
