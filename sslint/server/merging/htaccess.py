"""Which directives a folder's `.htaccess` may hold: AllowOverride, AllowOverrideList.

Sources: `set_override` and `merge_core_dir_configs` in server/core.c, `ap_parse_htaccess` and
`ap_directory_walk` (`core_opts_merge`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...configuration.model import Directive, Item, Section, walk
from ...knowledge.directives import directives
from ...knowledge.versions import HttpdVersion
from ..setting import usable

_CLASSES = {name.lower(): name for name in ("AuthConfig", "FileInfo", "Indexes", "Limit", "Options")}
_ALL = frozenset(_CLASSES.values())
_FIRST_CLOSED = HttpdVersion(2, 3, 9)
"""From here on nothing is let in where AllowOverride is not set; before it everything was."""
_PART = re.compile(r"(\w+)=")


class Grant(NamedTuple):
    """What a folder's `.htaccess` may hold.

    `classes` is None where AllowOverride is not set: the file is read then, and from 2.3.9 on
    whatever it holds is refused. `lenient` tells that what is refused is passed over (`Nonfatal`).
    """

    classes: frozenset[str] | None = None
    names: frozenset[str] = frozenset()
    lenient: bool = False

    def after(self, items: Iterable[Directive]) -> Grant:
        """The grant in a folder whose section holds these directives."""
        grant = self
        for directive in usable(items):
            if directive.key == "allowoverride":
                words = [word.lower() for word in directive.values]
                grant = grant._replace(classes=_classes(words), lenient="nonfatal=all" in words)
            elif directive.key == "allowoverridelist":
                grant = grant._replace(names=frozenset(word.lower() for word in directive.values) - {"none"})
        return grant

    @property
    def reads(self) -> bool:
        """Whether the server looks for the file at all."""
        return self.classes is None or bool(self.classes or self.names)

    def refused(self, items: list[Item], version: HttpdVersion) -> Iterator[Directive]:
        """The directives that answer every request with status 500."""
        classes = self.classes
        if classes is None:
            classes = frozenset() if version >= _FIRST_CLOSED else _ALL
        for item in walk(items):
            facts = directives().lookup(item.key, section=False)
            if type(item) is Section or facts is None or self.lenient or item.key in self.names:
                continue
            if facts.override_classes(version).isdisjoint(classes):
                yield item


def _classes(words: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for word in words:
        part = _PART.match(word)
        name = part.group(1) if part else word
        if name == "all":
            found |= _ALL
        elif name in _CLASSES:
            found.add(_CLASSES[name])
    return frozenset(found)
