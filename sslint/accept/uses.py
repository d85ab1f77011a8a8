"""One use of a directive: its values, and words that the server takes otherwise than they look."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..configuration import Argument, Directive, Problem, Section
from ..diagnostic import Edit
from ..knowledge.directives import DirectiveFacts
from ..knowledge.places import Place
from ..knowledge.targets import Target
from ..knowledge.versions import HttpdVersion
from ..text import Span
from .messages import Check, comment_moved_up
from .slips import slip_checks
from .values import FileFacts, Use, ValueProblem, check_values, is_checked

_OWN_QUOTES = frozenset(
    {"errordocument", "rewriterule", "rewritecond", "sslrequire", "require", "expr", "if", "elseif"}
)
"""Directives whose handlers read quotes by rules of their own."""

_BALANCED = re.compile(r"""[^"']*(?:"[^"\\]*"[^"']*)*\Z""")
"""Texts whose quotes are closed at a glance."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a value may depend on besides its directive.

    `files` is None where missing files are not looked for, `loaded` where the modules are not
    known for sure; `aliases` are the authentication providers that the configuration names itself.
    """

    target: Target
    files: FileFacts | None
    loaded: frozenset[str] | None
    aliases: frozenset[str]


def use_check(facts: DirectiveFacts, place: Place, surroundings: Surroundings, is_section: bool) -> Check | None:
    """What is to be looked at in each use of a directive; None where nothing is."""
    parts: list[Check] = [_unclosed_quote] if facts.name.lower() not in _OWN_QUOTES else []
    ignored = _ignored_words(facts, surroundings.target, is_section)
    if ignored is not None:
        parts.append(ignored)
    shape = facts.shape(surroundings.target.httpd)
    is_switch = shape is not None and shape.name == "FLAG"
    if surroundings.files is not None or is_switch or is_checked(facts.name.lower(), is_section):
        parts.append(_values(facts.name.lower(), place, surroundings, is_section))
    if not is_section:
        parts += slip_checks(facts, surroundings.target.httpd)
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0]

    def check(directive: Directive, values: Sequence[str], problems: list[Problem]) -> None:
        for part in parts:
            part(directive, values, problems)

    return check


def _unclosed_quote(directive: Directive, _values: Sequence[str], problems: list[Problem]) -> None:
    if _BALANCED.match(directive.text) or all(word.closed for word in directive.words):
        return
    for argument in directive.arguments:
        if argument.word.closed:
            continue
        message = f"this {argument.word.quote} is never closed: httpd takes the rest of the line as one word"
        span = argument.span
        at_end = directive.pieces is None
        edits = (Edit(argument.source, Span(span.end, span.end), argument.word.quote),) if at_end else ()
        problems.append(
            Problem(
                "unterminated-quote",
                argument.source,
                Span(span.start, span.start + 1),
                message,
                "opens",
                edits=edits,
                frame=directive.frame,
            )
        )


def _ignored_words(facts: DirectiveFacts, target: Target, is_section: bool) -> Check | None:
    """Words that the server passes over: all of a NO_ARGS directive, all but the first of a FLAG."""
    branch = facts.branch(target.httpd)
    if branch is None or is_section or target.httpd < HttpdVersion(2, 0, 0):
        return None
    if branch.shape == "NO_ARGS":
        return _ignored_from(0, f"{facts.name} takes no arguments, and httpd ignores this one")
    shape = facts.shape(target.httpd)
    if shape is not None and shape.name == "FLAG":
        return _ignored_from(1, f"{facts.name} is a switch: httpd reads its first word and ignores the rest")
    return None


def _ignored_from(first: int, message: str) -> Check:
    def check(directive: Directive, values: Sequence[str], problems: list[Problem]) -> None:
        if len(values) <= first:
            return
        arguments = directive.arguments
        span = Span(arguments[first].span.start, arguments[-1].span.end)
        notes: tuple[str, ...] = ()
        if first == 0 and arguments[0].value.lower() in ("off", "no", "false", "0"):
            notes = (f"{directive.name} {arguments[0].value} turns it on like any other use",)
        edits = comment_moved_up(directive, first)
        if not edits and directive.pieces is None:
            start = span.start
            while directive.source.text[start - 1] in " \t":
                start -= 1
            edits = (Edit(directive.source, Span(start, span.end), ""),)
        problems.append(
            Problem(
                "argument-ignored",
                directive.source,
                span,
                message,
                "ignored",
                notes=notes,
                edits=edits,
                frame=directive.frame,
            )
        )

    return check


def _values(name: str, place: Place, around: Surroundings, is_section: bool) -> Check:
    where = place.value.split("+")[-1]

    def check(directive: Directive, values: Sequence[str], problems: list[Problem]) -> None:
        raw = directive.argument if isinstance(directive, Section) else directive.text
        use = Use(name, tuple(values), raw, is_section, where, around.target, around.loaded, around.aliases)
        found = check_values(use, around.files)
        if found:
            arguments = directive.arguments
            problems.extend(_problem(directive, arguments, problem) for problem in found)

    return check


def _problem(directive: Directive, arguments: tuple[Argument, ...], found: ValueProblem) -> Problem:
    kind = "missing-file" if found.environment else "bad-value"
    span = directive.span
    edits: tuple[Edit, ...] = ()
    if found.word is not None and found.word < len(arguments):
        argument = arguments[found.word]
        span = _inside(directive, argument, found)
        stands = argument.source.text[slice(*argument.span)] == directive.text[argument.word.start : argument.word.end]
        if found.replacement is not None and stands:
            edits = (Edit(argument.source, argument.span, _quoted(found.replacement, argument.word.quote)),)
        elif found.word and argument.value.startswith("#"):
            edits = comment_moved_up(directive, found.word)
    elif directive.text:
        span = directive.place(0, max(1, len(directive.text)))
    return Problem(
        kind, directive.source, span, found.message, edits=edits, environment=found.environment, frame=directive.frame
    )


def _inside(directive: Directive, argument: Argument, found: ValueProblem) -> Span:
    """The span of a part of a word; of all of it where escapes make offsets differ."""
    word = argument.word
    skip = len(word.quote)
    if word.end - word.start - 2 * skip != len(word.value) or (found.start, found.end) == (0, len(word.value)):
        return argument.span
    return directive.place(word.start + skip + found.start, word.start + skip + max(found.end, found.start + 1))


def _quoted(value: str, quote: str) -> str:
    return f"{quote}{value}{quote}" if quote else value
