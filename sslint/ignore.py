"""Writes the comments by which findings are ignored."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .analysis import Survey, survey
from .diagnostic import Diagnostic, Edit, apply_edits
from .files import Files, OverlayFiles
from .fixer import Fixed
from .registry import Registry, load
from .rule import Subject
from .settings import Settings
from .suppress import ABOUT_COMMENTS
from .syntax import parse
from .syntax.lexer import Close, Open
from .syntax.tree import Blank, Comment, Line
from .text import Source, Span, encode

_IGNORE = re.compile(r"[ \t]*#\s*sslint\s*:\s*ignore\s*\[([^\]\n]*)\][^\n]*\n?\Z")
"""A comment of one physical line that ignores rules from here on; group 1 is the list."""

Places = list[tuple[int, list[str], bool]]
"""Offsets, the slugs to ignore there, and whether the whole file has to."""


def ignore(
    files: Files,
    paths: Sequence[str],
    settings: Settings,
    reason: str = "",
    *,
    registry: Registry | None = None,
    material: Files | None = None,
) -> Fixed:
    """Ignore by comments what was found in the given files. Nothing is written: the caller gets the texts."""
    known = (registry or load()).extended(settings.own)
    texts: dict[str, tuple[str, str]] = {}
    added: Counter[tuple[str, str]] = Counter()
    before = -1
    while True:
        overlay = OverlayFiles(files, {path: encode(new) for path, (_, new) in texts.items()})
        found = survey(overlay, paths, settings, registry=known, material=material)
        names = _uncommented(found, known)
        if not names or len(found.report.findings) == before:
            return Fixed(texts, found.report, added)
        before = len(found.report.findings)
        for source, places in names.values():
            old = texts[source.path][0] if source.path in texts else source.text
            texts[source.path] = (old, _commented(source, places, reason))
            added.update((source.path, slug) for _, slugs, _ in places for slug in slugs)


def _uncommented(found: Survey, registry: Registry) -> dict[str, tuple[Source, Places]]:
    """By file, where something is found that a comment may ignore, the last place first."""
    lines: dict[tuple[str, int, bool], tuple[Diagnostic, list[str]]] = {}
    for one in found.report.diagnostics:
        if not any(unit.shows(one.source.path) for unit in found.units) or one.slug in ABOUT_COMMENTS:
            continue
        rule = registry.find(one.code)
        whole = rule is not None and rule.subject is Subject.SOURCE_FILE
        _, slugs = lines.setdefault((one.source.path, one.source.line(one.span.start), whole), (one, []))
        if one.slug not in slugs:
            slugs.append(one.slug)
    names: dict[str, tuple[Source, Places]] = {}
    for (path, _, whole), (one, slugs) in sorted(lines.items(), reverse=True, key=lambda item: item[0]):
        names.setdefault(path, (one.source, []))[1].append((one.span.start, slugs, whole))
    return names


def _commented(source: Source, places: Places, reason: str) -> str:
    """A text with comments for its places, which come from its end to its beginning."""
    text = source.text
    moved = [(offset, slugs, whole) for offset, slugs, whole in places]
    for number, (offset, slugs, whole) in enumerate(moved):
        edit = ignoring(Source(source.path, text), offset, slugs, reason, whole_file=whole)
        text = apply_edits(text, (edit,))
        grown = len(edit.text) - (edit.span.end - edit.span.start)
        for later in range(number + 1, len(moved)):
            if moved[later][0] >= edit.span.start:
                moved[later] = (moved[later][0] + grown, *moved[later][1:])
    return text


def ignoring(source: Source, offset: int, names: Sequence[str], reason: str = "", *, whole_file: bool = False) -> Edit:
    """The edit that makes a comment ignore rules at an offset: by their names in one that is there, or by a new one.

    A comment stands above the whole directive or section, never inside it, and silences what begins there. Where
    the offset is in a comment or a blank line, which no directive covers, the file as a whole is made to ignore.
    """
    above: list[Line] = []
    opened: list[Open] = []
    for leaf in () if whole_file else parse(source).leaves():
        if leaf.start <= offset < leaf.end or leaf.end == len(source.text):
            if isinstance(leaf, Comment | Blank):
                break
            start = leaf.start
            if isinstance(leaf, Close):
                start = next(one.start for one in reversed(opened) if one.key == leaf.key)
            return _above(source, start, above if start == leaf.start else [], names, reason)
        if isinstance(leaf, Open):
            opened.append(leaf)
        elif isinstance(leaf, Close):
            while opened.pop().key != leaf.key:  # what is never closed ends with the section around it
                pass
        if isinstance(leaf, Comment | Blank):
            above.append(leaf)
        else:
            above.clear()
    line = f"# sslint: ignore-file[{', '.join(names)}] {reason}".rstrip()
    top = int(source.text.startswith("\ufeff"))
    return Edit(source, Span(top, top), line + _line_end(source, 0))


def _above(source: Source, start: int, above: Sequence[Line], names: Sequence[str], reason: str) -> Edit:
    for leaf in reversed(above):
        match = _IGNORE.match(source.text, leaf.start, leaf.end)
        if match is not None:
            known = [word.strip() for word in match[1].split(",") if word.strip()]
            listed = dict.fromkeys([*known, *names])
            return Edit(source, Span(*match.span(1)), ", ".join(listed))
    text = source.text
    indent = text[start : len(text) - len(text[start:].lstrip(" \t"))]
    line = f"{indent}# sslint: ignore[{', '.join(names)}] {reason}".rstrip()
    return Edit(source, Span(start, start), line + _line_end(source, start))


def _line_end(source: Source, offset: int) -> str:
    """The line end that a file has at an offset."""
    end = source.line_span(source.line(offset)).end
    return "\r\n" if source.text.startswith("\r\n", end) else "\n"
