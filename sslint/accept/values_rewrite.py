"""Values of mod_rewrite directives (`modules/mappers/mod_rewrite.c`)."""

from __future__ import annotations

import re

from ..knowledge.regexes import regex_problem
from .values_base import STATUSES, Checker, Problems, Use, ValueProblem, atoi, condition, listed, until_empty


def rewrite_words(raw: str) -> list[tuple[int, int, str]] | None:
    """The three words that `parseargline` cuts: start, end, text. None when two are missing.

    A backslash keeps the blank after it in the word; quotes run to the next same quote, which
    can't be escaped. After a quoted word the next one may be missing and counts as empty. What
    follows the third word is ignored.
    """
    found: list[tuple[int, int, str]] = []
    at = _skip(raw, 0)
    for _ in range(3):
        if at >= len(raw):
            break
        quote = raw[at] if raw[at] in "\"'" else ""
        start = at + len(quote)
        end = start
        while end < len(raw) and not (raw[end] == quote if quote else raw[end].isspace()):
            if raw[end] == "\\" and raw[end + 1 : end + 2].isspace():
                end += 1
            end += 1
        found.append((start, min(end, len(raw)), raw[start:end]))
        at = _skip(raw, end + 1)
        if not found[1:] and quote and at >= len(raw) and end < len(raw):
            found.append((len(raw), len(raw), ""))
    return found if len(found) >= 2 else None


def _skip(raw: str, at: int) -> int:
    while at < len(raw) and raw[at].isspace():
        at += 1
    return at


def _here(word: tuple[int, int, str], message: str, start: int = 0, end: int | None = None) -> ValueProblem:
    """A problem of a part of a word, given by its place in the raw text."""
    stop = word[1] if end is None else word[0] + end
    return ValueProblem(None, min(word[0] + start, stop), stop, message)


_RULE_FLAGS = frozenset(
    "b bctls bne bnp chain c cookie co discardpath dpi env e end forbidden f gone g handler h last l next n "
    "nocase nc noescape ne nosubreq ns passthrough pt proxy p qsa qsappend qsd qsdiscard qsl qslast redirect r "
    "skip s type t unc unsafeallow3f unsafeprefixstat".split()
)
_COND_FLAGS = frozenset("nocase nc novary nv ornext or".split())
_NAMED_REDIRECTS = {"permanent", "temp", "seeother"}


def _flags(word: tuple[int, int, str], known: frozenset[str]) -> list[ValueProblem]:
    """The first wrong flag. mod_rewrite passes over any rule flag that starts with a D."""
    text = word[2]
    if not (len(text) >= 2 and text[0] == "[" and text[-1] == "]"):
        return [_here(word, "bad flag delimiters: flags stand in brackets, without blanks between them")]
    at = 1
    for part in text[1:-1].split(","):
        key, _, value = part.strip().partition("=")
        if key.lower() not in known and not (known is _RULE_FLAGS and key[:1] in ("d", "D")):
            return [_here(word, f"unknown flag {key!r}", at, at + max(len(part), 1))]
        if key.lower() in ("r", "redirect") and known is _RULE_FLAGS:
            problem = _redirect(word, value, at, at + len(part))
            if problem:
                return [problem]
        at += len(part) + 1
    return []


def _redirect(word: tuple[int, int, str], value: str, start: int, end: int) -> ValueProblem | None:
    if not value[:1].isdigit() or value.lower() in _NAMED_REDIRECTS:
        return None
    code = atoi(value)
    if code is None or code in STATUSES:
        return None
    return _here(word, f"invalid HTTP response code {value!r} for flag 'R'", start, end)


def _pattern(word: tuple[int, int, str], skip: int) -> list[ValueProblem]:
    found = regex_problem(word[2][skip:])
    if found is None:
        return []
    start = skip + found.offset
    return [_here(word, f"the regular expression does not compile: {found.message}", min(start, len(word[2])))]


def rewrite_rule(use: Use) -> Problems:
    """`cmd_rewriterule`: pattern, substitution, flags."""
    words = rewrite_words(use.raw)
    if words is None:
        yield use.whole("a pattern and a substitution are needed")
        return
    if len(words) == 3:
        wrong = _flags(words[2], _RULE_FLAGS)
        yield from wrong
        if wrong:
            return
    yield from _pattern(words[0], words[0][2].startswith("!"))


_TESTS = re.compile(r"-(?:[a-zA-Z]\Z|lt|le|eq|ge|gt|ne)")


def rewrite_cond(use: Use) -> Problems:
    """`cmd_rewritecond`: test string, pattern, flags."""
    words = rewrite_words(use.raw)
    if words is None:
        yield use.whole("a test string and a pattern are needed")
        return
    if len(words) == 3:
        wrong = _flags(words[2], _COND_FLAGS)
        yield from wrong
        if wrong:
            return
    text = words[1][2]
    if words[0][2].lower() == "expr":
        yield from condition(use, text, None, words[1][0])
        return
    skip = int(text.startswith("!"))
    rest = text[skip:]
    if not rest or rest[0] in "<>=" or _TESTS.match(rest):
        return
    yield from _pattern(words[1], skip)


_OPTIONS = (
    "Inherit InheritBefore InheritDown InheritDownBefore IgnoreInherit AllowNoSlash AllowAnyURI MergeBase "
    "IgnoreContextInfo LegacyPrefixDocRoot LongURLOptimization UnsafePrefixStat UnsafePrefixStatIgnore"
).split()


def rewrite_options(use: Use) -> Problems:
    """`cmd_rewriteoptions`: known words, and the old `MaxRedirects=n`."""
    known = {name.lower() for name in _OPTIONS}
    for index, word in until_empty(use.words):
        if word.lower() not in known and not word.lower().startswith("maxredirects="):
            yield use.at(index, f"unknown option: use {listed(_OPTIONS[:9])}")
            return


def rewrite_base(use: Use) -> Problems:
    """`cmd_rewritebase`: a URL path."""
    if use.word(0) and not use.words[0].startswith("/"):
        yield use.at(0, "must be a path that starts with a slash")


def rewrite_map(use: Use) -> Problems:
    """`cmd_rewritemap`: internal functions have fixed names, and so have DBM types."""
    word = use.word(1)
    if word[:4].lower() == "int:":
        if word[4:] not in ("tolower", "toupper", "escape", "unescape"):
            yield use.within(1, 4, len(word), "no such internal map: use tolower, toupper, escape or unescape")
    elif word[:4].lower() == "dbm=":
        kind, colon, _ = word[4:].partition(":")
        if not colon or kind.lower() not in ("default", "sdbm", "gdbm", "ndbm", "db", "lmdb"):
            yield use.within(1, 4, 4 + len(kind), f"DBM type {kind!r} is invalid")


CHECKERS: dict[str, Checker] = {
    "rewriterule": rewrite_rule,
    "rewritecond": rewrite_cond,
    "rewriteoptions": rewrite_options,
    "rewritebase": rewrite_base,
    "rewritemap": rewrite_map,
}
