"""Where is that: included files, definitions of variables and macros, certificates and other files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..configuration.includes import IncludeError, resolve
from ..configuration.variables import Variables
from ..files import Kind, below
from ..syntax import Directive as Line
from ..syntax.lines import split_words
from ..text import Source, Span
from .completion import is_path
from .cursor import Cursor, cursor
from .hover import Asking, defining
from .project import Reading

_REFERENCE = re.compile(r"\$\{([^}]*)\}")
_MOST = 500
"""Links of one file."""


class Target(NamedTuple):
    """A place to go to: a real path, and the range in it where that is known."""

    path: str
    source: Source | None = None
    span: Span = Span(0, 0)


class Link(NamedTuple):
    """Text that leads to a file."""

    span: Span
    path: str


def definitions(asking: Asking, offset: int) -> tuple[Span, list[Target]]:
    """The places that the text at an offset refers to, with its span."""
    here = cursor(asking.tree, offset)
    readings = list(asking.project.readings(asking.source.path))
    variable = here.variable
    if here.kind == "comment" or not here.words:
        return Span(offset, offset), []
    if variable is not None:
        name, span = variable
        return span, _unique(_defines(readings, name))
    word = here.word
    if word is None or here.number == 0:
        return Span(offset, offset), []
    span = here.span(word.start, word.end)
    if here.name.lower() == "use" and here.number == 1:
        return span, _unique(_macros(readings, word.value))
    if is_path(here.name.lower(), here.number):
        return span, _unique(_files(readings, here, word.value))
    return span, []


def links(asking: Asking) -> Iterator[Link]:
    """The paths of a text that lead to files that are there."""
    readings = list(asking.project.readings(asking.source.path))[:1]
    count = 0
    for leaf in asking.tree.leaves():
        if not isinstance(leaf, Line) or not readings:
            continue
        text = leaf.text
        key = text.split(None, 1)[0].lower() if text.split(None, 1) else ""
        if not is_path(key, 1):
            continue
        here = cursor_of(asking.source, leaf)
        words = here.words
        if len(words) < 2:
            continue
        for one in _files(readings, here, words[1].value)[:1]:
            count += 1
            if count > _MOST:
                return
            yield Link(here.span(words[1].start, words[1].end), one.path)


def cursor_of(source: Source, leaf: Line) -> Cursor:
    """The cursor at the beginning of a line, without a look at what is around it."""
    text, pieces = leaf.logical()
    first = pieces[0].source or 0
    return Cursor(source, first, (), "directive", first, text, pieces, 0, tuple(split_words(text)))


def _defines(readings: list[Reading], name: str) -> Iterator[Target]:
    for reading in readings:
        for one in defining(reading, name):
            place = one.arguments[0] if one.arguments else one
            yield Target(reading.unit.path_map.real(one.source.path), one.source, place.span)


def _macros(readings: list[Reading], name: str) -> Iterator[Target]:
    for reading in readings:
        macro = reading.unit.configuration.macros.get(name.lower())
        if macro is not None:
            source = macro.header.source
            yield Target(reading.unit.path_map.real(source.path), source, macro.header.span)


def _files(readings: list[Reading], here: Cursor, text: str) -> list[Target]:
    """The files that a path names; a pattern names several."""
    found: dict[str, None] = {}
    for reading in readings:
        unit = reading.unit
        configuration = unit.configuration
        path = _substituted(configuration.variables, text)
        if not path or "${" in path:
            continue
        try:
            if here.name.lower().startswith("include"):
                names = resolve(unit.files, configuration.server_root, path)
            else:
                name = below(configuration.server_root, path)
                names = [name] if unit.files.kind(name) is Kind.FILE else []
        except IncludeError:
            continue
        found.update(dict.fromkeys(unit.path_map.real(name) for name in names))
    return [Target(path) for path in found]


def _substituted(variables: Variables, text: str) -> str:
    """A text with the variables that are known."""
    return _REFERENCE.sub(lambda match: variables.value(match[1]) or match[0], text)


def _unique(found: Iterator[Target] | list[Target]) -> list[Target]:
    return list({(one.path, one.span): one for one in found}.values())
