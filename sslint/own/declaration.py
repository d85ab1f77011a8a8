"""What a declared rule is: the lines that it looks at, and what it asks of their values."""

from __future__ import annotations

import re
from typing import NamedTuple

OUTSIDE = "server"
"""For lines: outside of all sections."""


class Test(NamedTuple):
    """What is asked of a value: all that is stated must hold."""

    pattern: re.Pattern[str] | None = None
    words: frozenset[str] = frozenset()
    above: int | None = None
    below: int | None = None

    def holds(self, value: str) -> bool:
        """Whether a value passes. What is no number is neither above nor below one."""
        if self.pattern is not None and not self.pattern.search(value):
            return False
        if self.words and value.lower() not in self.words:
            return False
        if self.above is None and self.below is None:
            return True
        number = _number(value)
        if number is None or (self.above is not None and number <= self.above):
            return False
        return self.below is None or number < self.below


class Declaration(NamedTuple):
    """One declared rule. `names` are the directives' names in lower case, `argument` counts from 1, 0 is all."""

    kind: str
    names: tuple[str, ...]
    spelt: str
    places: tuple[str, ...]
    argument: int
    when: Test | None
    unless: Test | None
    message: str
    replacement: str | None
    remove: bool

    def asks(self, value: str) -> bool:
        """Whether a value is to be reported."""
        if self.when is not None and not self.when.holds(value):
            return False
        return self.unless is None or not self.unless.holds(value)

    def renewed(self, value: str) -> str | None:
        """What is to stand in a value's stead; groups of the pattern are filled in."""
        if self.replacement is None:
            return None
        pattern = self.when.pattern if self.when is not None else None
        match = pattern.search(value) if pattern is not None else None
        return match.expand(self.replacement) if match is not None else self.replacement


def _number(value: str) -> int | None:
    digits = value.lstrip("+-")
    return int(value) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None
