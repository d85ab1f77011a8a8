"""Edits of a configuration's text: what fixes are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .diagnostic import Edit, Fix, Safety, without_lines
from .text import Span

if TYPE_CHECKING:
    from .configuration import Argument, Section
    from .configuration.model import Item
    from .rule import Context, Place
    from .server import VirtualHost


def replace(place: Place, text: str) -> Edit:
    """The edit that puts a text in a place's stead."""
    return Edit(place.source, place.span, text)


def set_value(argument: Argument, value: str) -> Edit:
    """The edit that gives an argument another value, in the quotes that it has."""
    return replace(argument, f"{argument.word.quote}{value}{argument.word.quote}")


def add_to(argument: Argument, text: str) -> Edit:
    """The edit that adds a text to the end of an argument's value, within its quotes."""
    end = argument.span.end - len(argument.word.quote) * argument.word.closed
    return Edit(argument.source, Span(end, end), text)


def delete_lines(place: Place) -> Edit:
    """The edit that takes a place's lines out, line ends included."""
    return without_lines(place.source, place.span)


def insert_before(place: Place, line: str) -> Edit:
    """The edit that puts a line above a place, with the same indentation and line end."""
    source = place.source
    start, end = source.line_span(source.line(place.span.start))
    text = source.text[start:end]
    indent = text[: len(text) - len(text.lstrip(" \t"))]
    ending = "\r\n" if source.text[end : end + 2] == "\r\n" else "\n"
    return Edit(source, Span(start, start), f"{indent}{line}{ending}")


def insert_after(place: Place, line: str) -> Edit:
    """The edit that puts a line below a place, with the same indentation and line end."""
    source, span = place.source, place.span
    first = source.line_span(source.line(span.start)).start
    indent = source.text[first : span.start]
    end = source.line_span(source.line(max(span.start, span.end - 1))).end
    before = source.text[first - 2 : first]  # a last line may have no end of its own
    ending = "\r\n" if "\r\n" in (source.text[end : end + 2], before) else "\n"
    return Edit(source, Span(end, end), f"{ending}{indent if not indent.strip() else ''}{line}")


def insert_at_end(section: Section, line: str) -> Edit | None:
    """The edit that makes a line the last one of a section; None where its end tag has no line of its own there."""
    if section.close is None or section.close[0] is not section.source:
        return None
    source, close = section.close
    start, end = source.line_span(source.line(close.start))
    indent = source.text[start : close.start]
    if indent.strip(" \t") or section.frame.macro is not None:
        return None
    inner = [
        source.text[source.line_span(one.line).start : one.start] for one in section.children if one.source is source
    ]
    step = inner[-1] if inner and not inner[-1].strip(" \t") else f"{indent}    "
    ending = "\r\n" if source.text[end : end + 2] == "\r\n" else "\n"
    return Edit(source, Span(start, start), f"{step}{line}{ending}")


def above_engines(hosts: Iterable[VirtualHost], line: str) -> list[Edit]:
    """The edits that put a line above the SSLEngine of each host, or first into one whose TLS a Listen switches on.

    None where that is the main server, in whose file no place is known to be right.
    """
    places = [host.engine_line or _first_of(host) for host in hosts]
    found = {(one.source.path, one.start): one for one in places if one is not None}
    return [insert_before(one, line) for one in found.values()] if None not in places else []


def _first_of(host: VirtualHost) -> Item | None:
    """The first line of a virtual host that stands in the same text as its start tag."""
    header = host.header
    return next((one for one in header.children if one.frame is header.frame), None) if header is not None else None


def fix_at_end(context: Context, title: str, line: str, safety: Safety | None = None) -> Fix | None:
    """The fix that puts a line, or several, at the main file's end; None where the end is no place for it.

    That is where a section is not closed as it should be, or the last line goes on, and in what is no text.
    """
    from .configuration.problem import UNBALANCED

    server = context.server
    text = server.main_source.text
    if server.is_fragment or text.rstrip("\r\n").endswith("\\") or "\0" in text:
        return None
    if any(problem.kind in UNBALANCED for problem in server.configuration.problems):
        return None
    ending = "\r\n" if "\r\n" in text else "\n"
    before = "" if not text or text.endswith("\n") else ending
    end = Span(len(text), len(text))
    lines = line.replace("\n", ending)
    return context.fix(title, Edit(server.main_source, end, f"{before}{lines}{ending}"), safety=safety)
