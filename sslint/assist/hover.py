"""What is this: the directive's facts, its value in force here and where that comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..configuration import Directive, Section
from ..explain import explain
from ..openssl.expansion import Expansion, expansion
from ..openssl.weakness import weaknesses
from ..registry import Registry, UnknownRule
from ..server import Scope, Where
from ..server.merging.effective import of_layers
from ..server.merging.layers import request_layers
from ..syntax import Tree, parse
from ..text import Source, Span
from ..tls.suites import default_level, target_library
from ..views.in_force import InForce, in_force, shown
from ..views.places import origin_text, place_text
from .cursor import Cursor, cursor
from .facts import facts_of, lines, page_of
from .markdown import code, plain
from .project import Project, Reading

_COMMENT = re.compile(r"#\s*sslint\s*:\s*[\w-]*\s*\[([^\]]*)\]?")
_NAME = re.compile(r"[\w-]+")
_MOST_LINES = 12
_MOST_SUITES = 40


class Hover(NamedTuple):
    """What is to be said of a span, in Markdown."""

    span: Span
    text: str


class Asking(NamedTuple):
    """What is asked about: a text, which the project may know in an older state, and how paths are shown.

    `parsed` is the text's tree, where somebody has it already.
    """

    source: Source
    project: Project
    registry: Registry
    shown: Callable[[str], str] = str
    parsed: Tree | None = None

    @property
    def tree(self) -> Tree:
        """The text's tree."""
        return self.parsed or parse(self.source)


def hover(asking: Asking, offset: int) -> Hover | None:
    """What stands at an offset."""
    here = cursor(asking.tree, offset)
    if here.kind == "comment":
        return _rule(asking, here)
    variable = here.variable
    if variable is not None:
        return _variable(asking, *variable)
    if not here.words or here.kind == "blank" or here.word is None:
        return None
    if here.number == 0:
        return _name(asking, here)
    return _cipher(asking, here)


def _rule(asking: Asking, here: Cursor) -> Hover | None:
    """A rule that is named in a comment of ours."""
    match = _COMMENT.match(here.text)
    if match is None:
        return None
    for name in _NAME.finditer(here.text, *match.span(1)):
        if name.start() <= here.at <= name.end():
            try:
                headers = asking.registry.meant(name[0])
            except UnknownRule as error:
                return Hover(here.span(*name.span()), plain(str(error)))
            if len(headers) > 1:
                listed = ", ".join(header.slug for header in headers[:_MOST_LINES])
                more = " …" if len(headers) > _MOST_LINES else ""
                return Hover(here.span(*name.span()), f"{len(headers)} rules: {listed}{more}")
            page = "\n".join(explain(asking.registry.rule(headers[0])))
            return Hover(here.span(*name.span()), page.partition("\n## Bad")[0].strip())
    return None


def _variable(asking: Asking, name: str, span: Span) -> Hover | None:
    """`${name}`: its value, and the lines that define it."""
    told: dict[str, None] = {}
    for reading in asking.project.readings(asking.source.path):
        value = reading.unit.configuration.variables.value(name)
        defined = defining(reading, name)
        if value is None and not defined:
            told[f"{code('${' + name + '}')} is not defined"] = None
            continue
        told[f"{code('${' + name + '}')} is {code(value) if value else 'empty'}"] = None
        if not defined:
            told["a variable of the environment"] = None
        for one in defined[:_MOST_LINES]:
            told[f"{code(f'{one.name} {one.text}')} at {plain(_place(asking, reading, one))}"] = None
    return Hover(span, "  \n".join(told)) if told else None


def defining(reading: Reading, name: str) -> list[Directive]:
    """The Define lines of a variable that are read."""
    found = (one for lines in reading.lines().values() for one in lines if one.key == "define")
    return [one for one in found if one.values[:1] and one.values[0].lower() == name.lower()]


def _name(asking: Asking, here: Cursor) -> Hover | None:
    """A directive or section."""
    is_section = here.kind in ("open", "close")
    facts = facts_of(here.name, is_section)
    target = asking.project.target(asking.source.path)
    parts: list[str] = []
    if here.kind != "close":
        parts += dict.fromkeys(_in_force(asking, here))
    if facts is not None:
        if parts:
            parts.append("---")
        parts += lines(facts, target.httpd)
        page = page_of(facts, target.httpd)
        if page:
            parts.append(f"[Manual]({page})")
    if not parts:
        return None
    word = here.words[0]
    return Hover(here.span(word.start, word.end), "\n\n".join(parts))


def _in_force(asking: Asking, here: Cursor) -> Iterator[str]:
    """The value in force at the line, once for each way in which it is read."""
    for reading in asking.project.readings(asking.source.path):
        known = reading.unit.configuration.sources[reading.name]
        if known.text != asking.source.text:
            continue
        found = reading.at(here.start)
        for directive in found[:3]:
            if isinstance(directive, Section):
                yield from _section(reading, directive)
            else:
                yield from _setting(asking, reading, directive)
        if len(found) > 3:
            yield f"… and {len(found) - 3} more uses of this line"


def _section(reading: Reading, section: Section) -> Iterator[str]:
    if section.key == "virtualhost":
        host = reading.host_of(section)
        if host.header is section:
            speaks = {True: "speaks TLS", False: "speaks plain HTTP", None: "may speak TLS"}[host.is_tls]
            yield f"{code(host.title)} {speaks}"


def _setting(asking: Asking, reading: Reading, directive: Directive) -> Iterator[str]:
    """What is in force of a directive where it stands."""
    host = reading.host_of(directive)
    scope = next((one for one in directive.enclosing if one.key != "virtualhost"), None)
    if scope is None:
        for one in in_force(host, None, [directive.key]).settings:
            yield from _value(asking, reading, one, host.title)
        return
    where = _where(scope)
    if where is None:
        return
    title = scope.title
    for effective in of_layers(host, request_layers(host, where), [directive.key]):
        yield from _value(asking, reading, shown(host, effective), title)


def _where(section: Section) -> Where | None:
    """A request that meets a section; None where none can be told."""
    scope = Scope(section)
    example = scope.example()
    if not example or scope.kind not in ("directory", "directorymatch", "location", "locationmatch"):
        return None
    if scope.kind.startswith("location"):
        return Where(example, None)
    return Where(None, example.rstrip("/") + "/")


def _value(asking: Asking, reading: Reading, one: InForce, where: str) -> Iterator[str]:
    """One setting: its value, the lines that decide it, and those that lost."""
    effective = one.effective
    name = f"{one.name} {effective.part}".strip() if effective.part else one.name
    if effective.is_list and len(effective.lines) > 1:
        yield f"In force in {code(where)}: {len(effective.lines)} {plain(name)} lines"
        listed = [_line(asking, reading, line.directive) for line in effective.lines[:_MOST_LINES]]
        yield "\n".join(f"- {text}" for text in listed)
        return
    value = code(f"{one.name} {one.value}") if one.value is not None else f"{plain(name)} is not set"
    origin = origin_text(effective.origin, lambda path: asking.shown(reading.unit.path_map.real(path)))
    yield f"In force in {code(where)}: {value}  \n{plain(origin)}"
    if one.note:
        yield plain(one.note)
    for loser in effective.losers[:_MOST_LINES]:
        yield f"- {_line(asking, reading, loser.line.directive)}: {plain(loser.why)}"
    for line in effective.maybe[:_MOST_LINES]:
        yield f"- {_line(asking, reading, line.directive)}: wins if its condition holds, which can't be told"


def _line(asking: Asking, reading: Reading, directive: Directive) -> str:
    return f"{code(f'{directive.name} {directive.text}'.strip())} at {plain(_place(asking, reading, directive))}"


def _place(asking: Asking, reading: Reading, directive: Directive) -> str:
    return place_text(directive, lambda path: asking.shown(reading.unit.path_map.real(path)))


def _cipher(asking: Asking, here: Cursor) -> Hover | None:
    """A cipher string: the suites that it stands for, in order."""
    word = here.word
    if word is None or not is_cipher_string(here, here.number):
        return None
    target = asking.project.target(asking.source.path)
    library = target_library(target)
    if library is None:
        return None
    release = (target.httpd.major, target.httpd.minor, target.httpd.patch)
    is_command = here.name.lower() == "sslopensslconfcmd"
    found = expansion(
        word.value, library, None if is_command else release, default_level(target), target.system_ciphers
    )
    return Hover(here.span(word.start, word.end), "\n".join(_suites(found)))


def is_cipher_string(here: Cursor, index: int) -> bool:
    """Whether a word of a line is a cipher string."""
    name = here.name.lower()
    if name == "sslopensslconfcmd":
        return index == 2 and here.words[1].value.lower() == "cipherstring"
    if name not in ("sslciphersuite", "sslproxyciphersuite"):
        return False
    kind = here.words[1].value if index == 2 else "SSL"
    return index in (1, 2) and kind == "SSL" and not (index == 1 and len(here.words) > 2)


def _suites(found: Expansion) -> Iterator[str]:
    if found.error is not None:
        yield f"**Refused:** {plain(str(found.error))}"
        return
    level = "" if found.level is None else f", security level {found.level}"
    name = " ".join(found.library.version.split()[:2])
    count = len(found.suites)
    yield f"**{count} cipher suite{'s' * (count != 1)}** with {plain(name)}{level}, in this order:"
    yield ""
    for suite in found.suites[:_MOST_SUITES]:
        remarks = [f"{suite.strength_bits} bits", "" if suite.forward_secret else "no forward secrecy"]
        remarks += [one.slug for one in weaknesses(suite)]
        yield f"1. `{suite.name}` · {suite.protocol} · {', '.join(filter(None, remarks))}"
    if len(found.suites) > _MOST_SUITES:
        yield f"\n… and {len(found.suites) - _MOST_SUITES} more"
