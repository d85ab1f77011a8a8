"""For people: each finding with its source, explanation and fix."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Diagnostic, Fix, Safety
from ..report import Report
from ..rule import INCLUDED
from ..text import Source
from .excerpt import Excerpt, Mark, wrap
from .minidiff import changes
from .view import View

_SAFETY = {
    Safety.SAFE: "--fix does it",
    Safety.UNSAFE: "--fix --unsafe-fixes does it",
    Safety.MANUAL: "by hand",
}


def text(report: Report, view: View) -> Iterator[str]:
    """All findings, with an empty line behind each."""
    for diagnostic in report.diagnostics:
        yield from finding(diagnostic, view)
        yield ""


def finding(diagnostic: Diagnostic, view: View) -> Iterator[str]:
    """One finding."""
    by_source = _marks(diagnostic)
    gutter = max(len(str(source.line(mark.span.end))) for source, marks in by_source for mark in marks)
    yield from _header(diagnostic, view)
    for number, (source, marks) in enumerate(by_source):
        line, column = source.position(marks[0].span.start)
        arrow = "-->" if number == 0 else ":::"
        yield f"{' ' * gutter}{view.gutter(arrow)} {view.path(source.path)}:{line}:{column}"
        yield view.gutter(f"{'':>{gutter}} |")
        yield from Excerpt(source, marks, gutter, view).lines()
    for word, said in _remarks(diagnostic, view):
        head = f"{'':>{gutter}} = {word}: "
        first, *more = wrap(view.clean(said), view.width - len(head))
        yield f"{'':>{gutter}} {view.gutter('=')} {view.bold(word)}: {first}"
        yield from (f"{'':>{gutter}}   {rest}" for rest in more)
    if diagnostic.fix:
        yield from _fix(diagnostic.fix, gutter, view)


def _header(diagnostic: Diagnostic, view: View) -> Iterator[str]:
    head = f"{diagnostic.severity.word}[{diagnostic.code}]"
    lines = wrap(view.clean(diagnostic.message), view.width - len(head) - 2)
    for number, line in enumerate(lines):
        lead = " " * (len(head) + 1)
        if number == 0:
            lead = view.link(view.severity(head, diagnostic.severity), _address(diagnostic, view)) + ":"
        yield f"{lead} {view.bold(line)}"


def _address(diagnostic: Diagnostic, view: View) -> str:
    """Where a rule's code leads to; what encodes addresses is imported where there are links."""
    if not view.links:
        return ""
    from .uri import link

    return link(diagnostic.reference)


def _marks(diagnostic: Diagnostic) -> list[tuple[Source, list[Mark]]]:
    """What is shown of each source; the finding's own source comes first."""
    style = {4: "1;31", 3: "1;33", 2: "1;36", 1: "1;34"}[diagnostic.severity]
    own = Mark(diagnostic.span, diagnostic.label, style, primary=True)
    shown: dict[str, tuple[Source, list[Mark]]] = {diagnostic.source.path: (diagnostic.source, [own])}
    for related in diagnostic.related:
        if related.label != INCLUDED:
            _, marks = shown.setdefault(related.source.path, (related.source, []))
            marks.append(Mark(related.span, related.label, "1;34"))
    return list(shown.values())


def _remarks(diagnostic: Diagnostic, view: View) -> Iterator[tuple[str, str]]:
    for note in diagnostic.notes:
        yield "note", note
    chain = [one for one in diagnostic.related if one.label == INCLUDED]
    if chain:
        places = (f"{view.path(one.source.path)}:{one.source.line(one.span.start)}" for one in chain)
        yield "note", "included from " + " < ".join(places)
    reference = f" ({diagnostic.reference})" if diagnostic.reference else ""
    yield "rule", diagnostic.slug + reference


def _fix(fix: Fix, gutter: int, view: View) -> Iterator[str]:
    """What a fix would do: its title, its safety, and the lines that change."""
    head = f"{'':>{gutter}} = fix: "
    first, *more = wrap(view.clean(f"{fix.title} ({_SAFETY[fix.safety]})"), view.width - len(head))
    yield f"{'':>{gutter}} {view.gutter('=')} {view.bold('fix')}: {first}"
    for line in more:
        yield f"{'':>{gutter}}   {line}"
    home = fix.edits[0].source.path if fix.edits else ""
    for change in changes(fix):
        if change.source.path != home:
            home = change.source.path
            yield f"{' ' * gutter}{view.gutter(':::')} {view.path(home)}"
        colour = {"-": "31", "+": "32"}.get(change.sign, "2")
        cut = view.cut(change.text, max(12, view.width - gutter - 3))
        number = view.gutter(f"{change.number or '':>{gutter}}")
        yield f"{number} {view.paint(f'{change.sign} {cut}'.rstrip(), colour)}"
