"""Names findings so that they are known again: in SARIF, in GitLab's reports and in baselines.

A fingerprint is made of the rule's code, the sections around the place, the directive's name and the words
that the finding is about. It holds no path, no line and no message: it survives lines that move, edits
elsewhere, and better words in a later version. Equal findings of one file share theirs, and are counted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .diagnostic import Diagnostic
from .syntax import parse
from .syntax.lexer import Close, Missing, Open
from .text import Source

_CONTINUED = re.compile(r"\\\r?\n")
_LENGTH = 32


def fingerprints(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """The fingerprint of each finding, in order. A source is parsed once."""
    outlines: dict[str, _Outline] = {}
    for one in diagnostics:
        outline = outlines.get(one.source.path)
        if outline is None:
            outline = outlines[one.source.path] = _outline(one.source)
        yield digest(one.code, outline.sections(one.span.start), *_words(one))


def unique(named: Iterable[tuple[str, str]]) -> Iterator[str]:
    """For each path and fingerprint a name that no other finding of the report has."""
    seen: Counter[tuple[str, str]] = Counter()
    for pair in named:
        seen[pair] += 1
        yield digest(*pair, str(seen[pair]))


def digest(*parts: str) -> str:
    """A hash of some texts."""
    from hashlib import sha256

    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


class _Outline(NamedTuple):
    """Where the sections of a source begin and end, and which are open from there on."""

    starts: list[int]
    paths: list[str]

    def sections(self, offset: int) -> str:
        """The start tags around an offset, outermost first."""
        return self.paths[bisect_right(self.starts, offset) - 1]


def _outline(source: Source) -> _Outline:
    starts, paths = [-1], [""]
    for token in parse(source).walk():
        if isinstance(token, Open):
            starts.append(token.start)
            paths.append(f"{paths[-1]}\n{_normal(source.text[token.start : token.end])}")
        elif isinstance(token, (Close, Missing)):
            starts.append(token.end)
            paths.append(paths[-1].rpartition("\n")[0])
    return _Outline(starts, paths)


def _words(diagnostic: Diagnostic) -> tuple[str, str]:
    """The name of the directive, and what of it the finding is about."""
    text, (start, end) = diagnostic.source.text, diagnostic.span
    begin = text.rfind("\n", 0, start) + 1
    while begin and _CONTINUED.search(text, max(0, begin - 3), begin):
        begin = text.rfind("\n", 0, begin - 1) + 1
    line = _normal(text[begin:])
    return line.partition(" ")[0].lower(), _normal(text[start:end]) or line


def _normal(text: str) -> str:
    """The first logical line of a text, its blanks made equal."""
    end = 0
    while (end := text.find("\n", end)) >= 0 and text[:end].rstrip("\r").endswith("\\"):
        end += 1
    return " ".join(_CONTINUED.sub(" ", text if end < 0 else text[:end]).split())
