"""Comments that silence findings.

    # sslint: ignore[weak-ssl-protocol] reason       the next directive, or the whole next section
    # sslint: disable[cipher] reason                 from here to `enable`, or to the section's end
    # sslint: enable[cipher]
    # sslint: ignore-file[SSL0101] reason            the whole file; stands before its first directive

Between the brackets stand codes, beginnings of codes, slugs or families. A comment must have a line of
its own, since httpd knows no others. What a comment can't mean, and what it silences in vain, are
problems that rules of the family `style` report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .configuration.problem import Problem
from .diagnostic import Diagnostic, Edit, on_its_own_line
from .knowledge.suggest import closest
from .registry import Registry, UnknownRule
from .syntax import parse
from .syntax.lines import split_words
from .syntax.tree import Bad, Blank, Comment, Directive, Node, Section
from .text import Source, Span

INVALID = "invalid-suppression"
TRAILING = "trailing-suppression"
UNEXPLAINED = "unexplained-suppression"
UNUSED = "unused-suppression"
ABOUT_COMMENTS = frozenset({INVALID, TRAILING, UNEXPLAINED, UNUSED})
"""What is found in comments themselves, which no comment can ignore."""
VERBS = ("ignore", "ignore-file", "disable", "enable")

MARKER = re.compile(r"#[^\S\n]*sslint[^\S\n]*:")
COMMAND = re.compile(
    MARKER.pattern + r"[^\S\n]*(?P<verb>[\w-]*)(?P<brackets>[^\S\n]*\[(?P<list>[^\]\n]*)\])?(?P<reason>[^\n]*)"
)
_NAME = re.compile(r"[^,\s][^,]*(?<!\s)")


class Name(NamedTuple):
    """A word of a comment's list, and the codes of the rules that it names."""

    span: Span
    codes: frozenset[str]


class Suppression:
    """One comment: the rules it silences, where, and which of them it did silence."""

    __slots__ = ("closer", "covers", "lines", "names", "reason", "source", "span", "used", "verb")

    def __init__(self, node: Comment, match: re.Match[str], covers: Span, names: tuple[Name, ...]) -> None:
        self.source = node.source
        self.span = node.span
        self.lines = Span(node.start, node.end)
        self.covers = covers
        self.verb = match.span("verb")
        self.names = names
        self.reason = match["reason"].strip()
        self.closer: Span | None = None
        """The lines of the `enable` that ends it."""
        self.used: set[str] = set()

    def covered(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding of this source stands where the comment holds."""
        return self.covers.start <= diagnostic.span.start < max(self.covers.end, self.covers.start + 1)

    def hides(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding of this source is silenced; remembers that it was."""
        if self.covered(diagnostic) and any(diagnostic.code in name.codes for name in self.names):
            self.used.add(diagnostic.code)
            return True
        return False


class Outcome(NamedTuple):
    """What is left after the comments were heeded, what they silenced, and what is wrong with them."""

    kept: tuple[Diagnostic, ...]
    silenced: tuple[tuple[Diagnostic, Suppression], ...]
    problems: tuple[Problem, ...]


def heed(
    diagnostics: Sequence[Diagnostic], sources: Iterable[Source], registry: Registry, active: frozenset[str]
) -> Outcome:
    """Take out the silenced findings. `active` holds the codes of the rules that ran."""
    problems: list[Problem] = []
    readers: dict[str, _Reader] = {}
    for source in sources:
        if "sslint" in source.text and MARKER.search(source.text):
            reader = readers[source.path] = _Reader(source, registry)
            reader.read()
            problems += reader.problems
    kept: list[Diagnostic] = []
    silenced: list[tuple[Diagnostic, Suppression]] = []
    for one in diagnostics:
        comment = _hiding(one, readers[one.source.path].found) if one.source.path in readers else None
        if comment is None:
            kept.append(one)
        else:
            silenced.append((one, comment))
    demanded = (header := registry.of_slug(UNEXPLAINED)) is not None and header.code in active
    for reader in readers.values():
        problems += _unused(reader.found, registry, active)
        problems += _unexplained(reader.found) if demanded else ()
        problems += _bare(reader.bare, kept)
    return Outcome(tuple(kept), tuple(silenced), tuple(problems))


def _hiding(diagnostic: Diagnostic, suppressions: Iterable[Suppression]) -> Suppression | None:
    """The first of the comments that silence a finding; every one of them learns that it was needed."""
    return next(iter([one for one in suppressions if one.hides(diagnostic)]), None)


def _unused(suppressions: Iterable[Suppression], registry: Registry, active: frozenset[str]) -> Iterator[Problem]:
    """Comments that silence nothing, and the names of others that don't."""
    for one in suppressions:
        vain = [name for name in one.names if name.codes & active and not name.codes & one.used]
        if not vain:
            continue
        codes = frozenset[str]().union(*(name.codes & active for name in vain))
        slugs = sorted(registry.get(code).slug for code in codes)
        message = f"nothing here is a finding of {slugs[0] if len(slugs) == 1 else f'any of {len(slugs)} rules'}"
        if len(vain) == len(one.names):
            lines = [one.lines, *([one.closer] if one.closer else [])]
            edits = tuple(Edit(one.source, span, "") for span in lines)
            yield Problem(UNUSED, one.source, one.span, message, edits=edits)
        elif not one.closer:
            yield Problem(UNUSED, one.source, vain[0].span, message, edits=tuple(_without(one, vain)))


def _without(one: Suppression, vain: Sequence[Name]) -> Iterator[Edit]:
    """The edit that leaves out some names of a comment's list."""
    text = one.source.text
    left = ", ".join(text[name.span.start : name.span.end] for name in one.names if name not in vain)
    yield Edit(one.source, Span(one.names[0].span.start, one.names[-1].span.end), left)


def _unexplained(suppressions: Iterable[Suppression]) -> Iterator[Problem]:
    """Comments without a reason."""
    message = "nobody will know why this is ignored: write the reason behind the brackets"
    return (Problem(UNEXPLAINED, one.source, one.span, message) for one in suppressions if not one.reason)


def _bare(suppressions: Iterable[Suppression], kept: Sequence[Diagnostic]) -> Iterator[Problem]:
    """Comments without a list: what they would have to name is what is found there."""
    for one in suppressions:
        found = sorted({d.slug for d in kept if d.source.path == one.source.path and one.covered(d)})
        start, end = one.verb
        verb = one.source.text[start:end]
        names = f"[{', '.join(found or ['weak-ssl-protocol'])}]"
        message = f"{verb} names no rule: write {verb}{names}" + ("" if found else ", for example")
        edits = (Edit(one.source, Span(end, end), names),) if found else ()
        yield Problem(INVALID, one.source, one.span, message, edits=edits)


class _Level:
    """One section's nodes while they are read, and the comments in force among them."""

    __slots__ = ("end", "nodes", "ranges", "waiting")

    def __init__(self, nodes: Iterator[Node], end: int) -> None:
        self.nodes = nodes
        self.end = end
        self.waiting: list[Suppression] = []
        self.ranges: list[Suppression] = []


class _Reader:
    """Collects the suppressions of one source."""

    def __init__(self, source: Source, registry: Registry) -> None:
        self.source = source
        self.registry = registry
        self.found: list[Suppression] = []
        self.bare: list[Suppression] = []
        self.problems: list[Problem] = []
        self.before_directives = True

    def read(self) -> None:
        """All suppressions, in the order of the text. No recursion: sections may nest deeply."""
        levels = [_Level(iter(parse(self.source).children), len(self.source.text))]
        while levels:
            node = next(levels[-1].nodes, None)
            if node is None:
                levels.pop()
            elif isinstance(node, Comment):
                self.comment(node, levels[-1])
            elif not isinstance(node, Blank):
                self.directive(node, levels[-1])
                if isinstance(node, Section):
                    levels.append(_Level(iter(node.children), node.end))

    def directive(self, node: Bad | Directive | Section, level: _Level) -> None:
        """What waited for the next directive has found it."""
        for one in level.waiting:
            one.covers = Span(node.start, node.end)
        level.waiting.clear()
        self.before_directives = False
        self.trailing(node)

    def comment(self, node: Comment, level: _Level) -> None:
        """One comment line, if it is one of ours."""
        match = COMMAND.match(self.source.text, *node.span)
        if match is None:
            return
        verb = match["verb"]
        if verb not in VERBS:
            self.unknown(node, match)
        elif verb == "enable":
            self.enable(node, match, level.ranges)
        elif verb == "ignore-file" and not self.before_directives:
            self.misplaced(node)
        else:
            self.silence(node, match, level)

    def silence(self, node: Comment, match: re.Match[str], level: _Level) -> None:
        """A comment that silences, or would if it named a rule."""
        verb = match["verb"]
        ranges = {"ignore": Span(node.end, node.end), "disable": Span(node.end, level.end)}
        covers = ranges.get(verb, Span(0, len(self.source.text)))
        one = Suppression(node, match, covers, tuple(self.names(node, match)))
        if one.names:
            self.found.append(one)
        elif (match["list"] or "").strip():
            return
        else:
            self.bare.append(one)
        if verb != "ignore-file":
            (level.waiting if verb == "ignore" else level.ranges).append(one)

    def unknown(self, node: Comment, match: re.Match[str]) -> None:
        """An instruction that does not exist."""
        verb = match["verb"]
        near = closest(verb, VERBS, 1)
        message = f"{verb or 'nothing'!r} is no instruction" + (f": did you mean {near[0]}?" if near else "")
        self.invalid(node.span, message, *(Edit(self.source, Span(*match.span("verb")), word) for word in near))

    def misplaced(self, node: Comment) -> None:
        """A comment for the whole file that comes too late."""
        top = int(self.source.text.startswith("\ufeff"))
        text = node.text if node.text.endswith("\n") else node.text + "\n"
        move = (
            Edit(self.source, Span(top, top), text.lstrip(" \t")),
            Edit(self.source, Span(node.start, node.end), ""),
        )
        self.invalid(node.span, "ignore-file must stand before the file's first directive", *move)

    def enable(self, node: Comment, match: re.Match[str], ranges: list[Suppression]) -> None:
        """Close the ranges of this level that hold one of the rules; all of them without a list."""
        names = list(self.names(node, match))
        codes = frozenset[str]().union(*(name.codes for name in names)) if match["list"] else None
        closed = [one for one in ranges if codes is None or any(name.codes & codes for name in one.names)]
        lines = Span(node.start, node.end)
        if not closed and codes != frozenset():
            self.invalid(node.span, "enable without a disable in the same section", Edit(self.source, lines, ""))
        for one in closed:
            one.covers = Span(one.covers.start, node.start)
            one.closer = lines if len(closed) == 1 else None
            ranges.remove(one)

    def names(self, node: Comment, match: re.Match[str]) -> Iterator[Name]:
        """The names of a list with their codes; unknown ones are reported."""
        if not match["list"]:
            return
        found = list(_NAME.finditer(self.source.text, *match.span("list")))
        for name in found:
            span = Span(*name.span())
            try:
                yield Name(span, frozenset(header.code for header in self.registry.meant(name[0])))
            except UnknownRule as error:
                edits = [Edit(self.source, span, error.near)] if error.near else []
                if not error.near and len(found) == 1:
                    edits = [Edit(self.source, Span(node.start, node.end), "")]
                self.invalid(span, str(error), *edits)

    def trailing(self, node: Bad | Directive | Section) -> None:
        """A comment behind a directive is no comment to httpd."""
        line = node.header if isinstance(node, Section) else node
        text = line.text
        if "sslint" not in text or not MARKER.search(text):
            return
        start = next((word.start for word in split_words(text) if MARKER.match(text, word.start)), -1)
        if start < 0:
            return
        span = Span(line.start + start, line.span.end)
        message = "httpd has no comments behind a directive: it reads this as arguments"
        if isinstance(node, Section):
            message = "httpd has no comments behind a directive, and this silences nothing there"
        edits = on_its_own_line(self.source, line.span.start, span)
        self.problems.append(Problem(TRAILING, self.source, span, message, "its place is a line above", edits=edits))

    def invalid(self, span: Span, message: str, *edits: Edit) -> None:
        """Report a comment, or one word of it."""
        self.problems.append(Problem(INVALID, self.source, span, message, edits=edits))
