"""Lines that a later one in the same place surely overrides, though nobody can have meant it so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ...configuration.model import Directive
from ...configuration.problem import Problem
from ...diagnostic import Edit, Related
from ...knowledge.directives import directives
from ...knowledge.versions import HttpdVersion
from ...text import Source, Span
from ..sections import all_scopes
from .merge import merging

if TYPE_CHECKING:
    from ..server import Server

SAME = "the same"
"""The label of lines that say what the one that counts says."""
_USUAL_LISTS = frozenset(
    "listen loadmodule include includeoptional define use header requestheader setenv setenvif setenvifnocase "
    "browsermatch browsermatchnocase addtype addhandler addencoding addcharset addlanguage addicon addiconbytype "
    "addiconbyencoding adddescription alias aliasmatch scriptalias redirect redirectmatch rewritecond rewriterule "
    "customlog serveralias require allow deny proxypass proxypassmatch proxypassreverse sslopensslconfcmd options "
    "sslcertificatefile sslcertificatekeyfile sslrandomseed sslrequire sslrequiressl loglevel indexoptions".split()
)
"""Directives that stand several times in most files: no others need a look at how they merge."""
_LISTS = frozenset(
    "inputsed outputsed luapackagepath luapackagecpath mdcertificatefile mdcertificatekeyfile serverroot port "
    "vhostuser vhostgroup imapbase protocol".split()
)
"""Directives with one word that add to a list, or act where they are read."""
_PARTS = frozenset({"kind", "1", "nickname", "errorlog"})
_SHAPES = frozenset({"FLAG", "TAKE1"})

_TEMPLATE = re.compile(r"^[ \t]*(?:\{%|<%)", re.MULTILINE)

Lines = Mapping[str, Sequence[Directive]]


def duplicates(server: Server) -> Iterator[Problem]:
    """A problem for each line without effect, once however often its file is included."""
    told: set[tuple[str, int]] = set()
    for host in server.hosts:
        for lines in (host.own, *(scope.directives for scope in all_scopes(host.own_scopes))):
            for line, later in _pairs(lines, server.target.httpd):
                place = (line.source.path, line.start)
                if place not in told:
                    told.add(place)
                    yield _problem(line, later)


def _pairs(lines: Lines, version: HttpdVersion) -> Iterator[tuple[Directive, Directive]]:
    """Each line of one place that a later one there overrides."""
    for key, found in lines.items():
        if len(found) < 2 or key in _USUAL_LISTS:
            continue
        last: dict[str, Directive] = {}
        for line in reversed(found):
            for part in _parts(key, line, version):
                later = last.setdefault(part, line)
                if later is not line and _overrides(later, line) and not is_chosen_from(line.source):
                    yield line, later


def is_chosen_from(source: Source) -> bool:
    """Whether a template's tags stand in a file: something else picks one of several lines then."""
    return _TEMPLATE.search(source.text) is not None


def _parts(key: str, line: Directive, version: HttpdVersion) -> tuple[str, ...]:
    """What a line sets, so that a later line for the same takes its place; empty for what adds up."""
    rule = merging().rule(key, version)
    if not rule.is_setting or key in _LISTS or rule.removes():
        return ()
    if rule.repeat.startswith("key:"):
        is_plain = rule.merge == "key" and rule.repeat.partition(":")[2] in _PARTS
        return tuple(part for part, _ in rule.keys(line)) if is_plain else ()
    facts = directives().lookup(key, section=False)
    shape = facts.shape(version) if facts is not None and facts.package is None else None
    if rule.repeat != "last" or rule.merge != "override" or shape is None:
        return ()
    return ("",) if shape.name in _SHAPES or (rule.source and shape.name == "RAW_ARGS") else ()


def _overrides(later: Directive, line: Directive) -> bool:
    """Whether a later line surely takes an earlier one's place, and nobody meant it so.

    That a file read later overrides what one before it says is how packages' defaults are changed; at the top
    level that goes for what the main file includes, too.
    """
    if later.condition is not line.condition or later.parent is not line.parent:
        return False
    if later.frame.macro is not None or line.frame.macro is not None or line.pieces is not None:
        return False
    if later.source is line.source:
        return later.frame is line.frame
    return line.parent is not None and any(
        one.source is line.source and one.start > line.start for one in later.frame.chain
    )


def _problem(line: Directive, later: Directive) -> Problem:
    where = f"line {later.line}" if line.source is later.source else f"{later.source.path}:{later.line}"
    same = line.values == later.values
    message = f"has no effect: {line.name} is set again in {where}, and the last one counts"
    return Problem(
        "duplicate-directive",
        line.source,
        line.span,
        f"{where} says the same again" if same else message,
        SAME if same else "overridden",
        related=(Related(later.source, later.span, "this counts"),),
        edits=(_without(line),),
        frame=line.frame,
    )


def _without(line: Directive) -> Edit:
    """The edit that takes a line out, its end included."""
    text = line.source.text
    start = text.rfind("\n", 0, line.start) + 1
    end = text.find("\n", line.end)
    return Edit(line.source, Span(start, len(text) if end < 0 else end + 1), "")
