"""Response headers: what the Header lines of a host or place make of them.

Source: modules/metadata/mod_headers.c (`header_inout_cmd`, `do_headers_fixup`). There are two tables: what
is said with `always` goes out with every response, the rest with successful ones only. A response has
the fields of both, the former first: nothing joins them (`ap_http_header_filter`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ..configuration.model import Argument, Directive, Section, walk
from .memory import kept
from .pattern import compile_pattern
from .setting import usable

if TYPE_CHECKING:
    from .host import VirtualHost
    from .sections import Where
    from .server import Server

GIVES = frozenset({"set", "setifempty", "add", "append", "merge"})
_EDITS = frozenset({"edit", "edit*"})
_REFERENCE = re.compile(r"\\([$\\])|\$\d")
_VALUES = {"unset": 0, "echo": 0, "edit": 2, "edit*": 2}


class HeaderLine(NamedTuple):
    """`Header [always|onsuccess] set Name value [condition]`, or a RequestHeader, which has no tables.

    `name` is in lower case. `when` is the condition (`env=…`, `expr=…`) or `early`.
    """

    directive: Directive
    always: bool
    action: Argument
    name: str
    word: Argument
    value: Argument | None = None
    substitution: Argument | None = None
    when: Argument | None = None

    @property
    def does(self) -> str:
        """The action in lower case."""
        return self.action.value.lower()

    @property
    def gives(self) -> bool:
        """Whether it gives responses the header."""
        return self.does in GIVES and self.value is not None

    @property
    def is_early(self) -> bool:
        """Whether it acts before anything else of the request does."""
        return self.when is not None and self.when.value.lower() == "early"

    @property
    def certain(self) -> bool:
        """Whether it acts on every response of its place."""
        return (self.when is None or self.is_early) and self.directive.condition is None

    @property
    def text(self) -> str | None:
        """The value that it gives; None where a request decides."""
        return None if self.value is None else literal(self.value.value)


def literal(value: str) -> str | None:
    """A value without `%` directives; None where a request decides."""
    if value[:5].lower() == "expr=":
        return None
    plain = value.replace("%%", "")
    return None if "%" in plain else value.replace("%%", "%")


def header_line(directive: Directive) -> HeaderLine | None:
    """A Header or RequestHeader line taken apart; None for one that the server refuses."""
    arguments = directive.arguments
    first = arguments[0].value.lower() if arguments and directive.key == "header" else ""
    if first in ("always", "onsuccess"):
        arguments = arguments[1:]
    if len(arguments) < 2:
        return None
    count = _VALUES.get(arguments[0].value.lower(), 1)
    rest = arguments[2:]
    if len(rest) < count:
        return None
    value, substitution = (rest[0] if count else None), (rest[1] if count == 2 else None)
    when = rest[count] if len(rest) > count else None
    name = arguments[1].value.rstrip(":").lower()
    return HeaderLine(directive, first == "always", arguments[0], name, arguments[1], value, substitution, when)


class Field(NamedTuple):
    """A header of responses. `value` is None where a request decides; `certain` whether all responses have it."""

    value: str | None
    line: HeaderLine
    certain: bool


@dataclass(frozen=True, slots=True)
class ResponseHeaders:
    """The fields by header name (in lower case): those of every response, and those of successful ones only."""

    every: dict[str, list[Field]] = field(default_factory=dict)
    successful: dict[str, list[Field]] = field(default_factory=dict)

    def of(self, name: str) -> list[Field]:
        """The fields of a successful response, in the order in which they are sent."""
        return [*self.every.get(name, ()), *self.successful.get(name, ())]


def response_headers(lines: Iterable[HeaderLine]) -> ResponseHeaders:
    """What lines make of a response that has none of their headers before."""
    found = ResponseHeaders()
    ordered = sorted(lines, key=lambda line: not line.is_early)
    for line in ordered:
        table = found.every if line.always else found.successful
        table[line.name] = _after(line, table.get(line.name, []))
    return found


def _after(line: HeaderLine, before: Sequence[Field]) -> list[Field]:
    """The fields of a header after a line."""
    fields = list(before)
    if line.does == "unset":
        return [] if line.certain else [one._replace(certain=False) for one in fields]
    if line.does in _EDITS:
        return [one._replace(value=_edited(line, one.value)) for one in fields]
    return _given(line, fields) if line.gives else fields


def _given(line: HeaderLine, fields: list[Field]) -> list[Field]:
    """The fields after a line that gives the header."""
    mine = Field(line.text, line, line.certain)
    if line.does == "setifempty" and any(one.certain for one in fields):
        return fields
    if line.does == "set" and line.certain:
        return [mine]
    if line.does in ("append", "merge") and fields:
        return _joined(line, fields)
    return [*fields, mine]


def _joined(line: HeaderLine, fields: list[Field]) -> list[Field]:
    """The fields, to the last of which a value is appended: of several httpd makes one."""
    text = line.text if line.certain and len(fields) == 1 else None
    last = fields[-1]
    if text is None or last.value is None:
        return [last._replace(value=None)]
    is_there = line.does == "merge" and text in [part.strip() for part in last.value.split(",")]
    return [last if is_there else last._replace(value=f"{last.value}, {text}")]


def _edited(line: HeaderLine, value: str | None) -> str | None:
    """A value after `edit`; None where that can't be told."""
    return edited(line, value) if value is not None and line.certain else None


def edited(line: HeaderLine, value: str) -> str | None:
    """What `edit` or `edit*` makes of a value; None where that can't be told."""
    template = literal(line.substitution.value) if line.substitution is not None else None
    pattern = compile_pattern(line.value.value) if line.value is not None and template is not None else None
    if pattern is None or template is None or (line.does == "edit*" and pattern.search("") is not None):
        return None
    return pattern.sub(lambda match: _filled(template, match), value, count=int(line.does == "edit"))


def _filled(template: str, match: re.Match[str]) -> str:
    """`ap_pregsub`: `$1` stands for what a group matched, a backslash takes that meaning."""

    def part(found: re.Match[str]) -> str:
        if found.group(1) is not None:
            return found.group(1)
        number = int(found.group()[1:])
        return (match.group(number) or "") if number <= match.re.groups else ""

    return _REFERENCE.sub(part, template)


def lines_of(directives: Iterable[Directive]) -> list[HeaderLine]:
    """The Header lines among directives that the server reads."""
    found = (header_line(one) for one in usable(one for one in directives if one.key == "header"))
    return [line for line in found if line is not None]


def headers_of(host: VirtualHost, where: Where | None = None) -> ResponseHeaders:
    """The response headers of a host outside of its sections, or of a place in it.

    Hosts without lines of their own share those of the main server.
    """
    if where is not None:
        from .merging.layers import request_layers

        layers = request_layers(host, where)
        found = [
            line if layer.truth else line._replace(when=line.when or line.word)
            for layer in layers
            for line in lines_of(layer.items)
        ]
        return response_headers(found)
    owner = host if "header" in host.own else host.server.main
    return _headers_outside(owner)


@kept
def _headers_outside(owner: VirtualHost) -> ResponseHeaders:
    return response_headers(lines_of(owner.all("header")))


@kept
def header_lines(server: Server) -> dict[str, list[HeaderLine]]:
    """Every Header line that the server reads, by the header's name."""
    found: dict[str, list[HeaderLine]] = {}
    for line in lines_of(walk(server.configuration.children)):
        found.setdefault(line.name, []).append(line)
    return found


def said_for(host: VirtualHost, name: str) -> list[HeaderLine]:
    """The lines that give a header to some responses of a host, its sections' and the main server's included."""
    if name not in header_lines(host.server):
        return []
    by_host = _by_host(host.server, name)
    own = by_host.get(host.header, []) if host.header is not None else []
    return [*by_host.get(None, ()), *own]


@kept
def _by_host(server: Server, name: str) -> dict[Section | None, list[HeaderLine]]:
    """The lines that give a header, by the start tag of their host."""
    found: dict[Section | None, list[HeaderLine]] = {}
    for line in header_lines(server)[name]:
        if line.gives:
            around = next((one for one in line.directive.enclosing if one.key == "virtualhost"), None)
            found.setdefault(around, []).append(line)
    return found
