"""From spans, findings and edits to what the protocol calls them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, takewhile

from lsprotocol import types

from ..diagnostic import Diagnostic, Edit, Safety, Severity
from ..rule import FAMILIES
from ..text import Source, Span
from .text import Table
from .uris import uri_of

SOURCE = "sslint"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
    Severity.STYLE: types.DiagnosticSeverity.Hint,
}
_PLACED = re.compile(r"(.*?):(\d+):(\d+): (.*)", re.DOTALL)


class Converter:
    """Converts for one client and one state of its buffers; `uris` are those of the buffers, by path."""

    def __init__(self, encoding: str, uris: Mapping[str, str]) -> None:
        self.encoding = encoding
        self.uris = uris
        self._tables: dict[str, tuple[str, Table]] = {}

    def uri(self, path: str) -> str:
        """What the client calls a file."""
        return self.uris.get(path) or uri_of(path)

    def table(self, source: Source) -> Table:
        """The places of a text."""
        known = self._tables.get(source.path)
        if known is None or known[0] is not source.text:
            known = self._tables[source.path] = (source.text, Table.of(source.text, self.encoding))
        return known[1]

    def position(self, source: Source, offset: int) -> types.Position:
        """The position of an offset; editors do not show a byte order mark, nor count it."""
        line, column = self.table(source).place(offset)
        if not line and source.text.startswith("\ufeff") and source.path not in self.uris:
            column = max(0, column - (3 if self.encoding == "utf-8" else 1))
        return types.Position(line, column)

    def range(self, source: Source, span: Span) -> types.Range:
        """The range of a span."""
        return types.Range(self.position(source, span.start), self.position(source, span.end))

    def location(self, source: Source, span: Span) -> types.Location:
        """The place of a span."""
        return types.Location(self.uri(source.path), self.range(source, span))

    def diagnostic(self, one: Diagnostic) -> types.Diagnostic:
        """A finding."""
        href = one.reference if one.reference.startswith(("https://", "http://")) else ""
        related = [
            types.DiagnosticRelatedInformation(self.location(other.source, other.span), shown(other.label))
            for other in one.related
        ]
        return types.Diagnostic(
            range=self.range(one.source, one.span),
            message=shown("\n".join((one.standing_alone, *one.notes))),
            severity=_SEVERITIES[one.severity],
            code=one.slug,
            code_description=types.CodeDescription(href) if href else None,
            source=SOURCE,
            tags=list(tags(one)) or None,
            related_information=related or None,
            data={"code": one.code},
        )

    def edits(self, edits: Iterable[Edit]) -> dict[str, list[types.TextEdit]]:
        """Edits by the URIs of their files."""
        found: dict[str, list[types.TextEdit]] = {}
        for edit in edits:
            changes = found.setdefault(self.uri(edit.source.path), [])
            changes.append(types.TextEdit(self.range(edit.source, edit.span), edit.text))
        return found

    def rewritten(self, path: str, old: str, new: str) -> list[types.TextEdit]:
        """The edits that turn one text into another, line by line."""
        source = Source(path, old)
        return [types.TextEdit(self.range(source, span), text) for span, text in _differences(old, new)]


def tags(one: Diagnostic) -> Iterator[types.DiagnosticTag]:
    """How the text of a finding may be painted: what may go without harm is faded, what is out of use struck out."""
    fix = one.fix
    removable = fix is not None and fix.safety is Safety.SAFE and not any(edit.text for edit in fix.edits)
    if "unnecessary" in one.tags or (removable and one.severity <= Severity.INFO):
        yield types.DiagnosticTag.Unnecessary
    family = FAMILIES[int(one.code[3:5])]
    if "deprecated" in one.tags or family == "obsolete" or one.slug.endswith("-obsolete"):
        yield types.DiagnosticTag.Deprecated


def plain(message: str, severity: types.DiagnosticSeverity, line: int = 0, column: int = 0) -> types.Diagnostic:
    """What is said of a file as a whole, or of a place in it."""
    start = types.Position(line, column)
    return types.Diagnostic(types.Range(start, start), shown(message), severity=severity, source=SOURCE)


def mistake(message: str) -> types.Diagnostic:
    """A mistake in a settings file, from its message: path, line, column and text."""
    match = _PLACED.match(message)
    if match is None:
        return plain(message, types.DiagnosticSeverity.Error)
    return plain(match[4], types.DiagnosticSeverity.Error, int(match[2]) - 1, int(match[3]) - 1)


def shown(text: str) -> str:
    """Untrusted text as JSON and editors can take it."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _differences(old: str, new: str) -> Iterator[tuple[Span, str]]:
    """The lines that differ, as spans of the old text with the new text for each."""
    before, after = _lines(old), _lines(new)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    starts = list(accumulate(map(len, before), initial=0))[same:]
    matcher = difflib.SequenceMatcher(None, before[same:], after[same:])
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag != "equal":
            yield Span(starts[first], starts[last]), "".join(after[same + begin : same + end])


def _lines(text: str) -> Sequence[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
