"""What the server reads without a word although its author can't have meant it.

These are faults of the lines themselves, so they are looked for in each source's text, with one
regular expression a fault. How lines are read is told in `syntax.lines`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..configuration import Configuration, Problem
from ..diagnostic import Edit, on_its_own_line
from ..knowledge.directives import directives
from ..syntax.lines import Dialect, is_continued
from ..text import Source, Span

_COMMENT_CONTINUED = re.compile(r"^[ \t\r\f\v]*#[^\n]*?(\\)\r?\n([^\n]*)", re.MULTILINE)
_BLANK_AFTER_BACKSLASH = re.compile(r"^[ \t\r\f\v]*[^\s#][^\n]*?\\([ \t]+)\r?$(?:\n([^\n]*))?", re.ASCII | re.MULTILINE)
_AFTER_HEADER = re.compile(r"^[ \t\r\f\v]*<[A-Za-z][^\n]*>[ \t]*([^>\s][^>\n]*)$", re.ASCII | re.MULTILINE)
_LONG_COMMENT = re.compile(r"^[ \t\r\f\v]*#[^\n]{160,}", re.MULTILINE)
_NAME = re.compile(r"(?<!\S)</?([A-Z][A-Za-z]{4,})|(?<!\S)([A-Z][A-Za-z]{4,})(?=\s+\S)")
_BARE_RETURN = re.compile(r"\r(?!\n)[ \t]*(</?[A-Za-z]+|[A-Za-z]+)")
_SECTION = re.compile(r"</?[A-Za-z]")
_LOST = 4
"""So many directive names in one comment are no prose."""


def pitfalls(configuration: Configuration) -> list[Problem]:
    """The faults in every source that the configuration was read from."""
    dialect = Dialect.MODERN if configuration.target.httpd.minor >= 3 else Dialect.CLASSIC
    found: list[Problem] = []
    for source in configuration.sources.values():
        for look in _LOOKS:
            found.extend(look(source, dialect))
    return found


def _comment_continuations(source: Source, dialect: Dialect) -> Iterator[Problem]:
    if "\\\n" not in source.text and "\\\r\n" not in source.text:
        return
    for match in _COMMENT_CONTINUED.finditer(source.text):
        swallowed = match.group(2).strip()
        newline = match.start(2) - 1
        if not _SECTION.match(swallowed) and not _is_directive(swallowed.partition(" ")[0]):
            continue  # More prose, which is what the author wanted to continue.
        if not is_continued(source.text, newline, dialect):
            continue
        if match.start() and is_continued(source.text, match.start() - 1, dialect):
            continue
        span = Span(match.start(1), match.end(1))
        message = "this comment ends in a backslash, so httpd takes the next line for a part of it"
        notes = (f"ignored: {swallowed}",)
        edit = Edit(source, span, "")
        yield Problem(
            "comment-continuation", source, span, message, "continues the comment", notes=notes, edits=(edit,)
        )


def _broken_continuations(source: Source, _dialect: Dialect) -> Iterator[Problem]:
    if "\\ " not in source.text and "\\\t" not in source.text:
        return
    for match in _BLANK_AFTER_BACKSLASH.finditer(source.text):
        glued = source.text[match.start(1) - 2] not in " \t"
        if glued and not _continues(match.group(2) or ""):
            continue  # A Windows path, say.
        span = Span(match.start(1), match.end(1))
        message = "a blank follows the backslash, so httpd does not join the next line to this one"
        edit = Edit(source, span, "")
        yield Problem("broken-continuation", source, span, message, "blank at the end", edits=(edit,))


def _continues(line: str) -> bool:
    """Whether a line makes no sense but as the rest of the one before."""
    words = line.split()
    return bool(words) and words[0][0] not in "#<" and directives().lookup(words[0]) is None


def _after_headers(source: Source, dialect: Dialect) -> Iterator[Problem]:
    for match in _AFTER_HEADER.finditer(source.text):
        if match.start() and is_continued(source.text, match.start() - 1, dialect):
            continue
        text = match.group(1).rstrip()
        if text.endswith("\\"):
            continue
        span = Span(match.start(1), match.start(1) + len(text))
        what = "this comment" if text.startswith("#") else "this text"
        message = f"{what} follows the section header's closing '>': httpd drops it without a message"
        edits = on_its_own_line(source, _first(source.text, match.start()), span) if text.startswith("#") else ()
        yield Problem("text-after-header", source, span, message, "dropped", edits=edits)


def _first(text: str, start: int) -> int:
    """The first character of a line that is no blank."""
    while text[start] in " \t":
        start += 1
    return start


def _nul_bytes(source: Source, _dialect: Dialect) -> Iterator[Problem]:
    for match in re.finditer(r"\0[^\n]*", source.text):
        message = "a NUL byte: httpd loses the rest of this line without a message"
        yield Problem("nul-byte", source, Span(match.start(), match.end()), message, "lost")


def _lost_line_breaks(source: Source, _dialect: Dialect) -> Iterator[Problem]:
    text = source.text
    bare = [match for match in _BARE_RETURN.finditer(text) if _is_directive(match.group(1).strip("</"))]
    if bare:
        message = "the lines end in bare carriage returns: httpd knows no such line end and reads them as one line"
        line = source.line_span(source.line(bare[0].start()))
        returns = [match.start() for match in re.finditer(r"\r(?!\n)", text)]
        edits = tuple(Edit(source, Span(at, at + 1), "\n") for at in returns)
        span = Span(line.start, max(bare[0].start(), line.start + 1))
        yield Problem("lost-line-breaks", source, span, message, "one line to httpd", edits=edits)
    for match in _LONG_COMMENT.finditer(text):
        names = [first or second for first, second in _NAME.findall(match.group())]
        known = [name for name in names if _is_directive(name)]
        if len(known) >= _LOST and len(set(known)) >= _LOST - 1:
            span = Span(match.start(), match.end())
            message = (
                f"this comment holds {len(known)} directives ({', '.join(dict.fromkeys(known[:3]))} …): "
                "its line breaks seem to be lost, and httpd reads none of it"
            )
            yield Problem("lost-line-breaks", source, span, message, "one long comment")


def _confusables(source: Source, dialect: Dialect) -> Iterator[Problem]:
    """Characters that look like blanks, quotes and signs, and are letters to httpd."""
    text = source.text
    if text.isascii():
        return
    for line in _NOT_ASCII.finditer(text):
        if line.start() and is_continued(text, line.start() - 1, dialect):
            continue
        bare = _QUOTED.sub(lambda match: " " * len(match.group()), line.group())
        for match in _CONFUSABLE.finditer(bare):
            if line.start() + match.start() == 0 and match.group() == "\ufeff":
                continue  # the byte order mark
            kind = str(match.lastgroup)
            what, plain = _LOOKS_LIKE[kind]
            span = Span(line.start() + match.start(kind), line.start() + match.end(kind))
            codes = ", ".join(dict.fromkeys(map(_code_of, text[span.start : span.end])))
            message = f"{codes} {what}, and a letter like any other to httpd"
            yield Problem("confusable-character", source, span, message, edits=(Edit(source, span, plain),))


def _code_of(letter: str) -> str:
    """`U+00A0`; of a byte that is no UTF-8, `byte 0xA0`."""
    code = ord(letter)
    return f"byte 0x{code - 0xDC00:02X}" if 0xDC80 <= code <= 0xDCFF else f"U+{code:04X}"


_NOT_ASCII = re.compile(r"^[ \t]*(?=[^#\s])(?=[^\n]*[^\x00-\x7f])[^\n]*", re.MULTILINE | re.ASCII)
_QUOTED = re.compile(r"(?<!\S)(?:\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')")
_CONFUSABLE = re.compile(
    "(?P<blank>[\u00a0\u2000-\u200a\u202f\u205f\u3000\udca0]+)"
    "|(?P<nothing>[\u200b\u200c\u200d\u2060\ufeff]+)"
    "|(?P<quote>(?:(?<=\\s)|^)[\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\udc91-\udc94]"
    "|[\u201c\u201d\u00ab\u00bb\u2018\u2019\udc91-\udc94](?=\\s|>|$))"
    "|(?<=\\s)(?P<dash>[\u2010-\u2015\u2212\udc96\udc97])(?=[A-Za-z])"
)
_LOOKS_LIKE = {
    "blank": ("looks like a blank", " "),
    "nothing": ("can't be seen", ""),
    "quote": ("looks like a quote", '"'),
    "dash": ("looks like a minus sign", "-"),
}


def _is_directive(name: str) -> bool:
    """Whether a word is one of httpd's own names, written as the reference writes it."""
    facts = directives().lookup(name)
    return facts is not None and facts.name == name and not facts.package


_LOOKS: tuple[Callable[[Source, Dialect], Iterator[Problem]], ...] = (
    _comment_continuations,
    _broken_continuations,
    _after_headers,
    _nul_bytes,
    _lost_line_breaks,
    _confusables,
)
