"""How mod_rewrite's lines are inherited: hardly, unless RewriteOptions says so.

Source: `config_server_merge`, `config_perdir_merge` and `hook_uri2file` in mod_rewrite.c.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...configuration.model import Directive
from ..setting import usable
from .fold import Folded, Line, Loser, by_layer, override
from .layers import Layer
from .merge import MergeRule

_KEYS = frozenset({"rewriteengine", "rewriteoptions", "rewritebase", "rewritemap", "rewritecond", "rewriterule"})


def rules(lines: Sequence[Line], layers: Sequence[Layer]) -> Folded:
    """The rules that act in a run of layers: all servers, or all sections.

    A layer with any line of mod_rewrite has a list of its own, which stands for the outer one.
    """
    mine = {group[0].number: group for group in by_layer(lines)}
    state: list[Line] = []
    losers: list[Loser] = []
    outer: frozenset[str] = frozenset()
    for number, layer in enumerate(layers):
        if not touches(layer):
            continue
        words = _options(layer.items)
        here = outer if words is None else words
        own = mine.get(number, [])
        if layer.truth is None:
            continue
        if "inherit" in here or ("inheritdown" in outer and "ignoreinherit" not in here):
            state = own + state
        elif "inheritbefore" in here or ("inheritdownbefore" in outer and "ignoreinherit" not in here):
            state = state + own
        else:
            losers += [Loser(one, "an inner scope speaks of rewriting and does not inherit the rules") for one in state]
            state = own
        outer = here
    maybe = [line for line in lines if line.layer.truth is None]
    return Folded(state, losers, maybe)


def touches(layer: Layer) -> bool:
    """Whether a layer has any line of mod_rewrite."""
    return any(one.key in _KEYS for one in layer.items)


def _options(items: Iterable[Directive]) -> frozenset[str] | None:
    found = [word.lower() for one in usable(items) if one.key == "rewriteoptions" for word in one.values]
    return frozenset(found) if found else None


def engine(lines: Sequence[Line], layers: Sequence[Layer], rule: MergeRule) -> Folded:
    """RewriteEngine; a virtual host without any line of mod_rewrite does not rewrite by the main server's.

    Its sections still inherit the switch: `hook_fixup` does not ask whose record it is.
    """
    folded = override(lines, rule)
    innermost = layers[-1]
    if innermost.host.is_main or not innermost.is_server or touches(innermost):
        return folded
    why = "the virtual host has no line of mod_rewrite, which leaves rewriting off there"
    return Folded([], [*folded.losers, *(Loser(one, why) for one in folded.lines)])
