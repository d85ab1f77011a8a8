"""How the lines of several layers become those in force: one function for each way of merging.

Each takes the lines of a group in the order of the layers, and tells which act, in which order, which
lost, and which would win where a condition that can't be told holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ...configuration.model import Directive, Section
from .bits import Bits
from .layers import Layer
from .merge import MergeRule

_LIMITED = frozenset({"require", "order", "allow", "deny", "satisfy"})


class Line(NamedTuple):
    """A directive with the layer that it stands in; `number` is the layer's place in the order."""

    directive: Directive
    layer: Layer
    number: int

    @property
    def is_read(self) -> bool:
        """Whether the server reads it, or a reader must assume so."""
        return self.directive.condition is None or self.directive.condition.likely

    @property
    def certain(self) -> bool:
        """Whether it is known to be read, and its layer to apply."""
        condition = self.directive.condition
        return self.layer.truth is True and condition is None

    @property
    def limit(self) -> Section | None:
        """The `<Limit>` or `<LimitExcept>` whose methods it is for: only access control heeds that."""
        if self.directive.key not in _LIMITED:
            return None
        found = (one for one in self.directive.enclosing if one.key in ("limit", "limitexcept"))
        return next(found, None)


class Loser(NamedTuple):
    """A line that has no say, and why; `by` is the line that overrides it."""

    line: Line
    why: str
    by: Line | None = None


class Folded(NamedTuple):
    """What is left: the lines that act in their order, those without a say, and those that may yet win.

    `words` are the value where it is more than the words of the last line.
    """

    lines: Sequence[Line]
    losers: Sequence[Loser] = ()
    maybe: Sequence[Line] = ()
    words: tuple[str, ...] | None = None


Fold = Callable[[Sequence[Line], MergeRule], Folded]


def by_layer(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines of each layer."""
    for _, found in groupby(lines, lambda line: line.number):
        yield list(found)


def override(lines: Sequence[Line], rule: MergeRule) -> Folded:
    """The innermost layer's word; of several lines there the last, or all."""
    state: list[Line] = []
    losers: list[Loser] = []
    maybe: list[Line] = []
    for found in by_layer(lines):
        last = found[-1]
        mine = _kept(found, rule)
        losers += [Loser(one, "a later line beside it overrides it", last) for one in found[: -len(mine)]]
        if last.layer.truth is None:
            maybe += mine
            continue
        losers += [Loser(one, f"{last.layer.title} overrides it", last) for one in (*state, *maybe)]
        state, maybe = mine, []
    return Folded(state, losers, maybe)


def _kept(found: list[Line], rule: MergeRule) -> list[Line]:
    """The lines of one layer that count: the last, or all since the last that empties the list."""
    if rule.repeat != "append":
        return found[-1:]
    empties = [number for number, one in enumerate(found) if one.directive.values == [rule.cells.get("empties")]]
    return found[empties[-1] :] if empties else found


def append(lines: Sequence[Line], rule: MergeRule) -> Folded:
    """All lines, the outer layers' first."""
    del rule
    return Folded(list(lines))


def prepend(lines: Sequence[Line], rule: MergeRule) -> Folded:
    """All lines, the inner layers' first."""
    del rule
    layers = list(by_layer(lines))
    return Folded([line for mine in reversed(layers) for line in mine])


def replace(lines: Sequence[Line], rule: MergeRule) -> Folded:
    """The lines of the innermost layer that has any: it forgets all of the group that was said outside."""
    folded = override(lines, rule._replace(repeat="append"))
    losers = [
        one._replace(why=f"{one.by.layer.title} has lines of its own") if one.by else one for one in folded.losers
    ]
    return folded._replace(losers=losers)


def sticky(lines: Sequence[Line], rule: MergeRule) -> Folded:
    """Any line anywhere; nothing takes it back."""
    del rule
    return Folded([one for one in lines if one.layer.truth], maybe=[one for one in lines if one.layer.truth is None])


def index(lines: Sequence[Line], rule: MergeRule) -> Folded:
    """The inner layer's first line stands for the outer's first, its second for the second, and so on."""
    del rule
    state: list[Line] = []
    losers: list[Loser] = []
    for mine in by_layer(lines):
        pairs = zip(state, mine, strict=False)
        losers += [Loser(old, f"line {number} of {new.layer.title} stands for it", new)
                   for number, (old, new) in enumerate(pairs, 1)]  # fmt: skip
        state = mine + state[len(mine) :]
    return Folded(state, losers)


def bits(lines: Sequence[Line], rule: MergeRule) -> Folded:
    """The set that signed words left; the lines since the last that began afresh."""
    kind = rule.merge.partition(":")[2]
    found = Bits(kind, ("warn",) if kind == "log" else ())
    state: list[Line] = []
    losers: list[Loser] = []
    maybe: list[Line] = []
    for mine in by_layer(lines):
        found.enter()
        for line in mine:
            if line.layer.truth is None:
                maybe.append(line)
                continue
            if found.apply(line.directive.values):
                losers += [Loser(one, "words without sign begin afresh", line) for one in (*state, *maybe)]
                state, maybe = [], []
            state.append(line)
    return Folded(state, losers, maybe, found.value)


FOLDS: dict[str, Fold] = {
    "override": override,
    "append": append,
    "prepend": prepend,
    "replace": replace,
    "sticky": sticky,
    "index": index,
    "bits": bits,
}
"""By the first part of a rule's `merge`; keys, flags, Require lines and mod_rewrite have rooms of their own."""
