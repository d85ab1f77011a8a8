"""What every value check is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from ..knowledge.regexes import regex_problem
from ..knowledge.targets import Target
from ..knowledge.versions import HttpdVersion
from ..text import leading_number


@dataclass(frozen=True, slots=True)
class ValueProblem:
    """Something that the server's handler refuses.

    `word` is the index of the offending word, None when the argument as a whole is meant; `start`
    and `end` are half-open offsets inside that word (or inside the raw text). `replacement` is
    what that word should be, where that is certain. `environment` marks what depends on files
    or on the build of a library rather than on the text.
    """

    word: int | None
    start: int
    end: int
    message: str
    replacement: str | None = None
    environment: bool = False


class Use(NamedTuple):
    """One use of a directive or section.

    `name` is lower case and without `<`; `words` are those of `ap_getword_conf`; `raw` is the
    argument text as the handler gets it, for a section without the closing `>`. `place` is the
    innermost section's kind (`server`, `vhost`, `directory`, `location`, `files`, `if`, `limit`,
    `proxy`, `requireany` …) or `htaccess`. `modules` are the identifiers of all loaded modules
    where that is known for sure, which makes unknown providers a certain error; `aliases` are the
    names that `<AuthnProviderAlias>` and `<AuthzProviderAlias>` sections define anywhere.
    """

    name: str
    words: tuple[str, ...]
    raw: str
    is_section: bool
    place: str
    target: Target
    modules: frozenset[str] | None = None
    aliases: frozenset[str] = frozenset()

    def whole(self, message: str) -> ValueProblem:
        """A problem of the argument as a whole."""
        return ValueProblem(None, 0, len(self.raw), message)

    def at(self, index: int, message: str, replacement: str | None = None) -> ValueProblem:
        """A problem of one word."""
        return ValueProblem(index, 0, len(self.words[index]), message, replacement)

    def within(self, index: int, start: int, end: int, message: str) -> ValueProblem:
        """A problem of a part of one word, kept inside it."""
        size = len(self.words[index])
        start = min(start, size)
        return ValueProblem(index, start, max(start, min(end, size)), message)

    def word(self, index: int) -> str:
        """A word, empty when there are not that many."""
        return self.words[index] if index < len(self.words) else ""

    def since(self, version: str) -> bool:
        """Whether the target is that release of httpd or a later one."""
        return self.target.httpd >= HttpdVersion.parse(version)


class FileFacts(Protocol):
    """What is known about the server's files."""

    def exists(self, path: str) -> bool | None:
        """Whether something is there; None when nobody can know."""
        ...


Problems = Iterator[ValueProblem]
Checker = Callable[[Use], Iterable[ValueProblem]]

_INT_MAX = 2**31 - 1


def atoi(text: str) -> int | None:
    """What C's `atoi` makes of a text: leading digits, 0 without any; None when they overflow."""
    value = leading_number(text)
    return value if -_INT_MAX <= value <= _INT_MAX else None


def until_empty(words: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """The words that an ITERATE handler sees: those before the first empty one."""
    for index, word in enumerate(words):
        if not word:
            return
        yield index, word


def regex(use: Use, index: int, skip: int = 0, message: str = "the regular expression does not compile") -> Problems:
    """The problem of a word that is a regular expression after its first `skip` characters."""
    found = regex_problem(use.words[index][skip:])
    if found is not None:
        start = skip + found.offset
        yield use.within(index, start, len(use.words[index]), f"{message}: {found.message}")


def condition(use: Use, text: str, index: int | None, skip: int = 0) -> Problems:
    """The problem of a condition that stands in a word (or the raw text) after `skip` characters."""
    from ..syntax.expressions import ExpressionError, parse_condition

    try:
        parse_condition(text, restricted=use.place == "htaccess")
    except ExpressionError as error:
        yield _expression(use, index, skip + error.offset, error.message)


def interpolated(use: Use, index: int, skip: int = 0) -> Problems:
    """The problem of a word that is a string with `%{…}` in it."""
    from ..syntax.expressions import ExpressionError, parse_text

    try:
        parse_text(use.words[index][skip:], restricted=use.place == "htaccess")
    except ExpressionError as error:
        yield _expression(use, index, skip + error.offset, error.message)


def _expression(use: Use, index: int | None, offset: int, message: str) -> ValueProblem:
    size = len(use.raw if index is None else use.words[index])
    start = min(offset, size)
    return ValueProblem(index, start, size, f"the expression is refused: {message}")


def listed(words: Iterable[str]) -> str:
    """`a, b or c`."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


STATUSES = frozenset(
    {*range(100, 104), *range(200, 209), 226, *range(300, 309), *range(400, 418), 421, 422, 423, 424, 426, 428, 429}
    | {431, 451, *range(500, 509), 510, 511}
)
"""The statuses that httpd knows (`http_protocol.c:status_lines`)."""
