"""The elements of the cipher strings that lines hold."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sslint.api import CipherList, Directive, Element, Spot, Suite, Target, cipher_line, enumeration


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
        setting = cipher_line(self.directive, self.target)
        assert setting is not None
        assert setting.argument is not None
        span = setting.place(self.element) or setting.argument.span
        return Spot(self.directive.source, span, self.directive.frame)


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
