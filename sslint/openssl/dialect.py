"""How the languages of the OpenSSL versions differ."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Era = Literal["0.9.8", "1.0", "1.1"]


class Dialect(NamedTuple):
    """The grammar and the rules of one series (ssl_cipher_process_rulestr and ssl_cipher_apply_rule).

    `era`: 0.9.8 selects by value and mask, 1.0 by one set for each dimension; from 1.1 a name
    means that very suite. `word` matches a possibly empty word. `deleted_come_first`: what `-`
    removed stands first in the queue for a later add. `spares_last_suite`: when all other suites
    are killed, rules no longer see the one that is left.
    """

    era: Era
    word: re.Pattern[str]
    deleted_come_first: bool
    spares_last_suite: bool
    suite_b: bool
    security_levels: bool
    standard_names: bool
    ignores_case: bool
    system_profile: bool

    def fold(self, word: str) -> str:
        """The form in which words are compared."""
        return word.upper() if self.ignores_case else word


def number(series: str) -> tuple[int, ...]:
    """`1.0.2` as numbers, for comparison."""
    return tuple(int(part) for part in series.split("."))


def dialect(series: str, traits: frozenset[str] = frozenset()) -> Dialect:
    """The language of a series such as `1.0.2` or `3.0`; `traits` are those of index.txt."""
    version = number(series)
    extra = (
        ("." if version >= (1, 0, 1) else "") + ("=" if version >= (1, 1) else "") + ("_" if version >= (3, 2) else "")
    )
    return Dialect(
        era="0.9.8" if version < (1,) else "1.0" if version < (1, 1) else "1.1",
        word=re.compile(rf"[A-Za-z0-9{extra}-]*"),
        deleted_come_first=version >= (1,),
        spares_last_suite=version < (1,),
        suite_b=version >= (1, 0, 2),
        security_levels=version >= (1, 1),
        standard_names=version >= (3, 2),
        ignores_case=version >= (4,),
        system_profile="system-profile" in traits,
    )
