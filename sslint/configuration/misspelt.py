"""`<IfModule>` with a name that no module can have, or that is one slip away from a module's."""

from __future__ import annotations

import functools
from typing import NamedTuple

from ..knowledge.modules import Module, modules
from ..knowledge.suggest import distance
from ..syntax.lines import Word, split_words

_SHORTEST = 4


class Misspelt(NamedTuple):
    """The word of the header, and what it seems to have meant."""

    word: Word
    name: str
    meant: str


def misspelt(argument: str, branch: str) -> Misspelt | None:
    """What is wrong with the name in a header's argument; None where it may be some module's."""
    words = split_words(argument[1:] if argument.startswith("!") else argument)
    if not words or words[0].value.startswith(("$", "@", "%")) or modules().find(words[0].value, branch) is not None:
        return None
    name = words[0].value
    meant = _meant(name, branch)
    shift = int(argument.startswith("!"))
    word = words[0]._replace(start=words[0].start + shift, end=words[0].end + shift)
    return None if meant is None else Misspelt(word, name, meant)


@functools.lru_cache(maxsize=256)
def _meant(name: str, branch: str) -> str | None:
    """The name that a wrong one stands for: in another form, in other letters, or a slip away."""
    core = _core(name)
    by_source = not name.lower().endswith("_module") or branch in ("1.3", "2.0")
    is_form = name.endswith((".c", "_module"))
    for module in modules():
        if core not in (_core(module.identifier), _core(module.source_name)):
            continue
        if module.is_httpds:
            return module.source_name if by_source else module.identifier
        if not is_form:  # the files of third parties are called now this, now that
            return module.identifier
    if len(core) < _SHORTEST or not is_form:
        return None
    near = {module.identifier: module for module in modules() if module.is_httpds and _is_near(core, module)}
    if len(near) != 1:
        return None
    found = near.popitem()[1]
    return found.source_name if by_source else found.identifier


def _core(name: str) -> str:
    """`ssl` of `mod_ssl.c`, `mod_ssl.so`, `ssl_module` and `SSL`."""
    name = name.lower()
    for end in (".so", ".c", "_module"):
        name = name.removesuffix(end)
    return name.removeprefix("mod_")


def _is_near(core: str, module: Module) -> bool:
    """Whether a name is one slip away from a module's; a digit more or less is a version of something else."""
    other = _core(module.source_name)
    if distance(core, other, 1) > 1:
        return False
    return sum(map(str.isdigit, core)) == sum(map(str.isdigit, other)) or core.isalpha()
