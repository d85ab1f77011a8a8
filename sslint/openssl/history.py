"""Which versions of OpenSSL know a word: names that came, went or were always wrong."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from .dialect import number
from .lists import tls13_suites
from .tables import Library, build_tables, read
from .vocabulary import Word

_WORDS = 1
_WEAK = re.compile("RC4|3DES|DES-CBC3")
"""What every version since 1.1.0 can still be built with (enable-weak-ssl-ciphers)."""


def known_series(word: str, every_build: bool = True) -> tuple[str, ...]:
    """The series, oldest first, that know a keyword or the name of a suite: in some build, or in the usual one."""
    builds = build_tables()
    usual = dict(reversed(builds))
    found = {series for series, file in (builds if every_build else usual.items()) if word in _spellings(file)}
    return tuple(sorted(found, key=number))


def all_series() -> tuple[str, ...]:
    """Every series that was measured, oldest first."""
    return tuple(sorted({series for series, _ in build_tables()}, key=number))


def lifetime(word: str, series: str) -> str:
    """Where a series stands in the life of a word that it does not know, as `gone since 1.1.0`; empty for no word."""
    everywhere, usual, every = known_series(word), known_series(word, every_build=False), all_series()
    known = usual or everywhere
    if not known:
        return ""
    if number(series) < number(known[0]):
        return f"known from {known[0]} on"
    if number(series) > number(known[-1]):
        last = every.index(known[-1])
        optional = everywhere != usual or _WEAK.search(word) is not None
        return f"gone since {every[last + 1]}" + (" in builds with default options" if optional else "")
    return "known to other builds"


def openssl_name_of(iana: str) -> str | None:
    """OpenSSL's name of a suite, by IANA's; None if no version has it."""
    return _standard_names().get(iana)


@functools.cache
def _standard_names() -> dict[str, str]:
    """OpenSSL's names by IANA's, the newest builds' first."""
    found: dict[str, str] = {}
    for _, file in reversed(build_tables()):
        for row in read(file)[_WORDS:]:
            name, standard = row.split("\t", 2)[:2]
            found.setdefault(standard, name.partition("@")[0])
    return found


def is_tls13_name(word: str, newest: str = "4.0") -> bool:
    """Whether a word names a suite of TLS 1.3, in any case of letters."""
    return word.upper() in tls13_suites(newest)


def namesakes(word: str, library: Library) -> Sequence[str]:
    """Words of the library that differ from this one in the case of letters only."""
    folded = word.upper()
    return [known for known in _vocabulary(library) if known.upper() == folded and known != word]


def neighbours(word: str, library: Library) -> Sequence[str]:
    """Words of the library that this one may be a slip of, nearest first."""
    from ..knowledge.suggest import closest

    names: dict[str, str] = {}
    for known in _vocabulary(library):
        names.setdefault(known.lower(), known)
    return [names[name] for name in closest(word.lower(), names)]


def _vocabulary(library: Library) -> dict[str, Word]:
    return library.vocabulary.words


@functools.cache
def _spellings(file: str) -> frozenset[str]:
    """The keywords and the names of a table."""
    head, *rows = read(file)
    keywords = {word.partition("/")[0] for word in head.split("\t")[1].split()}
    return frozenset(keywords | {row.partition("\t")[0].partition("@")[0] for row in rows})
