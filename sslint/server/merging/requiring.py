"""How the Require lines of nested scopes join: AuthMerging, and the walks that httpd lays over each other.

Sources: `merge_authz_core_dir_config` in mod_authz_core.c; `ap_directory_walk`, `ap_file_walk`,
`ap_location_walk` and `ap_if_walk` in server/request.c, each of which merges its own sections first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ..setting import usable
from .fold import Folded, Line, Loser, by_layer
from .layers import Layer


class Joined(NamedTuple):
    """Require lines of one scope (`any` of them), or two scopes that `and` or `or` joins."""

    kind: str
    lines: tuple[Line, ...] = ()
    parts: tuple[Joined, ...] = ()

    def leaves(self) -> Iterator[Line]:
        """All lines, the outer scopes' first."""
        yield from self.lines
        for part in self.parts:
            yield from part.leaves()


class _State(NamedTuple):
    """What a record of mod_authz_core holds: AuthMerging (empty where unset) and the requirements."""

    merging: str = ""
    joined: Joined | None = None

    def merge(self, inner: _State) -> _State:
        """The record after an inner scope was laid over it."""
        if not inner.merging and inner.joined is None and self.joined is not None:
            return self
        if inner.merging in ("", "off") or (self.joined is None and inner.joined is None):
            return inner
        parts = tuple(one for one in (self.joined, inner.joined) if one is not None)
        return _State(inner.merging, Joined(inner.merging, parts=parts))


def requirements(layers: Sequence[Layer], lines: Sequence[Line]) -> Joined | None:
    """What a request must meet; None where there is no Require line."""
    return _merged(layers, lines).joined


def _merged(layers: Sequence[Layer], lines: Sequence[Line]) -> _State:
    state = _State()
    by_number = {mine[0].number: tuple(mine) for mine in by_layer(lines)}
    for _, walk in groupby(enumerate(layers), lambda pair: pair[1].walk):
        combined = _State()
        for number, layer in walk:
            if layer.truth is True:
                mine = by_number.get(number, ())
                combined = combined.merge(_State(_merging(layer), Joined("any", mine) if mine else None))
        state = state.merge(combined)
    return state


def _merging(layer: Layer) -> str:
    found = [one.values[0].lower() for one in usable(layer.items) if one.key == "authmerging" and one.values]
    return found[-1] if found else ""


def fold(lines: Sequence[Line], layers: Sequence[Layer]) -> Folded:
    """The Require lines that have a say."""
    joined = requirements(layers, lines)
    alive = list(joined.leaves()) if joined is not None else []
    maybe = [line for line in lines if line.layer.truth is None]
    last = alive[-1] if alive else None
    why = f"{last.layer.title} has Require lines of its own" if last else "AuthMerging Off stands for it"
    kept = {id(line) for line in (*alive, *maybe)}
    losers = [Loser(line, why, last) for line in lines if id(line) not in kept]
    return Folded(alive, losers, maybe)
