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
from .diagnostic import Diagnostic, Edit
from .knowledge.suggest import closest
from .registry import Registry, UnknownRule
from .syntax import parse
from .syntax.lexer import Close, Open
from .syntax.tree import Bad, Blank, Comment, Directive, Line, Node, Section
from .text import Source, Span

INVALID = "invalid-suppression"
UNUSED = "unused-suppression"
VERBS = ("ignore", "ignore-file", "disable", "enable")

_MARKER = re.compile(r"#\s*sslint\s*:")
_COMMAND = re.compile(r"#\s*sslint\s*:\s*(?P<verb>[\w-]*)\s*(?:\[(?P<list>[^\]\n]*)\])?")
_IGNORE = re.compile(r"[ \t]*#\s*sslint\s*:\s*ignore\s*\[([^\]\n]*)\][^\n]*\n?\Z")
"""A comment of one physical line that ignores rules from here on; group 1 is the list."""


class Suppression:
    """One comment: the rules it silences, by code, where, and which of them it did silence."""

    __slots__ = ("codes", "covers", "lines", "source", "span", "used")

    def __init__(self, source: Source, span: Span, lines: Span, covers: Span, codes: frozenset[str]) -> None:
        self.source = source
        self.span = span
        self.lines = lines
        self.covers = covers
        self.codes = codes
        self.used: set[str] = set()

    def hides(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding of this source is silenced; remembers that it was."""
        covered = self.covers.start <= diagnostic.span.start < max(self.covers.end, self.covers.start + 1)
        if covered and diagnostic.code in self.codes:
            self.used.add(diagnostic.code)
            return True
        return False


class Outcome(NamedTuple):
    """What is left after the comments were heeded, and what is wrong with them."""

    kept: tuple[Diagnostic, ...]
    hidden: int
    problems: tuple[Problem, ...]


def heed(
    diagnostics: Sequence[Diagnostic], sources: Iterable[Source], registry: Registry, active: frozenset[str]
) -> Outcome:
    """Take out the silenced findings. `active` holds the codes of the rules that ran."""
    problems: list[Problem] = []
    by_path: dict[str, list[Suppression]] = {}
    for source in sources:
        if "sslint" in source.text and _MARKER.search(source.text):
            reader = _Reader(source, registry)
            by_path[source.path] = reader.read()
            problems += reader.problems
    kept = [one for one in diagnostics if not _hidden(one, by_path.get(one.source.path, ()))]
    for suppressions in by_path.values():
        problems += _unused(suppressions, registry, active)
    return Outcome(tuple(kept), len(diagnostics) - len(kept), tuple(problems))


def _hidden(diagnostic: Diagnostic, suppressions: Iterable[Suppression]) -> bool:
    hiding = [one for one in suppressions if one.hides(diagnostic)]  # every one of them learns that it was needed
    return bool(hiding)


def _unused(suppressions: Iterable[Suppression], registry: Registry, active: frozenset[str]) -> Iterator[Problem]:
    for one in suppressions:
        if one.codes & active and not one.used:
            slugs = sorted(registry.get(code).slug for code in one.codes & active)
            what = slugs[0] if len(slugs) == 1 else f"any of {len(slugs)} rules"
            edit = Edit(one.source, one.lines, "")
            yield Problem(UNUSED, one.source, one.span, f"nothing here is a finding of {what}", edits=(edit,))


def ignoring(source: Source, offset: int, names: Sequence[str], reason: str = "") -> Edit:
    """The edit that makes a comment ignore rules at an offset: by their names in one that is there, or by a new one.

    A comment stands above the whole directive or section, never inside it, and silences what begins there. Where
    the offset is in a comment or a blank line, which no directive covers, the file as a whole is made to ignore.
    """
    above: list[Line] = []
    opened: list[Open] = []
    for leaf in parse(source).leaves():
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
    return Edit(source, Span(0, 0), line + _line_end(source, 0))


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
        self.problems: list[Problem] = []
        self.before_directives = True

    def read(self) -> list[Suppression]:
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
        return self.found

    def directive(self, node: Bad | Directive | Section, level: _Level) -> None:
        """What waited for the next directive has found it."""
        for one in level.waiting:
            one.covers = Span(node.start, node.end)
        level.waiting.clear()
        self.before_directives = False
        self.trailing(node)

    def comment(self, node: Comment, level: _Level) -> None:
        """One comment line, if it is one of ours."""
        match = _COMMAND.match(node.logical()[0])
        if match is None:
            return
        verb = match["verb"]
        if verb not in VERBS:
            near = closest(verb, VERBS, 1)
            self.invalid(
                node, f"{verb or 'nothing'!r} is no instruction" + (f": did you mean {near[0]}?" if near else "")
            )
        elif verb == "enable":
            self.enable(node, match["list"], level.ranges)
        elif not (match["list"] or "").strip():
            self.invalid(node, f"{verb} names no rule: write {verb}[weak-ssl-protocol], for example")
        elif verb == "ignore-file" and not self.before_directives:
            self.invalid(node, "ignore-file must stand before the file's first directive")
        elif codes := self.codes(node, match["list"]):
            covers = {"ignore": Span(node.end, node.end), "disable": Span(node.end, level.end)}
            everything = Span(0, len(self.source.text))
            one = Suppression(
                self.source, node.span, Span(node.start, node.end), covers.get(verb, everything), frozenset(codes)
            )
            self.found.append(one)
            if verb != "ignore-file":
                (level.waiting if verb == "ignore" else level.ranges).append(one)

    def enable(self, node: Comment, names: str | None, ranges: list[Suppression]) -> None:
        """Close the ranges of this level that hold one of the rules; all of them without a list."""
        codes = self.codes(node, names) if names else None
        closed = [one for one in ranges if codes is None or one.codes & codes]
        if not closed and codes != set():
            self.invalid(node, "enable without a disable in the same section")
        for one in closed:
            one.covers = Span(one.covers.start, node.start)
            ranges.remove(one)

    def codes(self, node: Comment, names: str) -> set[str]:
        """The codes that a list names; unknown names are reported."""
        codes: set[str] = set()
        for name in filter(None, (word.strip() for word in names.split(","))):
            try:
                codes.update(header.code for header in self.registry.meant(name))
            except UnknownRule as error:
                self.invalid(node, str(error), name)
        return codes

    def trailing(self, node: Bad | Directive | Section) -> None:
        """A comment behind a directive is no comment to httpd."""
        line = node.header if isinstance(node, Section) else node
        match = _MARKER.search(line.text)
        if match:
            span = Span(line.start + match.start(), line.span.end)
            message = "httpd has no comments behind a directive: it reads this as arguments"
            self.problems.append(Problem(INVALID, self.source, span, message, "give it a line of its own above"))

    def invalid(self, node: Comment, message: str, word: str = "") -> None:
        """Report a comment, or one word of it."""
        start, end = node.span
        at = self.source.text.find(word, start, end) if word else -1
        span = Span(at, at + len(word)) if at >= 0 else Span(start, end)
        self.problems.append(Problem(INVALID, self.source, span, message))
