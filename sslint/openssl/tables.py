"""The builds of OpenSSL that are known, from `grammar/openssl/`."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from .. import data
from .dialect import Dialect, dialect, number
from .suite import Suite
from .vocabulary import Vocabulary

DEFAULT_SERIES = "3.0"
"""What is assumed where no version is told: the long-term release that most distributions ship."""

_VERSION = re.compile(r"(?:OpenSSL[ /])?(\d+)\.(\d+)(?:\.(\d+))?[a-z]{0,2}(?:[-+ ].*)?")
_DEFAULT_TLS13 = ("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256")


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """One build of libssl.

    `name` is the build's (`1.0.2k-rhel7`), `series` what it belongs to (`1.0.2`), `version` what
    it prints. `suites` stand in the order in which every cipher string starts, without those of
    TLS 1.3. `default_security_level` is None where levels do not exist (before 1.1.0).
    `tls13_default` are names. `known_words` are the keywords that it recognises, suite names not
    counted. `source` tells where it was measured.
    """

    name: str
    series: str
    version: str
    suites: tuple[Suite, ...] = field(repr=False)
    default_string: str
    default_security_level: int | None
    tls13_default: tuple[str, ...]
    known_words: frozenset[str] = field(repr=False)
    source: str
    vocabulary: Vocabulary = field(repr=False)

    @property
    def dialect(self) -> Dialect:
        """The grammar of its cipher strings."""
        return self.vocabulary.dialect

    def suite(self, name: str) -> Suite | None:
        """A suite by its OpenSSL name, `NAME@SSLv2` or IANA name; None if the build lacks it."""
        for suite in self.suites:
            if name in (suite.name, suite.iana):
                return suite
        return None


class _Build(NamedTuple):
    """A row of index.txt."""

    name: str
    series: str
    table: str
    level: str
    traits: str
    default: str
    version: str
    source: str


def libraries() -> tuple[str, ...]:
    """The names of all builds, oldest series first; the first of a series stands for it."""
    return tuple(_index())


def library(name: str = DEFAULT_SERIES) -> Library:
    """The build for a name (`3.0.19-debian12`), a series (`1.0.2`) or a version (`1.0.2k`, `OpenSSL 3.0.15`).

    A version that has no table of its own means its series. Raises ValueError for anything else.
    """
    index = _index()
    if name in index:
        return _load(name)
    match = _VERSION.fullmatch(name.strip())
    if match:
        major, minor, patch = match.groups()
        series = f"{major}.{minor}" if int(major) >= 3 else f"{major}.{minor}.{patch}"
        for build in index.values():
            if build.series == series:
                return _load(build.name)
    known = dict.fromkeys(build.series for build in index.values())
    raise ValueError(
        f"unknown version of OpenSSL: {name!r}: use a series ({', '.join(known)}) or a build ({', '.join(index)})"
    )


def build_tables() -> tuple[tuple[str, str], ...]:
    """The series and the table file of every build, in the order of `libraries`."""
    return tuple((build.series, build.table) for build in _index().values())


@functools.cache
def _load(name: str) -> Library:
    build = _index()[name]
    traits = frozenset(build.traits.split())
    vocabulary, known = _table(build.table, build.series, traits)
    return Library(
        name=name,
        series=build.series,
        version=build.version,
        suites=vocabulary.suites,
        default_string=build.default,
        default_security_level=None if build.level == "-" else int(build.level),
        tls13_default=_DEFAULT_TLS13 if number(build.series) >= (1, 1, 1) else (),
        known_words=known,
        source=build.source,
        vocabulary=vocabulary,
    )


@functools.cache
def _table(file: str, series: str, traits: frozenset[str]) -> tuple[Vocabulary, frozenset[str]]:
    """The suites and the words of a table file."""
    head, *rows = read(file)
    known = head.split("\t")[1].split()
    cells = [row.split("\t") for row in rows]
    flagged = frozenset(row[0] for row in cells if "complement" in row[11])
    speech = dialect(series, traits)
    vocabulary = Vocabulary(speech, tuple(map(_suite, cells)), flagged, known, _definitions(speech.era))
    return vocabulary, frozenset(word.partition("/")[0] for word in known)


def _suite(cells: list[str]) -> Suite:
    name, iana, code, protocol, kx, au, enc, mac, strength, alg, classes, flags = cells
    listed = () if classes == "-" else tuple(classes.split(","))
    return Suite(
        name, iana, code, protocol, kx, au, enc, mac, int(strength), int(alg), flags.startswith("export"), listed
    )


@functools.cache
def _definitions(era: str) -> Mapping[str, str]:
    """The keywords of an era, from words.txt."""
    rows = (row.split("\t") for row in read("words.txt"))
    return {word: constraints for word, eras, constraints in rows if era in eras.split(",")}


@functools.cache
def _index() -> Mapping[str, _Build]:
    return {build.name: build for build in (_Build(*row.split("\t")) for row in read("index.txt"))}


def read(file: str) -> list[str]:
    """The rows of a data file, without its head."""
    return [row for row in data.read(f"openssl/{file}").split("\n") if row and not row.startswith("#")]
