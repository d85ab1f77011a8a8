"""The elements of the cipher strings that lines hold."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sslint.api import (
    Argument,
    CipherList,
    CipherSetting,
    Directive,
    Edit,
    Element,
    Span,
    Spot,
    Suite,
    Target,
    cipher_line,
    enumeration,
    lifetime,
)

SEPARATORS = ":,; "


class Written(NamedTuple):
    """One element as its author wrote it in a line, and the list that the whole string makes."""

    element: Element
    text: str
    selected: CipherList
    directive: Directive
    target: Target

    @property
    def spot(self) -> Spot:
        """Where it stands."""
        span = self._setting.place(self.element) or self.argument.span
        return Spot(self.directive.source, span, self.directive.frame)

    @property
    def offset(self) -> int:
        """Where the author's value begins in the whole string."""
        effective = self._setting.effective
        return effective.start if effective is not None else 0

    @property
    def when(self) -> str:
        """Of a word that the library does not know: which versions do, as `gone since 1.1.0`; empty for no word."""
        return lifetime(self.element.unknown, self.selected.library.series) if self.element.unknown else ""

    @property
    def argument(self) -> Argument:
        """The argument that holds the string."""
        argument = self._setting.argument
        assert argument is not None
        return argument

    @property
    def _setting(self) -> CipherSetting:
        setting = cipher_line(self.directive, self.target)
        assert setting is not None
        return setting


def written(directive: Directive, target: Target) -> Iterator[Written]:
    """The elements of a line's cipher string that its author wrote; none where the library refuses the string."""
    key, text = directive.key, directive.text
    known = _known(target)
    if (key, text) not in known:
        known[key, text] = tuple(_elements(directive, target))
    for element, words, selected in known[key, text]:
        yield Written(element, words, selected, directive, target)


@functools.lru_cache(maxsize=4)
def _known(target: Target) -> dict[tuple[str, str], tuple[tuple[Element, str, CipherList], ...]]:  # noqa: ARG001
    """What was worked out for a target, by the line's text: several rules ask, and hosts tend to share a text."""
    return {}


def _elements(directive: Directive, target: Target) -> Iterator[tuple[Element, str, CipherList]]:
    setting = cipher_line(directive, target)
    if setting is None or setting.selected is None or setting.effective is None or setting.argument is None:
        return
    effective = setting.effective
    for element in setting.selected.elements:
        if effective.start <= element.start < effective.end:
            yield element, effective.text[element.start : min(element.end, effective.end)], setting.selected


def named(suites: Sequence[Suite], most: int = 3) -> str:
    """Suites by name: the first few, and how many more."""
    return enumeration(list(dict.fromkeys(suite.openssl_name for suite in suites)), most)


def without(*found: Written) -> list[Edit]:
    """The edits that take elements of one string out, in their order, each with the separator at its side.

    Nothing where one of them does not stand in the source as it is read, or is glued to another.
    """
    edits: list[Edit] = []
    begin = -1
    for one in found:
        source, (start, end) = one.spot.source, one.spot.span
        text, word = source.text, one.argument.word
        first, last = one.argument.span.start + len(word.quote), one.argument.span.end - len(word.quote) * word.closed
        begin = max(begin, first)
        alone = (start == first or text[start - 1] in SEPARATORS) and (end == last or text[end] in SEPARATORS)
        if text[start:end] != one.text or not alone:
            return []
        if start == begin:  # nothing is left before it
            end = begin = min(end + 1, last)
        else:
            start -= 1
        edits.append(Edit(source, Span(start, end), ""))
    return edits
