"""The problems of names, places and word counts, in words close to the server's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from ..configuration import Directive, Problem, Section
from ..diagnostic import Edit, on_its_own_line, without_lines
from ..knowledge.directives import DirectiveFacts, directives
from ..knowledge.places import Permission, Place
from ..knowledge.targets import Target
from ..knowledge.versions import HttpdVersion
from ..text import Span

Check = Callable[[Directive, Sequence[str], list[Problem]], None]
"""Looks at one use of a directive, its words split, and adds what is wrong with it."""

_BOM = "\ufeff"
_COMMENT = re.compile(r"#(?!-?\d)")
"""What begins a comment where none can stand; `#1000` is a user's number."""
_COUNTS = {
    "TAKE1": "takes one argument",
    "TAKE2": "takes two arguments",
    "TAKE3": "takes three arguments",
    "TAKE12": "takes 1-2 arguments",
    "TAKE23": "takes two or three arguments",
    "TAKE13": "takes one or three arguments",
    "TAKE123": "takes one, two or three arguments",
    "NO_ARGS": "takes no arguments",
    "ITERATE": "requires at least one argument",
    "ITERATE2": "requires at least two arguments",
}
"""`invoke_cmd`'s messages."""


def _shown(directive: Directive) -> str:
    return f"<{directive.name[1:]}>" if isinstance(directive, Section) else directive.name


def unknown(target: Target, facts: DirectiveFacts | None, is_section: bool) -> Check:
    """An unknown name: gone, not there yet, or misspelled."""

    def check(directive: Directive, _values: Sequence[str], problems: list[Problem]) -> None:
        name = directive.name
        if name.lstrip("<").startswith(_BOM):
            problems.append(_byte_order_mark(directive))
            return
        message = f"Invalid command '{name}': httpd {target.httpd} does not know it and will not start"
        notes = _history(facts, target.httpd) if facts else _suggestions(name, is_section)
        edits = _succeeded(directive, facts, target.httpd) if facts else _renamed(directive, name)
        problems.append(
            Problem(
                "unknown-directive",
                directive.source,
                directive.name_span,
                message,
                "unknown",
                notes=notes,
                edits=edits,
                frame=directive.frame,
            )
        )

    return check


def _succeeded(directive: Directive, facts: DirectiveFacts, version: HttpdVersion) -> tuple[Edit, ...]:
    """The edit that writes what says exactly the same, or takes out what needs no saying; none for a macro's text."""
    if isinstance(directive, Section) or directive.pieces is not None:
        return ()
    line = facts.successor(directive.text, version)
    if line is None:
        return ()
    return (Edit(directive.source, directive.span, line) if line else without_lines(directive.source, directive.span),)


def _renamed(directive: Directive, name: str) -> tuple[Edit, ...]:
    """The edit that writes the nearest name that is known; none for a section, whose end tag has the name too."""
    near = "" if isinstance(directive, Section) or directive.pieces is not None else _nearest(name, is_section=False)
    return (Edit(directive.source, directive.name_span, near),) if near else ()


def _byte_order_mark(directive: Directive) -> Problem:
    start = directive.source.text.index(_BOM, directive.start)
    span = Span(start, start + 1)
    message = "the file starts with a byte order mark, which httpd takes for a part of the first directive's name"
    edit = Edit(directive.source, span, "")
    return Problem(
        "byte-order-mark", directive.source, span, message, "byte order mark", edits=(edit,), frame=directive.frame
    )


def _history(facts: DirectiveFacts, version: HttpdVersion) -> tuple[str, ...]:
    branch = facts.branch(version)
    if branch is not None and branch.first is not None and version < branch.first:
        return (f"{facts.name} came with httpd {branch.first}",)
    notes: list[str] = []
    known = [name for name, branch in facts.branches.items() if name != "trunk" and branch]
    if known:
        notes.append(f"{facts.name} exists in httpd {', '.join(known)}")
    elif facts.branches:
        notes.append(f"{facts.name} exists in httpd's development branch only")
    gone = facts.deprecation
    if gone is not None and gone.replaced_by:
        notes.append(f"use {' or '.join(gone.replaced_by)} instead")
    return tuple(notes)


@lru_cache(maxsize=256)
def _nearest(name: str, is_section: bool) -> str:
    return next(iter(directives().suggest(name, section=is_section)), "")


def _suggestions(name: str, is_section: bool) -> tuple[str, ...]:
    found = _nearest(name, is_section)
    if not found:
        return ()
    facts = directives().lookup(found, section=is_section)
    modules = facts.modules() if facts else ()
    owner = f" (of {modules[0]})" if len(modules) == 1 and modules[0] != "core" else ""  # others: MPMs
    return (f"did you mean {found}{owner}?",)


def tombstone(facts: DirectiveFacts, version: HttpdVersion) -> Check:
    """A name that the server knows only in order to refuse it."""

    def check(directive: Directive, _values: Sequence[str], problems: list[Problem]) -> None:
        message = f"{facts.name} is no longer supported: httpd refuses every use of it"
        replaced = facts.deprecation.replaced_by if facts.deprecation else ()
        notes = (f"use {' or '.join(replaced)} instead",) if replaced else ()
        problems.append(
            Problem(
                "unknown-directive",
                directive.source,
                directive.name_span,
                message,
                notes=notes,
                edits=_succeeded(directive, facts, version),
                frame=directive.frame,
            )
        )

    return check


def module_missing(owners: tuple[str, ...]) -> Check:
    """A directive whose module is not loaded."""

    def check(directive: Directive, _values: Sequence[str], problems: list[Problem]) -> None:
        message = f"{_shown(directive)} comes with {' or '.join(owners)}, which is not loaded: httpd will not start"
        notes = (f"load the module with LoadModule, or put the line into <IfModule {owners[0]}>",)
        problems.append(
            Problem(
                "module-not-loaded",
                directive.source,
                directive.name_span,
                message,
                "not loaded",
                notes=notes,
                frame=directive.frame,
            )
        )

    return check


def wrong_place(
    facts: DirectiveFacts, place: Place, keys: tuple[str, ...], permission: Permission, target: Target
) -> Check:
    """A directive where the server does not allow it."""
    where = _where(place, keys)
    allowed = [known for known in (Place.SERVER, Place.VHOST, Place.DIRECTORY, Place.HTACCESS) if known is not place]
    names = [_where(known, ()) for known in allowed if facts.allowed(known, target.httpd) is Permission.ALLOWED]

    def check(directive: Directive, _values: Sequence[str], problems: list[Problem]) -> None:
        refusal = facts.refusal(place) if permission is Permission.REFUSED else None
        message = refusal or f"{_shown(directive)} is not allowed {where}"
        notes = (f"{facts.name} may stand {', '.join(names)}",) if names else ()
        problems.append(
            Problem(
                "wrong-context",
                directive.source,
                directive.name_span,
                message,
                "not here",
                notes=notes,
                frame=directive.frame,
            )
        )

    return check


def _where(place: Place, keys: tuple[str, ...]) -> str:
    plain = {
        Place.SERVER: "at server level",
        Place.VHOST: "in <VirtualHost>",
        Place.DIRECTORY: "in <Directory>",
        Place.HTACCESS: "in .htaccess",
    }
    if place in plain and (not keys or keys[-1] in ("virtualhost", "directory", "htaccess")):
        return plain[place]
    return f"in <{keys[-1]}>" if keys else plain[Place.SERVER]


_NEEDS_ARGUMENT = frozenset(
    "virtualhost directory directorymatch location locationmatch files filesmatch if elseif limit limitexcept".split()
)
"""Sections whose handlers say "requires additional arguments"; `<Proxy>` and others take none as well."""


def header_check(facts: DirectiveFacts) -> Check | None:
    """The checks that httpd's own section handlers begin with; third parties' are not known."""
    if facts.package:
        return None
    needs_argument = facts.name.lower() in _NEEDS_ARGUMENT

    def check(directive: Directive, values: Sequence[str], problems: list[Problem]) -> None:
        kind = message = ""
        if ">" not in directive.text:
            kind, message = "unclosed-tag", f"{directive.name}> directive missing closing '>'"
        elif needs_argument and not values:
            kind, message = "wrong-argument-count", f"{directive.name}> directive requires additional arguments"
        if kind:
            problems.append(Problem(kind, directive.source, directive.span, message, frame=directive.frame))

    return check


def count_check(facts: DirectiveFacts, target: Target) -> Check | None:
    """The word count check of a directive; None where any count will do."""
    shape = facts.shape(target.httpd)
    if shape is None or (shape.minimum == 0 and shape.maximum is None and not shape.refused):
        return None
    said = _COUNTS.get(shape.name, "has the wrong number of arguments")
    syntax = facts.syntax[0] if facts.syntax else ""
    low, high, refused = shape.minimum, shape.maximum, shape.refused
    if shape.name == "ITERATE" and target.httpd < HttpdVersion(2, 4, 4):
        low = 0  # An empty list is refused from 2.4.4 on.

    def check(directive: Directive, values: Sequence[str], problems: list[Problem]) -> None:
        number = len(values)
        if number >= low and (high is None or number <= high) and number not in refused and "" not in values[:low]:
            return
        notes = [f"syntax: {syntax}"] if syntax else []
        arguments = directive.arguments
        span = directive.name_span
        edits: tuple[Edit, ...] = ()
        if high is not None and number > high:
            span = Span(arguments[high].span.start, arguments[-1].span.end)
            if arguments[high].value.startswith("#"):
                notes.append("httpd knows no comment behind a directive: a comment needs a line of its own")
                edits = comment_moved_up(directive, high)
        given = "an empty one" if "" in values[:low] and number <= low else str(number)
        message = f"{_shown(directive)} {said}, and is given {given}"
        problems.append(
            Problem(
                "wrong-argument-count",
                directive.source,
                span,
                message,
                said,
                notes=tuple(notes),
                edits=edits,
                frame=directive.frame,
            )
        )

    return check


def comment_moved_up(directive: Directive, number: int) -> tuple[Edit, ...]:
    """The edits that give the comment that begins with an argument a line of its own; none if it is no such thing."""
    argument = directive.arguments[number]
    if directive.pieces is not None or not _COMMENT.match(argument.value) or argument.word.quote:
        return ()
    return on_its_own_line(directive.source, directive.start, Span(argument.span.start, directive.span.end))
