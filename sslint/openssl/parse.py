"""From a cipher string to rules: which operator acts on which suites.

What a rule selects does not depend on the rules before it, so this is all of the language but
the list that the rules act on. After `ssl_cipher_process_rulestr` of ssl/ssl_ciph.c.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, Protocol

from .errors import CipherStringError
from .vocabulary import Vocabulary, Word

SEPARATORS = ":;, "
_REST = re.compile(r"[^:;, ]*")

Operator = Literal["", "+", "-", "!", "@"]
_OPERATORS: dict[str, Operator] = {"+": "+", "-": "-", "!": "!", "@": "@"}


class Rule(NamedTuple):
    """One element: its place, operator and words, and the set of suites that it selects.

    `unknown` is a word that the build does not know. An element that names one, or that asks for
    an impossible intersection, is not `recognised` and does nothing. `level` is that of
    `@SECLEVEL`.
    """

    start: int
    end: int
    operator: Operator
    words: tuple[str, ...]
    recognised: bool
    selection: int = 0
    level: int | None = None
    unknown: str | None = None


class _Chain(Protocol):
    """Words joined by `+`."""

    def add(self, word: Word, /) -> bool:
        """Take in the next word; False when nothing can match any more."""

    def closed(self) -> bool:
        """Whether the element ends here even if a `+` follows."""

    def selection(self, operator: Operator, /) -> int:
        """The suites that match all words."""


class _Intersection:
    """Since 1.0.0: a set of values for each dimension."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._value = 0
        self._suite = 0

    def add(self, word: Word) -> bool:
        vocabulary = self._vocabulary
        value = self._value
        for dimension in vocabulary.dimensions:
            wanted = word.value & dimension
            if wanted and value & dimension:
                wanted &= value
                if not wanted:
                    return False
                value = value & ~dimension | wanted
            elif wanted:
                value |= wanted
                # Since 1.1.0 the first strength class is assigned to algo_strength, not or-ed into it.
                if dimension == vocabulary.dimension["class"] and vocabulary.dialect.era == "1.1":
                    value &= ~vocabulary.dimension["complement"]
        self._value, self._suite = value, word.suite
        return True

    def closed(self) -> bool:
        return False

    def selection(self, _operator: Operator) -> int:
        vocabulary, value = self._vocabulary, self._value
        found = vocabulary.all
        for dimension in vocabulary.dimensions:
            if value & dimension:
                found &= vocabulary.union(value & dimension)
        if self._suite and vocabulary.dialect.era == "1.1":
            return found & self._suite
        return found | self._complement() if vocabulary.mixed_complement else found

    def _complement(self) -> int:
        """What COMPLEMENTOFDEFAULT brings in 1.0.1m to r and 1.0.2a to f, whatever else is asked for.

        It asks for both values of the export flag and for all protocols but SSLv2; ssl_cipher_apply_rule
        takes those very values as a sign to let export and SSLv2 suites pass.
        """
        vocabulary, value = self._vocabulary, self._value
        export, protocols = vocabulary.dimension["export"], vocabulary.dimension["proto"]
        found = 0
        if value & (export | vocabulary.dimension["class"]) == export:
            found |= vocabulary.exported
        if value & protocols == protocols & ~vocabulary.sslv2:
            found |= vocabulary.union(vocabulary.sslv2)
        return found


class _Masks:
    """0.9.8: values, and a mask of the dimensions that count."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._value = self._mask = self._suite = 0
        self._complement = False

    def add(self, word: Word) -> bool:
        value, mask = self._value, self._mask
        self._value = value & ~word.mask | word.value & ~mask | value & word.value
        self._mask = mask | word.mask
        self._suite = word.suite
        self._complement |= word is self._vocabulary.words["COMPLEMENTOFDEFAULT"]
        return True

    def closed(self) -> bool:
        return bool(self._suite)

    def selection(self, operator: Operator) -> int:
        """A suite matches if some masked dimension applies to it and each that applies fits.

        A name means that suite among those of its own protocol. ECC suites are added only by
        rules that look at key exchange or authentication.
        """
        vocabulary, mask = self._vocabulary, self._mask
        strength = vocabulary.dimension["class"] | vocabulary.dimension["export"]
        if self._complement and vocabulary.mixed_complement and not mask & strength:
            return vocabulary.mixed_complement
        found = vocabulary.union(mask) & ~vocabulary.union(mask & ~self._value)
        if self._suite:
            return found & ~vocabulary.protocol_of(self._suite) | self._suite
        if not operator and not mask & (vocabulary.dimension["kx"] | vocabulary.dimension["au"]):
            found &= ~vocabulary.ecc
        return found


def parse(text: str, vocabulary: Vocabulary, start: int = 0) -> list[Rule]:
    """The rules from `start` to the end of the string.

    Raises CipherStringError for a syntax error. A NUL ends the string, as it does in C.
    """
    end = text.find("\0", start)
    end = len(text) if end < 0 else end
    rules = []
    place = start
    while place < end:
        if text[place] in SEPARATORS:
            place += 1
            continue
        operator = _OPERATORS.get(text[place], "")
        read = _command if operator == "@" else _element
        rule = read(text, end, place, operator, vocabulary)
        rules.append(rule)
        place = rule.end
    return rules


def _command(text: str, end: int, place: int, _operator: Operator, vocabulary: Vocabulary) -> Rule:
    """`@STRENGTH` or `@SECLEVEL=n`, and what is glued to it, which is thrown away."""
    dialect = vocabulary.dialect
    word = dialect.word.match(text, place + 1, end)
    name = word.group() if word else ""
    folded = dialect.fold(name)
    rest = _REST.match(text, place, end)
    after = rest.end() if rest else end
    if folded == "STRENGTH":
        return Rule(place, after, "@", (name,), recognised=True)
    if dialect.security_levels and re.fullmatch("SECLEVEL=[0-5]", folded):
        return Rule(place, after, "@", (name,), recognised=True, level=int(folded[-1]))
    raise CipherStringError("invalid-command", f"no such command: @{name}", place)


def _element(text: str, end: int, start: int, operator: Operator, vocabulary: Vocabulary) -> Rule:
    """Words joined by `+`, up to the character after the last word."""
    chain: _Chain = _Masks(vocabulary) if vocabulary.dialect.era == "0.9.8" else _Intersection(vocabulary)
    words: list[str] = []
    place = start + len(operator)
    while True:
        match = vocabulary.dialect.word.match(text, place, end)
        name = match.group() if match else ""
        if not name:
            raise CipherStringError("invalid-command", "a cipher or keyword is expected here", place)
        words.append(name)
        place += len(name)
        joined = place < end and text[place] == "+"
        word = vocabulary.find(name)
        if word is None or not chain.add(word):
            rest = _REST.match(text, place, end)
            after = rest.end() if rest else end
            unknown = name if word is None else None
            return Rule(start, after, operator, tuple(words), recognised=False, unknown=unknown)
        place += joined
        if not joined or chain.closed():
            return Rule(start, place, operator, tuple(words), True, chain.selection(operator))
