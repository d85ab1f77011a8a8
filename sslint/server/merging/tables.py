"""Tables from which lines take keys away: mod_env's variables, mod_mime's handlers, languages and so on.

Merging two records keeps what they add and not what they remove. So UnsetEnv and RemoveHandler reach what
an earlier section of their walk added, but what an earlier walk added only where no other section of
their own walk has a line of the module. In one scope mod_env goes by the order of the lines; mod_mime
removes after it added, and the main server, which is merged into nothing, removes nothing.

Sources: `merge_env_dir_configs` in mod_env.c (`res->unsetenv = NULL`), `merge_mime_dir_configs` in mod_mime.c.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from .fold import Folded, Line, Loser, by_layer
from .layers import Layer

_ENV = frozenset({"setenv", "unsetenv", "passenv"})
_MIME = frozenset(
    "addcharset addencoding addhandler addinputfilter addlanguage addoutputfilter addtype removecharset removeencoding "
    "removehandler removeinputfilter removelanguage removeoutputfilter removetype defaultlanguage modmimeusepathinfo "
    "multiviewsmatch".split()
)
_FORGOTTEN = "merging the sections around it forgets it"


class _Record(NamedTuple):
    """What a scope says of a key: the line that adds it, and the line that takes it away.

    `gone` is a line that took away what its own walk had added.
    """

    added: Line | None
    removed: Line | None = None
    gone: Line | None = None


def fold(lines: Sequence[Line], layers: Sequence[Layer]) -> Folded:
    """Of the lines about one key, the one that has the last word; it may be one that takes the key away."""
    module = _ENV if lines[0].directive.key in _ENV else _MIME
    by_number = {mine[0].number: mine for mine in by_layer(lines)}
    state: Line | None = None
    for walk, group in groupby(enumerate(layers), lambda pair: pair[1].walk):
        mine = [
            _record(by_number.get(number, ()), module is _ENV)
            for number, layer in group
            if layer.truth is True and any(one.key in module for one in layer.items)
        ]
        added, removed, gone = _merged(mine)
        state = added or state or gone
        if removed is not None and (walk != "server" or (module is _ENV and added is None)):
            state = removed
    maybe = [line for line in lines if line.layer.truth is None]
    kept = {id(line) for line in (*maybe, state)}
    losers = [Loser(line, _why(line, state), state) for line in lines if id(line) not in kept]
    return Folded([state] if state is not None else [], losers, maybe)


def _record(lines: Sequence[Line], in_order: bool) -> _Record:
    removals = [line for line in lines if _removes(line)]
    additions = [line for line in lines if not _removes(line)]
    if in_order and lines:
        return _Record(None, lines[-1]) if _removes(lines[-1]) else _Record(lines[-1])
    return _Record(additions[-1] if additions else None, removals[-1] if removals else None)


def _merged(records: Sequence[_Record]) -> _Record:
    """One walk's records laid over each other."""
    state = records[0] if records else _Record(None)
    for record in records[1:]:
        if record.removed is not None:
            state = _Record(None, gone=record.removed)
        else:
            state = _Record(record.added or state.added, gone=state.gone)
    return state


def _removes(line: Line) -> bool:
    return line.directive.key.startswith(("unset", "remove"))


def _why(line: Line, winner: Line | None) -> str:
    if winner is None or (_removes(line) and winner.number <= line.number):
        return _FORGOTTEN if _removes(line) else "another line takes it away"
    return (
        f"{winner.layer.title} overrides it" if winner.number != line.number else "another line beside it overrides it"
    )
