"""Two cipher strings, or one string in two libraries, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from .expansion import Expansion
from .suite import Suite


class Change(NamedTuple):
    """A suite that only the `first` or the `second` list has, or whose place among the common ones differs.

    `before` and `after` are its places in the two lists, counted from 1; None where it is missing. For one that
    moved they are those among the common suites.
    `reason` tells why it is missing.
    """

    kind: Literal["first", "second", "moved"]
    suite: Suite
    before: int | None
    after: int | None
    reason: str = ""


class Comparison(NamedTuple):
    """How two lists differ; suites are the same where their names are."""

    first: Expansion
    second: Expansion
    changes: tuple[Change, ...]

    @property
    def is_equal(self) -> bool:
        """Whether both give the same suites in the same order, at the same security level."""
        same_level = self.first.level == self.second.level
        return not self.changes and same_level and self.first.error is None and self.second.error is None


def compare(first: Expansion, second: Expansion) -> Comparison:
    """How the second list differs from the first."""
    left = [suite.name for suite in first.suites]
    right = [suite.name for suite in second.suites]
    places, others = _places(left), _places(right)
    found = [
        Change("first", suite, places[suite.name], None, why_missing(suite, second))
        for suite in first.suites
        if suite.name not in others
    ]
    found += [
        Change("second", suite, None, others[suite.name], why_missing(suite, first))
        for suite in second.suites
        if suite.name not in places
    ]
    before = [name for name in left if name in others]
    moved = _moved(before, others)
    old, new = _places(before), _places([name for name in right if name in places])
    found += [Change("moved", suite, old[suite.name], new[suite.name]) for suite in first.suites if suite.name in moved]
    return Comparison(first, second, tuple(found))


def _places(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names, 1)}


def _moved(common: Sequence[str], others: dict[str, int]) -> set[str]:
    """As few of the common suites as must move to get the other order: all but a longest rising run."""
    ends: list[int] = []
    runs: list[list[str]] = []
    for name in common:
        place = others[name]
        at = next((i for i, end in enumerate(ends) if end > place), len(ends))
        run = [*(runs[at - 1] if at else []), name]
        if at == len(ends):
            ends.append(place)
            runs.append(run)
        else:
            ends[at], runs[at] = place, run
    return set(common) - set(runs[-1] if runs else [])


def why_missing(suite: Suite, expansion: Expansion) -> str:
    """Why a list lacks a suite that another has."""
    library = expansion.library
    if library.suite(suite.name) is None:
        return f"OpenSSL {library.name} does not have it"
    if expansion.selected is None:
        return "the string is refused"
    for element in reversed(expansion.elements):
        if any(one.name == suite.name for one in element.removed):
            return f"{expansion.text[element.start : element.end]} removes it"
    for element in expansion.elements:
        if element.operator == "!" and any(one.name == suite.name for one in element.suites):
            return f"{expansion.text[element.start : element.end]} keeps it out"
    return "no element adds it"
