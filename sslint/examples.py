"""A rule's documentation, read as what it is: prose, and examples that are tests.

The docstring of a rule's file starts with a one-line summary; then come the sections, each under
a `## ` heading. Every fenced block in `Bad`, `Good` and `Fix` is one example; a `### ` heading
before it is its title, and a Fix is the expected text of the Bad example of the same title.

Within an example:

    #--- target: httpd=2.2 openssl=1.0.1    headers come first; CONTRIBUTING.md lists them
    #--- conf.d/ssl.conf                    from here on, another file
    SSLProtocol all
    #           ^^^ the message of the finding expected here, or its beginning and `...`

A mark points into the nearest line above that is no mark, or `2 lines up: ` from there. `#<^^`
is a range that starts under the `#` itself. A range that goes on behind its first line is
marked to that line's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .text import Source, Span

SECTIONS = ("What it does", "Why", "Bad", "Good", "Fix", "Options", "Limits", "References")
"""The sections of a rule's documentation, in their order."""
REQUIRED = ("What it does", "Why", "Bad", "Good")
ROOT = "/etc/apache2"
HEADERS = (
    "target", "role", "defines", "modules", "options", "outside", "unreadable", "show", "mark", "live",
    "pem", "modes", "map", "now", "profile",
)  # fmt: skip
MAINS = {"main": f"{ROOT}/apache2.conf", "fragment": f"{ROOT}/fragment.conf", "htaccess": "/var/www/html/.htaccess"}

_HEADER = re.compile(r"#--- (\w+): *(.*)")
_FILE = re.compile(r"#--- (\S+)$")
_MARK = re.compile(r"[ \t]*#(?:(?P<start><)| *)(?P<carets>\^*)(?: (?:(?P<up>\d+) lines? up: )?(?P<message>.*))?$")
_PICTURES = {code: chr(code - 0x2400) for code in range(0x2400, 0x2421)}


class ExampleError(Exception):
    """An example that can't be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding that an example expects."""

    path: str
    line: int
    column: int
    width: int
    message: str

    def matches(self, message: str) -> bool:
        """Whether a finding's message is the marked one."""
        if self.message.endswith("..."):
            return message.startswith(self.message[:-3])
        return message == self.message


@dataclass(frozen=True, slots=True)
class Example:
    """One configuration out of a rule's documentation."""

    title: str
    headers: Mapping[str, str]
    files: Mapping[str, str]
    """The texts by their absolute paths; the first is the one that is checked."""

    @property
    def role(self) -> str:
        """`main`, `fragment` or `htaccess`."""
        return self.headers.get("role", "main")

    @property
    def main(self) -> str:
        """The path of the file that is checked."""
        return next(iter(self.files))

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The findings that the marks expect, in the order of the text."""
        stated = [_stated(self.main, self.headers["mark"])] if "mark" in self.headers else []
        return (*stated, *(mark for path, text in self.files.items() for mark in _marks(path, text)))


@dataclass(frozen=True, slots=True)
class Documentation:
    """A rule's docstring, taken apart."""

    summary: str
    sections: Mapping[str, str]
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    fixed: tuple[Example, ...]


def read(doc: str) -> Documentation:
    """Take a docstring apart. Raises ExampleError."""
    summary, *parts = re.split(r"(?m)^## +(.*?) *$", doc.strip())
    sections = {name: body.strip("\n") for name, body in zip(parts[::2], parts[1::2], strict=True)}
    return Documentation(
        summary=summary.strip().partition("\n")[0],
        sections=sections,
        bad=tuple(examples(sections.get("Bad", ""))),
        good=tuple(examples(sections.get("Good", ""))),
        fixed=tuple(examples(sections.get("Fix", ""))),
    )


def examples(section: str) -> Iterator[Example]:
    """The fenced blocks of a section, each with the heading before it."""
    title = ""
    block: list[str] | None = None
    for line in section.split("\n"):
        if line.startswith("```"):
            if block is not None:
                yield example(title, block)
            block = [] if block is None else None
        elif block is not None:
            block.append(line)
        elif line.startswith("### "):
            title = line[4:].strip()
    if block is not None:
        raise ExampleError(f"the block under {title or 'the section heading'} is never closed")


def example(title: str, lines: list[str]) -> Example:
    """One example out of its lines."""
    headers: dict[str, str] = {}
    while lines and (match := _HEADER.match(lines[0])):
        key, value = match.groups()
        if key not in HEADERS:
            raise ExampleError(f"{key} is no header of an example: use one of {', '.join(HEADERS)}")
        headers[key] = value.strip()
        lines = lines[1:]
    shown = headers.get("show", "").split()
    if "controls" in shown:
        lines = [line.translate(_PICTURES) for line in lines]
    if "bom" in shown:
        lines = ["\ufeff" + lines[0], *lines[1:]]
    role = headers.get("role", "main")
    if role not in MAINS:
        raise ExampleError(f"{role} is no role: use one of {', '.join(MAINS)}")
    files = {path: "".join(line + "\n" for line in body) for path, body in _files(MAINS[role], lines)}
    return Example(title, headers, files)


def _files(main: str, lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """An example's files: path and lines. What stands before the first file header is the main file."""
    path, body = main, list[str]()
    for line in lines:
        if match := _FILE.match(line):
            if body or path != main:
                yield path, body
            path, body = match.group(1), []
            if not path.startswith("/"):
                path = f"{ROOT}/{path}"
        else:
            body.append(line)
    yield path, body


def is_mark(line: str) -> bool:
    """Whether a line marks a finding."""
    return _mark(line) is not None


def _mark(line: str) -> re.Match[str] | None:
    match = _MARK.match(line)
    return match if match and (match["carets"] or match["start"]) else None


def strip_marks(text: str) -> str:
    """A text without its marks."""
    return "\n".join(line for line in text.split("\n") if not is_mark(line))


def _stated(path: str, text: str) -> Mark:
    """A mark in a header, `line:column:width message`, for texts that a line of marks would change."""
    place, _, message = text.partition(" ")
    line, column, width = (int(number) for number in place.split(":"))
    return Mark(path, line, column, width, message)


def _marks(path: str, text: str) -> Iterator[Mark]:
    above = 0
    for number, line in enumerate(text.split("\n"), 1):
        match = _mark(line)
        if match is None:
            above = number
            continue
        start = match.start("start") - 1 if match["start"] else match.start("carets")
        message = match["message"] or ""
        if not message:
            raise ExampleError(f"the mark in line {number} has no message")
        yield Mark(path, above - int(match["up"] or 0), start + 1, match.end("carets") - start, message)


def locate(source: Source, span: Span) -> tuple[int, int, int]:
    """Line, column and width of a span as marks give them: to the end of its first line."""
    line, column = source.position(span.start)
    end = min(span.end, source.line_span(line).end)
    return line, column, max(1, end - span.start)
