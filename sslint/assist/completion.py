"""What may stand here: names, end tags, values, variables, macros, paths, and rules in comments."""

from __future__ import annotations

import enum
import functools
import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..configuration import walk
from ..files import Kind, ReadError, below
from ..knowledge.directives import DirectiveFacts, directives
from ..knowledge.places import Permission, Place
from ..knowledge.versions import HttpdVersion
from ..rule import FAMILIES
from ..suppress import VERBS
from ..text import Span
from . import values
from .cursor import Cursor, cursor
from .facts import facts_of
from .hover import Asking
from .project import Reading

_VERB = re.compile(r"#\s*sslint\s*:\s*([\w-]*)\Z")
_LISTED = re.compile(r"#\s*sslint\s*:\s*[\w-]+\s*\[(?:[^\],]*,)*\s*([^\],]*)\Z")
_INCLUDES = frozenset({"include", "includeoptional"})
_FILES = re.compile(
    r"(?:certificate(?:key|chain)?file|cacertificatefile|carevocationfile|machinecertificate\w*file|userfile"
    r"|groupfile|loadfile|mimemagicfile|typesconfig)\Z"
)
_FOLDERS = re.compile(r"(?:documentroot|serverroot|certificatepath|revocationpath)\Z")


class Sort(enum.Enum):
    """What a candidate is."""

    DIRECTIVE = "directive"
    SECTION = "section"
    VALUE = "value"
    VARIABLE = "variable"
    MACRO = "macro"
    MODULE = "module"
    FILE = "file"
    FOLDER = "folder"
    RULE = "rule"
    WORD = "word"


class Candidate(NamedTuple):
    """One way to go on: the text for the span. `rank` orders candidates before their names do.

    `body` says that the text is a start tag, behind which a body and the end tag may follow.
    """

    label: str
    text: str
    span: Span
    sort: Sort
    detail: str = ""
    rank: int = 0
    body: str = ""
    deprecated: bool = False


def complete(asking: Asking, offset: int) -> list[Candidate]:
    """The candidates at an offset; none inside the backslash and line end that continue a line."""
    found = _candidates(asking, cursor(asking.tree, offset))
    return [one for one in found if one.span.start <= offset <= one.span.end]


def _candidates(asking: Asking, here: Cursor) -> Iterator[Candidate]:
    if here.kind == "comment":
        return _comment(asking, here)
    reading = asking.project.reading(asking.source.path)
    variable = here.variable
    if variable is not None:
        return _variables(reading, variable[1])
    if here.text.startswith("</"):
        return _end_tags(here)
    if here.number == 0 or not here.words:
        return _names(asking, here, reading)
    return _arguments(asking, here, reading)


# Comments


def _comment(asking: Asking, here: Cursor) -> Iterator[Candidate]:
    """The words of a comment of ours."""
    before = here.text[: here.at]
    verb = _VERB.match(before)
    if verb is not None:
        span = here.span(verb.start(1), here.at)
        for word in VERBS:
            yield Candidate(word, word if word == "enable" else f"{word}[", span, Sort.WORD)
    listed = _LISTED.match(before)
    if listed is not None:
        span = here.span(listed.start(1), here.at)
        span = span if listed[1] else Span(here.offset, here.offset)
        for header in asking.registry.headers:
            yield Candidate(header.slug, header.slug, span, Sort.RULE, header.code)
        for family in FAMILIES:
            yield Candidate(family, family, span, Sort.RULE, "all rules of the family", 1)


# Variables and tags


def _variables(reading: Reading | None, span: Span) -> Iterator[Candidate]:
    if reading is None:
        return
    configuration = reading.unit.configuration
    defines = (item for item in walk(configuration.children) if item.key == "define")
    spelled = {one.values[0].lower(): one.values[0] for one in defines if len(one.values) == 2}
    for name in configuration.variables.names:
        shown = spelled.get(name, name)
        value = configuration.variables.value(shown) or ""
        yield Candidate(shown, f"${{{shown}}}", span, Sort.VARIABLE, value)


def _end_tags(here: Cursor) -> Iterator[Candidate]:
    """The sections that are open, the innermost first."""
    line_end = here.source.text.find("\n", here.offset)
    end = line_end if line_end >= 0 else len(here.source.text)
    rest = here.source.text[here.offset : end]
    closing = here.offset + rest.find(">") + 1 if ">" in rest else here.offset
    own = [here.name.lower()] if here.kind == "close" and here.name else []
    names = dict.fromkeys([*own, *reversed(here.stack)])
    for rank, key in enumerate(name for name in names if name in here.stack or facts_of(name, True)):
        facts = facts_of(key, True)
        text = f"</{facts.name if facts else key}>"
        yield Candidate(text, text, Span(here.start, max(closing, here.start)), Sort.SECTION, "", rank)


# Names


def _names(asking: Asking, here: Cursor, reading: Reading | None) -> Iterator[Candidate]:
    """The directives and sections that may stand here."""
    is_section = here.text.startswith("<")
    word = here.words[0] if here.words else None
    end = word.end if word is not None else here.at
    span = here.span(0, end) if word is not None else Span(here.offset, here.offset)
    alone = len(here.words) < 2
    place = _place(here, reading)
    loaded: frozenset[str] = frozenset()
    certain = False
    if reading is not None:
        loaded = reading.unit.configuration.loaded
        certain = reading.unit.configuration.modules_certain
    version = asking.project.target(asking.source.path).httpd
    for facts, rank in _fitting(place, version, loaded, certain):
        if is_section and not facts.is_section:
            continue
        module = next(iter(facts.modules(version)), "")
        detail = f"{module}, which is not loaded" if rank == 2 else module
        name = f"<{facts.name}" if facts.is_section else facts.name
        body = facts.name if facts.is_section and alone else ""
        sort = Sort.SECTION if facts.is_section else Sort.DIRECTIVE
        yield Candidate(name, name, span, sort, detail, rank, body, facts.deprecation is not None)


def _place(here: Cursor, reading: Reading | None) -> Place | None:
    """Where the line stands; None where that can't be told, so that anything may be right."""
    if reading is not None and reading.unit.configuration.role == "htaccess":
        return Place.HTACCESS
    outside = reading.outside() if reading is not None else ()
    if not here.stack and not outside and (reading is None or reading.unit.configuration.role == "fragment"):
        return None
    return Place.of((*outside, *here.stack))


@functools.lru_cache(maxsize=32)
def _fitting(
    place: Place | None, version: HttpdVersion, loaded: frozenset[str], certain: bool
) -> tuple[tuple[DirectiveFacts, int], ...]:
    """What is allowed in a place, each with a rank: 0 its module is there, 1 it may be, 2 it is not."""
    found = []
    for facts in directives():
        if not facts.exists(version) or facts.is_tombstone(version):
            continue
        if place is not None and facts.allowed(place, version) is not Permission.ALLOWED:
            continue
        there = not loaded.isdisjoint(facts.module_ids(version))
        if there or facts.package is None:
            found.append((facts, 0 if there else 2 if certain else 1))
    return tuple(found)


# Arguments


def _arguments(asking: Asking, here: Cursor, reading: Reading | None) -> Iterator[Candidate]:
    """What may stand as the word at the place."""
    target = asking.project.target(asking.source.path)
    name, index = here.name.lower(), here.number
    facts = facts_of(here.name, here.kind == "open")
    listed = values.elements(here, target)
    if listed is not None:
        part, words = listed
        span = Span(here.offset - len(part), here.offset)
        yield from (Candidate(word, word, span, Sort.VALUE, "", rank // 100) for rank, word in enumerate(words))
        if index > 1:
            return
    span = _word_span(here)
    if name == "use" and index == 1 and reading is not None:
        for macro in reading.unit.configuration.macros.values():
            yield Candidate(macro.name, macro.name, span, Sort.MACRO, " ".join(macro.parameters))
    elif (name == "ifmodule" and here.kind == "open") or (name == "loadmodule" and index == 1):
        sign = "!" if here.prefix.startswith("!") else ""
        yield from (Candidate(sign + one, sign + one, span, Sort.MODULE) for one in values.module_names())
    elif reading is not None and is_path(name, index):
        yield from _paths(here, reading, folders_only=_FOLDERS.search(name) is not None)
    for rank, word in enumerate(values.words(here, facts, target)):
        yield Candidate(word, word, span, Sort.VALUE, "", 0 if rank < 100 else 1)


def _word_span(here: Cursor) -> Span:
    word = here.word
    if word is None or here.number == 0:
        return Span(here.offset, here.offset)
    end = word.end - len(word.quote) if word.quote and word.closed else word.end
    text = here.text[word.start : end].rstrip(">") if here.kind == "open" else here.text[word.start : end]
    return here.span(min(word.start + len(word.quote), here.at), max(word.start + len(text), here.at))


def is_path(name: str, index: int) -> bool:
    """Whether a word of a directive (by its name in lower case) is a path."""
    if name in _INCLUDES:
        return index == 1
    return index == 1 and (_FILES.search(name) is not None or _FOLDERS.search(name) is not None)


def _paths(here: Cursor, reading: Reading, folders_only: bool) -> Iterator[Candidate]:
    """Files and folders, as the server sees them, for what is typed of a path."""
    folder, _, typed = here.prefix.rpartition("/")
    base = below(reading.unit.configuration.server_root, f"{folder}/" if folder or here.prefix[:1] == "/" else ".")
    span = Span(here.offset - len(typed), here.offset)
    files = reading.unit.files
    try:
        names = files.list(base)
    except ReadError:
        return
    for name in _plain(names, typed):
        is_folder = files.kind(posixpath.join(base, name)) is Kind.DIRECTORY
        if is_folder or not folders_only:
            text = f"{name}/" if is_folder else name
            yield Candidate(text, text, span, Sort.FOLDER if is_folder else Sort.FILE, "", int(not is_folder))


def _plain(names: Iterable[str], typed: str) -> Iterator[str]:
    """Names that can be written as they are; hidden ones only when they are asked for."""
    for name in names:
        if (name[0] != "." or typed.startswith(".")) and not set(name) & set("\\\"'\n\r"):
            yield name
