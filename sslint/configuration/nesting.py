"""Open sections and the tags that open and close them.

Source: `ap_build_config_sub` and `ap_build_cont_config` in httpd's server/config.c,
`ap_soak_end_container` in server/core.c.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple, Protocol

from ..diagnostic import Related
from ..syntax import Section as SyntaxSection
from ..syntax import Tree
from ..syntax.lexer import Close, Open, Tag
from ..syntax.lines import BLANKS, next_word
from ..text import Span
from .conditions import Truth
from .model import Condition, Frame, Item, Section

_STRICT_END = (
    "</{name}> must stand alone on its line when its condition is true: httpd does not recognise "
    "the end here and stops with '</{name}> without matching <{name}> section'"
)


class Reporter(Protocol):
    """Notes a problem."""

    def __call__(
        self, kind: str, frame: Frame, span: Span, message: str, *, related: tuple[Related, ...] = ...
    ) -> None: ...


class Inside(NamedTuple):
    """What a directive is read into: the list, the section around it, and the condition."""

    children: list[Item]
    parent: Section | None
    condition: Condition | None


class Scope:
    """An open section: a true condition has no `section`. `before` is what its end goes back to."""

    __slots__ = ("before", "header", "section", "truth")

    def __init__(self, header: Section, section: Section | None, before: Inside, truth: Truth | None) -> None:
        self.header = header
        self.section = section
        self.before = before
        self.truth = truth

    @property
    def is_strict(self) -> bool:
        """Whether the end tag must stand alone: that of a condition that is true for certain."""
        return self.truth is not None and self.truth.certain and self.truth.value

    @property
    def is_soaked(self) -> bool:
        """Whether it is a false condition whose tag only showed after joining or replacing."""
        return self.truth is not None and self.truth.certain and not self.truth.value


class Nesting:
    """The open sections, and where the next directive goes."""

    def __init__(self, children: list[Item], report: Reporter) -> None:
        self.inside = Inside(children, None, None)
        self._scopes: list[Scope] = []
        self._open: Counter[str] = Counter()
        self._report = report

    def __len__(self) -> int:
        return len(self._scopes)

    def push(self, header: Section, section: Section | None, truth: Truth | None) -> None:
        """Open a section, or a condition, which has no section of its own but a truth."""
        before = self.inside
        scope = Scope(header, section, before, truth)
        self._scopes.append(scope)
        self._open[header.key] += 1
        if section is not None:
            before.children.append(section)
            self.inside = Inside(section.children, section, before.condition)
        elif truth is not None and not truth.certain:
            condition = Condition(header, truth.value, before.condition)
            self.inside = Inside(before.children, before.parent, condition)
        elif scope.is_soaked:
            self.inside = Inside([], before.parent, before.condition)  # Read and thrown away.

    def _pop(self) -> Scope:
        scope = self._scopes.pop()
        self._open[scope.header.key] -= 1
        self.inside = scope.before
        return scope

    def end_innermost(self, key: str, frame: Frame, span: Span, base: int) -> bool:
        """Close the innermost section by a faultless end tag; False if it is not that section's."""
        if len(self._scopes) <= base or self._scopes[-1].header.key != key:
            return False
        scope = self._pop()
        if scope.section is not None:
            scope.section.close = (frame.source, span)
        return True

    def end(self, frame: Frame, span: Span, text: str, base: int) -> None:
        """An end tag, by the rules of `ap_build_config_sub`, or of `ap_build_cont_config` for conditions."""
        word, _ = next_word(text, 0)
        name = (word.value if word else text)[2:]
        malformed = not name.endswith(">")
        name = name.partition(">")[0]
        key = name.lower()
        depth = self._depth(key, base)
        if depth is None:
            self._report("mismatched-section", frame, span, f"</{name}> without matching <{name}> section")
            return
        scope = self._scopes[depth - 1]
        for unclosed in self._scopes[depth:]:
            self._report_unclosed(unclosed, f"Expected </{unclosed.header.name[1:]}> but saw </{name}>", frame, span)
        if malformed:
            self._report("malformed-end-tag", frame, span, f"</{name}> directive missing closing '>'")
        elif scope.is_strict and text.lower() != f"</{key}>":
            self._report("malformed-end-tag", frame, span, _STRICT_END.format(name=name))
        while len(self._scopes) >= depth:
            self._pop()
        if scope.section is not None:
            scope.section.close = (frame.source, span)

    def _depth(self, key: str, base: int) -> int | None:
        """How many sections are open with the innermost one of a name, this file's only."""
        if not self._open[key]:
            return None
        return next((at for at in range(len(self._scopes), base, -1) if self._scopes[at - 1].header.key == key), None)

    def _report_unclosed(self, scope: Scope, message: str, frame: Frame, span: Span) -> None:
        header = scope.header
        related = (Related(frame.source, span, "the end tag that is met instead"),)
        self._report("mismatched-section", header.frame, header.span, message, related=related)

    def end_file(self, base: int) -> None:
        """At a file's end the server only misses the ends of sections outside any true condition."""
        open_condition = False
        for scope in self._scopes[base:]:
            open_condition = open_condition or scope.section is None
            header = scope.header
            kind = "unclosed-condition" if open_condition and not scope.is_soaked else "unclosed-section"
            self._report(kind, header.frame, header.span, f"{header.name}> was not closed.")
        while len(self._scopes) > base:
            self._pop()

    def check_soaked(self, frame: Frame, item: SyntaxSection, header: Section) -> None:
        """A false condition's body is only looked through for section ends (`ap_soak_end_container`)."""
        if item.close is None:
            message = f"Expected </{header.name[1:]}> before end of configuration"
            self._report("unclosed-section", header.frame, header.span, message)
            return
        opened: list[Tag] = []
        for token in Tree.walk_items(item.items):
            if isinstance(token, Open):
                opened.append(token)
            elif isinstance(token, Close):
                opened.pop()
            elif isinstance(token, Tag):
                self._stray(frame, token, f"</{token.key}> closes nothing in this <{header.key}>")
            elif token.type == "MISSING":
                start = opened.pop()
                self._stray(frame, start, f"<{start.key}> is not closed before </{header.name[1:]}>")

    def _stray(self, frame: Frame, tag: Tag, message: str) -> None:
        self._report("mismatched-section", frame, tag_span(frame, tag), message)


def source_start(frame: Frame, tag: Tag) -> int:
    """Where a tag's own text begins, behind the blanks before it."""
    text = frame.tree.lexed
    start = tag.start
    while start < tag.end and text[start] in BLANKS:
        start += 1
    return start


def tag_span(frame: Frame, tag: Tag) -> Span:
    """A tag's own text, without the blanks around it."""
    start = source_start(frame, tag)
    return Span(start, start + len(frame.source.text[start : tag.end].rstrip(BLANKS)))
