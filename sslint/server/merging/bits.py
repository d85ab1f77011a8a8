"""Directives whose words switch parts of a set on and off: SSLOptions, IndexOptions, LogLevel.

Each layer keeps what it adds and what it removes, until an unsigned word cuts it off from the outer layers.
Sources: `ssl_cmd_SSLOptions` in ssl_engine_config.c, `add_opts` in mod_autoindex.c, `set_loglevel` in
server/core.c and `ap_merge_log_config` in server/util.c.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Parts = tuple[str, ...]


class Bits:
    """A set that is switched part by part.

    `parts` keeps the order of switching on; a part may carry a value, as `ssl:debug` of LogLevel.
    """

    def __init__(self, kind: str, start: Sequence[str] = ()) -> None:
        self.parts: dict[str, str] = {_name(kind, word): word for word in start}
        self._kind = kind
        self._unsigned: dict[str, str] = {}
        self._removed: set[str] = set()
        self._barred: set[str] = set()

    def enter(self) -> None:
        """Begin a new layer. What an outer one took out of IndexOptions, no inner one adds by a sign."""
        self._unsigned = {}
        if self._kind == "index":
            self._barred |= self._removed

    def apply(self, words: Sequence[str]) -> bool:
        """Let one directive act; returns whether it forgot everything before it.

        The unsigned words of one layer's IndexOptions add up, and forget all but themselves.
        """
        fresh = _RESETS[self._kind](words)
        if fresh:
            self.parts = dict(self._unsigned)
            self._removed, self._barred = set(), set()
            fresh = not self._unsigned
        for word in words:
            self._switch(word)
        return fresh

    def _switch(self, word: str) -> None:
        sign = word[:1] if word[:1] in ("+", "-") else ""
        if self._kind == "ssl" and not sign:
            self.parts.clear()
        key = _name(self._kind, word[len(sign) :])
        self.parts.pop(key, None)
        if sign == "-":
            self._removed.add(key)
        elif not sign or key not in self._barred:
            self.parts[key] = word[len(sign) :]
            self._removed.discard(key)
        if self._kind == "index" and not sign:
            self._unsigned[key] = word

    @property
    def value(self) -> Parts:
        """What is switched on; `None` where nothing is."""
        return tuple(self.parts.values()) or ("None",)


def _name(kind: str, part: str) -> str:
    """By what a part is known: of `ssl:debug` and `NameWidth=*`, what stands before the value."""
    if kind == "log":
        name = part.partition(":")[0].lower() if ":" in part else ""
        return name.removeprefix("mod_").removesuffix(".c").removesuffix("_module")
    return part.partition("=")[0].lower()


def _any_unsigned(words: Sequence[str]) -> bool:
    return any(word[:1] not in ("+", "-") for word in words)


_RESETS: dict[str, Callable[[Sequence[str]], bool]] = {
    "ssl": _any_unsigned,
    "index": _any_unsigned,
    "log": lambda words: any(":" not in word for word in words),
}
"""Whether a directive forgets what stood before it."""
