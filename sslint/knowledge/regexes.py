"""Which regular expressions PCRE is sure to refuse.

A scan of PCRE2's syntax (pcre2pattern(3)) that reports definite errors only; whatever it does not
understand counts as fine. Checked against libpcre2 10.42 without UTF mode, as `ap_regcomp` uses it.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from ..text import leading_number

_POSIX = frozenset("alpha lower upper alnum ascii blank cntrl digit graph print punct space word xdigit".split())
_QUANTIFIER = re.compile(r"\{(\d+)(,(\d*))?\}")
_NO_SUCH_ESCAPE = frozenset("LlUu")
"""Letters that PCRE1 and PCRE2 both refuse after a backslash; PCRE2 refuses some more."""
_LARGEST_REPEAT = 65535


class RegexProblem(NamedTuple):
    """What PCRE refuses, and where in the pattern (an offset into it)."""

    offset: int
    message: str


class _Refused(Exception):
    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.problem = RegexProblem(offset, message)


class _Unsure(Exception):
    """The pattern uses something that this scan does not follow."""


@functools.lru_cache(maxsize=1024)
def regex_problem(pattern: str) -> RegexProblem | None:
    """The error that PCRE is sure to report for a pattern, or None."""
    if "\0" in pattern:
        return None
    try:
        _Scan(pattern).run()
    except _Refused as refused:
        return refused.problem
    except _Unsure:
        return None
    return None


class _Scan:
    def __init__(self, pattern: str) -> None:
        self.text = pattern
        self.at = 0
        self.open: list[int] = []
        self.groups = 0
        self.repeatable = False
        self.references: list[tuple[int, int]] = []

    def run(self) -> None:
        """Read the pattern from start to end."""
        if self.text.startswith("(*"):
            raise _Unsure
        while self.at < len(self.text):
            self.step()
        if self.open:
            raise _Refused(self.open[-1], "missing closing parenthesis")
        for offset, number in self.references:
            if number > self.groups:
                raise _Refused(offset, f"reference to group {number}, which does not exist")

    def step(self) -> None:
        """Read one item."""
        start, letter = self.at, self.text[self.at]
        self.at += 1
        if letter == "\\":
            self.escape(start)
        elif letter == "[":
            self.character_class(start)
            self.repeatable = True
        elif letter == "(":
            self.group(start)
        elif letter == ")":
            if not self.open:
                raise _Refused(start, "unmatched closing parenthesis")
            self.open.pop()
            self.repeatable = True
        elif letter == "|":
            self.repeatable = False
        elif letter in "*+?" or (letter == "{" and _QUANTIFIER.match(self.text, start)):
            self.quantifier(start)
        else:
            self.repeatable = True

    def quantifier(self, start: int) -> None:
        """Read `*`, `+`, `?` or `{n,m}`, with the `?` or `+` that may follow."""
        counted = _QUANTIFIER.match(self.text, start)
        if counted:
            self.at = counted.end()
            low, high = counted.group(1), counted.group(3)
            least, most = leading_number(low), leading_number(high or "")
            if max(least, most) > _LARGEST_REPEAT:
                raise _Refused(start, "number too big in {} quantifier")
            if high and most < least:
                raise _Refused(start, "numbers out of order in {} quantifier")
        if not self.repeatable:
            raise _Refused(start, "quantifier does not follow a repeatable item")
        if self.text[self.at : self.at + 1] in ("?", "+"):
            self.at += 1
        self.repeatable = False

    def escape(self, start: int) -> None:
        """Read what follows a backslash outside a class."""
        if self.at >= len(self.text):
            raise _Refused(start, "\\ at end of pattern")
        letter = self.text[self.at]
        self.at += 1
        if letter in "QEcxogkKGpPXNRCd0":
            if letter == "d":
                self.repeatable = True
                return
            raise _Unsure
        if letter in "123456789":
            self.reference(start)
        elif letter in _NO_SUCH_ESCAPE:
            raise _Refused(start, f"\\{letter} means nothing")
        self.repeatable = True

    def reference(self, start: int) -> None:
        """Read a back reference; above 9 it may be an octal number instead."""
        digits = re.compile(r"\d+").match(self.text, self.at - 1)
        if digits is not None:
            self.at = digits.end()
            if leading_number(digits.group()) <= 9:
                self.references.append((start, leading_number(digits.group())))

    def group(self, start: int) -> None:
        """Read an opening parenthesis and what says its kind."""
        rest = self.text[self.at :]
        self.repeatable = False
        if rest.startswith("*"):
            raise _Unsure
        if not rest.startswith("?"):
            self.groups += 1
            self.open.append(start)
            return
        plain = re.match(r"\?(?:[:=!>]|<[=!])", rest)
        options = re.match(r"\?(?:[imsJUn]*)(?:-[imsn]*)?([:)])", rest)
        if plain:
            self.at += plain.end()
            self.open.append(start)
        elif options:
            self.at += options.end()
            if options.group(1) == ":":
                self.open.append(start)
        elif rest == "?" or re.match(r"\?[^\w<'#(P^|&+\-*xX>=!:]", rest):
            raise _Refused(self.at + 1, "unrecognized character after (?")
        else:
            raise _Unsure

    def character_class(self, start: int) -> None:
        """Read a bracketed class up to its `]`."""
        if self.text[start : start + 7] in ("[[:<:]]", "[[:>:]]"):
            raise _Unsure
        outside = re.compile(r"\[([:.=])\w*\1\]").match(self.text, start)
        if outside:
            raise _Refused(start, "POSIX named classes are supported only within a class")
        if self.text[self.at : self.at + 1] == "^":
            self.at += 1
        first = True
        before: str | None = None
        while True:
            if self.at >= len(self.text):
                raise _Refused(start, "missing terminating ] for character class")
            letter = self.text[self.at]
            if letter == "]" and not first:
                self.at += 1
                return
            first = False
            before = self.member(letter, before)

    def member(self, letter: str, before: str | None) -> str | None:
        """Read one member of a class; gives the character a range may start from."""
        start = self.at
        self.at += 1
        if letter == "\\":
            return self.class_escape(start)
        if letter == "[" and self.text[self.at : self.at + 1] in (":", ".", "="):
            return self.posix(start)
        if letter == "-" and before is not None and self.text[self.at : self.at + 1] not in ("]", ""):
            return self.end_of_range(start, before)
        return letter

    def posix(self, start: int) -> str | None:
        """Read `[:name:]` inside a class."""
        found = re.compile(r"\[([:.=])(\^?)([^\]\\:.=]*)\1\]").match(self.text, start)
        if found is None:
            return "["
        if found.group(1) != ":":
            raise _Refused(start, "POSIX collating elements are not supported")
        if found.group(3) not in _POSIX:
            raise _Refused(start, "unknown POSIX class name")
        self.at = found.end()
        if self.text[self.at : self.at + 1] == "-" and self.text[self.at + 1 : self.at + 2] != "]":
            raise _Unsure
        return None

    def class_escape(self, start: int) -> str | None:
        """Read an escape inside a class; None when no range may start from it."""
        if self.at >= len(self.text):
            raise _Refused(start, "\\ at end of pattern")
        letter = self.text[self.at]
        self.at += 1
        if letter in "QEcxoNpPbBRX0123456789":
            raise _Unsure
        if letter in _NO_SUCH_ESCAPE:
            raise _Refused(start, f"\\{letter} means nothing")
        if letter.isalnum():
            if self.text[self.at : self.at + 1] == "-":
                raise _Unsure
            return None
        return letter

    def end_of_range(self, start: int, before: str) -> str | None:
        """Read the end of `a-z`."""
        letter = self.text[self.at]
        if letter == "[" and self.text[self.at + 1 : self.at + 2] in (":", ".", "="):
            raise _Unsure
        self.at += 1
        if letter == "\\":
            after = self.text[self.at : self.at + 1]
            if not after or after.isalnum():
                raise _Unsure
            self.at += 1
            letter = after
        if ord(letter) > 0x7F or ord(before) > 0x7F:
            raise _Unsure
        if ord(letter) < ord(before):
            raise _Refused(start - 1, "range out of order in character class")
        return None
