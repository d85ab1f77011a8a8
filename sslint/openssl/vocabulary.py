"""Words of a cipher string as sets of suites.

Every value of every dimension (key exchange RSA, class HIGH …) is one bit, so that a word is an
integer of bits. A set of suites is an integer too, with one bit for each suite of the build.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .dialect import Dialect, Era
from .suite import Suite

DIMENSIONS = ("kx", "au", "enc", "mac", "export", "class", "complement", "proto")
_SIZED = {"AES", "AESGCM", "AESCCM", "AESCCM8", "Camellia", "ARIAGCM"}


class Word(NamedTuple):
    """What a word asks for: bits of values, the dimensions that it speaks about (0.9.8), the suite that it names."""

    value: int
    mask: int = 0
    suite: int = 0


class Vocabulary:
    """The words that one build recognises.

    `suites` in starting order; suite number i is the set `1 << i`. `flagged` are those that
    COMPLEMENTOFDEFAULT means. `definitions` are rows of words.txt by `WORD` or `WORD/VARIANT`.
    """

    def __init__(
        self,
        dialect: Dialect,
        suites: tuple[Suite, ...],
        flagged: frozenset[str],
        known: Sequence[str],
        definitions: Mapping[str, str],
    ) -> None:
        self.dialect = dialect
        self.suites = suites
        self.all = (1 << len(suites)) - 1
        self._bits: dict[tuple[str, str], int] = {}
        self._members: dict[int, int] = {}
        self._unions: dict[int, int] = {}
        self.dimension = dict.fromkeys(DIMENSIONS, 0)
        values = [self._describe(i, suite, flagged) for i, suite in enumerate(suites)]
        for definition in definitions.values():
            self._allocate(definition)
        self.words: dict[str, Word] = {}
        self._learn_names(values)
        for name in known:
            self.words.setdefault(dialect.fold(name.partition("/")[0]), self._keyword(definitions[name]))
        self.strengths = self._by_strength()
        self.sslv2 = self._some("proto", "SSLv2")
        self.exported = self.union(self._some("export", "yes"))
        self.mixed_complement = self._mixed_complement() if "COMPLEMENTOFDEFAULT/mixed" in known else 0
        self.ecc = self.union(self._some("kx", "ECDH", "ECDH/RSA", "ECDH/ECDSA") | self._some("au", "ECDSA"))
        self.dimensions = tuple(self.dimension[name] for name in DIMENSIONS)

    def find(self, word: str) -> Word | None:
        """The meaning of a word, None when the build does not know it."""
        return self.words.get(self.dialect.fold(word))

    def union(self, bits: int) -> int:
        """The suites that have any of these values."""
        found = self._unions.get(bits)
        if found is None:
            found, rest = 0, bits
            while rest:
                lowest = rest & -rest
                found |= self._members.get(lowest, 0)
                rest ^= lowest
            self._unions[bits] = found
        return found

    def protocol_of(self, suite: int) -> int:
        """The suites of the same protocol as the one in the set."""
        name = self.suites[suite.bit_length() - 1].protocol
        return self.union(self._bits["proto", name])

    def _bit(self, dimension: str, value: str) -> int:
        bit = self._bits.get((dimension, value))
        if bit is None:
            bit = self._bits[dimension, value] = 1 << len(self._bits)
            self.dimension[dimension] |= bit
        return bit

    def _some(self, dimension: str, *values: str) -> int:
        bits = 0
        for value in values:
            bits |= self._bits.get((dimension, value), 0)
        return bits

    def _describe(self, index: int, suite: Suite, flagged: frozenset[str]) -> int:
        era = self.dialect.era
        values = [("kx", suite.key_exchange), ("au", suite.au), ("mac", suite.mac), ("proto", suite.protocol)]
        values.append(("enc", _encryption(suite, era)))
        if era != "1.1":
            values.append(("export", "yes" if suite.export else "no"))
        values += [("class", name) for name in suite.classes if name != "EXPORT"]
        # NULL suites carry SSL_STRONG_NONE; the ECC ones of 0.9.8 carry nothing at all.
        if suite.enc == "None" and (era != "0.9.8" or not suite.kx.startswith("ECDH")):
            values.append(("class", "none"))
        if suite.name in flagged:
            values.append(("complement", "yes"))
        bits = 0
        for dimension, value in values:
            bit = self._bit(dimension, value)
            self._members[bit] = self._members.get(bit, 0) | 1 << index
            bits |= bit
        return bits

    def _allocate(self, definition: str) -> None:
        for constraint in definition.split():
            dimension, _, values = constraint.replace("!", "").partition("=")
            for value in filter(None, values.split(",")):
                self._bit(dimension, value)

    def _learn_names(self, values: list[int]) -> None:
        """Suite names; of namesakes the first in the list counts, as in ssl_cipher_collect_aliases."""
        apart = self.dimension["proto"]
        mask = sum(self.dimension[name] for name in ("kx", "au", "enc", "mac", "export"))
        mask |= self.dimension["class"] & ~self._some("class", "FIPS")
        for index, suite in enumerate(self.suites):
            word = Word(values[index] & ~apart, mask, 1 << index)
            self.words.setdefault(self.dialect.fold(suite.openssl_name), word)
            if self.dialect.standard_names:
                self.words.setdefault(self.dialect.fold(suite.iana), word)

    def _keyword(self, definition: str) -> Word:
        value = mask = 0
        for constraint in definition.split():
            dimension, _, listed = constraint.partition("=")
            whole = self.dimension[dimension.rstrip("!")]
            named = self._some(dimension.rstrip("!"), *listed.split(","))
            value |= whole & ~named if dimension.endswith("!") else named
            mask |= whole
        # SSL_STRONG_MASK of 0.9.8 is without FIPS; the keyword FIPS looks at FIPS and "none" only.
        fips = self._some("class", "FIPS")
        if value & self.dimension["class"] == fips:
            mask &= ~self.dimension["class"] | fips | self._some("class", "none")
        else:
            mask &= ~fips
        return Word(value, mask)

    def _by_strength(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for index, suite in enumerate(self.suites):
            found[suite.strength_bits] = found.get(suite.strength_bits, 0) | 1 << index
        return dict(sorted(found.items(), reverse=True))

    def _mixed_complement(self) -> int:
        """What COMPLEMENTOFDEFAULT adds in 0.9.8zf and later: export, SSLv2 and ADH suites."""
        adh = self.union(self._some("kx", "DH")) & self.union(self._some("au", "None"))
        return self.exported | self.union(self.sslv2) | adh


def _encryption(suite: Suite, era: Era) -> str:
    """The cipher, with the key length where the era's keywords tell lengths apart."""
    return suite.enc if era != "0.9.8" and suite.cipher in _SIZED else suite.cipher
