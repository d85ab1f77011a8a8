"""What is said about a configuration: diagnostics, fixes and edits."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import NamedTuple

from .text import Source, Span

MOST_QUOTED = 40
"""How many characters of a text stand before a message that is shown without it."""


class Severity(enum.IntEnum):
    """How bad a finding is; higher is worse."""

    STYLE = 1
    INFO = 2
    WARNING = 3
    ERROR = 4

    @property
    def word(self) -> str:
        """The lower-case word that people read and write."""
        return self.name.lower()

    @classmethod
    def parse(cls, word: str) -> Severity:
        """The severity of a word. Raises ValueError, naming the words, for any other."""
        try:
            return cls[word.upper()]
        except KeyError:
            words = ", ".join(member.word for member in cls)
            raise ValueError(f"unknown severity {word!r}: use one of {words}") from None


class Safety(enum.Enum):
    """What may happen when a fix is applied.

    SAFE promises that the effective configuration changes only in what the finding names.
    UNSAFE changes behaviour somebody may rely on. MANUAL is shown and never applied.
    """

    SAFE = "safe"
    UNSAFE = "unsafe"
    MANUAL = "manual"


class Edit(NamedTuple):
    """Replace one span of a source's text."""

    source: Source
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A titled set of edits. Edits are sorted on construction and must not overlap."""

    title: str
    edits: tuple[Edit, ...]
    safety: Safety

    def __post_init__(self) -> None:
        edits = tuple(sorted(self.edits, key=lambda edit: (edit.source.path, edit.span)))
        for before, after in zip(edits, edits[1:], strict=False):
            if before.source.path == after.source.path and after.span.start < before.span.end:
                raise ValueError(f"overlapping edits in fix {self.title!r}")
        object.__setattr__(self, "edits", edits)


class Related(NamedTuple):
    """Another place that explains a finding, with what it contributes."""

    source: Source
    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, complete: nothing is added to it later.

    `code` and `slug` name the rule; `message` says what happens and to whom; `label` is the
    short text shown at the span itself; `reference` is a URL or a citation. `tags` say for programs
    what asked for it: `cis-apache-2.4@2.3.0:8.1`.
    """

    code: str
    slug: str
    severity: Severity
    message: str
    source: Source
    span: Span
    label: str = ""
    related: tuple[Related, ...] = ()
    notes: tuple[str, ...] = ()
    reference: str = ""
    fix: Fix | None = None
    tags: tuple[str, ...] = ()

    @property
    def standing_alone(self) -> str:
        """The message for where the text that it stands at is not shown beside it.

        One that goes on from that text (`is never reached: …`) gets its beginning put before it.
        """
        text = self.source.text[self.span.start : self.span.end].split("\n", 1)[0].strip(" \t\r\\")
        if not text or not self.message[:1].islower() or text in self.message:
            return self.message
        return f"{text if len(text) <= MOST_QUOTED else text[:MOST_QUOTED].rstrip() + '...'}: {self.message}"

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """The order of findings in every output: path, start, end, code."""
        return (self.source.path, self.span.start, self.span.end, self.code, self.message)


def apply_edits(text: str, edits: tuple[Edit, ...]) -> str:
    """The text after edits of one source; they must be sorted and disjoint."""
    pieces: list[str] = []
    position = 0
    for edit in edits:
        pieces.append(text[position : edit.span.start])
        pieces.append(edit.text)
        position = edit.span.end
    pieces.append(text[position:])
    return "".join(pieces)


def joined(one: Diagnostic, other: Diagnostic) -> Diagnostic:
    """Two equal findings as one: what the other says of who asked for it is added."""
    if set(other.tags) <= set(one.tags):
        return one
    notes, tags = dict.fromkeys((*one.notes, *other.notes)), dict.fromkeys((*one.tags, *other.tags))
    return replace(one, notes=tuple(notes), tags=tuple(tags))


def without_lines(source: Source, span: Span) -> Edit:
    """The edit that takes the lines of a span out, line ends included."""
    first, last = source.line(span.start), source.line(max(span.start, span.end - 1))
    starts = source.line_starts
    end = starts[last] if last < len(starts) else len(source.text)
    return Edit(source, Span(starts[first - 1], end), "")


def on_its_own_line(source: Source, start: int, comment: Span) -> tuple[Edit, ...]:
    """The edits that move a comment from the end of a directive to a line above it, where the directive starts.

    None where other lines belong to the comment, since httpd joins lines before it looks at them.
    """
    text = source.text
    words = text[comment.start : comment.end]
    if "\n" in words or words.endswith("\\"):
        return ()
    begin = text.rfind("\n", 0, start) + 1
    indent = text[begin:start]
    if indent.strip(" \t"):
        return ()
    ending = "\r\n" if text.startswith("\r\n", source.line_span(source.line(comment.start)).end) else "\n"
    left = len(text[begin : comment.start].rstrip(" \t"))
    return (
        Edit(source, Span(begin, begin), f"{indent}{words}{ending}"),
        Edit(source, Span(begin + left, comment.end), ""),
    )
