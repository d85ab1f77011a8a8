"""The servers that were analysed, as they are asked about one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from ..analysis import Survey
from ..configuration import Directive, Section, walk
from ..knowledge.targets import DEFAULT, Target
from ..server import Server, VirtualHost
from ..units import Unit


class Reading(NamedTuple):
    """A unit that reads a file, the file's name there, and its server, which is built when it is asked for."""

    unit: Unit
    name: str
    server: Callable[[], Server]
    lines: Callable[[], dict[tuple[str, int], list[Directive]]]

    def at(self, start: int) -> list[Directive]:
        """The directives, as the server reads them, whose line begins there; of a macro's text one for each use."""
        return self.lines().get((self.name, start), [])

    def host_of(self, directive: Directive) -> VirtualHost:
        """The host that a directive stands in, whatever sections are between."""
        server = self.server()
        headers = {id(host.header): host for host in server.hosts[1:]}
        sections = [directive, *directive.enclosing] if isinstance(directive, Section) else directive.enclosing
        return next((headers[id(one)] for one in sections if id(one) in headers), server.main)

    def outside(self) -> tuple[str, ...]:
        """The names of the sections around the file's first including line, outermost first."""
        links = self.unit.configuration.includes.get(self.name, [])
        chain = [section for link in links[:1] for one in (link, *link.frame.chain) for section in one.enclosing]
        return tuple(section.name[1:] for section in dict.fromkeys(reversed(chain)))


class _Member:
    """One unit with what is worked out of it once."""

    def __init__(self, unit: Unit, server: Callable[[], Server]) -> None:
        self.unit = unit
        self.server = server

    @cached_property
    def names(self) -> dict[str, str]:
        """What the server calls the files that it reads, by their real paths, those behind links included."""
        found: dict[str, str] = {}
        for name in self.unit.configuration.sources:
            found.setdefault(self.unit.files.resolve(name), name)
        found.update({self.unit.path_map.real(name): name for name in self.unit.configuration.sources})
        return found

    @cached_property
    def lines(self) -> dict[tuple[str, int], list[Directive]]:
        """What is read, by the file's name and the offset of the line."""
        found: dict[tuple[str, int], list[Directive]] = {}
        for item in walk(self.unit.configuration.children):
            found.setdefault((item.source.path, item.start), []).append(item)
        return found


class Project:
    """The units of one analysis; none where there was none yet."""

    def __init__(self, survey: Survey | None, resolve: Callable[[str], str]) -> None:
        pairs = zip(survey.units, survey.servers, strict=True) if survey is not None else ()
        self._members = [_Member(unit, server) for unit, server in pairs]
        self._resolve = resolve

    def readings(self, path: str) -> Iterator[Reading]:
        """The units that read a file."""
        for one in self._members:
            name = one.names.get(path) or one.names.get(self._resolve(path))
            if name is not None:
                yield Reading(one.unit, name, one.server, lambda one=one: one.lines)  # type: ignore[misc]

    def reading(self, path: str) -> Reading | None:
        """The first of them."""
        return next(self.readings(path), None)

    def target(self, path: str) -> Target:
        """What a file is read for."""
        found = self.reading(path)
        return found.unit.configuration.target if found is not None else DEFAULT
