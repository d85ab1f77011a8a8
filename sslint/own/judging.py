"""What declared rules report: lines, values in force, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..configuration.model import Argument, Directive, Section
from ..diagnostic import Diagnostic, Edit, Fix
from ..edits import delete_lines, insert_after
from ..knowledge.directives import directives
from ..rule import Check, Context, Place
from ..server.merging.effective import Effective, effective
from ..server.sections import Scope, Where, all_scopes, scopes
from ..server.setting import Inherited, Unknown, assumption, usable
from ..text import Span
from ..tls.defaults import default_words
from .declaration import OUTSIDE, Declaration

if TYPE_CHECKING:
    from ..server import Server, VirtualHost


def check_of(one: Declaration) -> Check:
    """The check of a declared rule."""
    if one.kind == "directive":
        return lambda directive, context: _line(one, directive, context)
    judge = _effective if one.kind == "effective" else _missing
    return lambda server, context: judge(one, server, context)


# Lines


def _line(one: Declaration, directive: Directive, context: Context) -> Iterator[Diagnostic]:
    """One line that the server reads."""
    if directive.condition is not None and not directive.condition.likely:
        return
    if one.places and not _stands_in(directive, one.places, context.configuration.role):
        return
    arguments = directive.arguments
    if one.argument > len(arguments):
        return
    asked = _chosen(one, arguments)
    value = " ".join(argument.value for argument in asked)
    if one.asks(value):
        fix = _line_fix(one, directive, asked, value, context)
        place = _marked(one, directive, asked, value)
        message = _told(one, value, directive.name)
        yield context.report(place, message, fix=fix, notes=assumption(directive))


def _chosen(one: Declaration, arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
    return arguments[one.argument - 1 : one.argument] if one.argument else arguments


def _stands_in(directive: Directive, places: Iterable[str], role: str) -> bool:
    outer = {section.key for section in directive.enclosing}
    if role == "htaccess":
        outer.add("htaccess")
    return any(place in outer or (place == OUTSIDE and not outer) for place in places)


def _marked(one: Declaration, directive: Directive, asked: tuple[Argument, ...], value: str) -> Place:
    """What the pattern matched, where that lies in one argument; else the argument asked for, or the line."""
    if len(asked) == 1 and (one.argument or not isinstance(directive, Section)):
        return asked[0]
    pattern = one.when.pattern if one.when is not None else None
    match = pattern.search(value) if pattern is not None else None
    if match is None:
        return directive
    offset = 0
    for argument in asked:
        end = offset + len(argument.value)
        if offset <= match.start() and match.end() <= end:
            return argument
        offset = end + 1
    return directive


def _line_fix(
    one: Declaration, directive: Directive, asked: tuple[Argument, ...], value: str, context: Context
) -> Fix | None:
    if directive.pieces is not None:
        return None  # variables, macros and continued lines: what stands there is not what is read
    if one.remove and not isinstance(directive, Section):
        return context.fix("take the line out", delete_lines(directive))
    new = one.renewed(value)
    if new is None or not asked:
        return None
    if one.argument:
        quoted = f'"{new}"' if " " in new and not new.startswith('"') else new
        return context.fix(f"write {quoted}", Edit(directive.source, asked[0].span, quoted))
    span = Span(asked[0].span.start, asked[-1].span.end)
    return context.fix(f"write {directive.name} {new}", Edit(directive.source, span, new))


# Values in force


def _effective(one: Declaration, server: Server, context: Context) -> Iterator[Diagnostic]:
    """The values in force, once for each line that decides one."""
    seen: set[tuple[str, int]] = set()
    for host, scope in _where(one, server):
        for setting in effective(host, _whereabouts(scope), one.names):
            if not setting.lines and isinstance(setting.origin, Unknown):
                continue
            for found in _of_setting(one, setting, host, scope, context):
                place = (found.source.path, found.span.start)
                if place not in seen:
                    seen.add(place)
                    yield found


def _of_setting(
    one: Declaration, setting: Effective, host: VirtualHost, scope: Scope | None, context: Context
) -> Iterator[Diagnostic]:
    """One setting; the lines of a list act side by side, and each is judged."""
    if not setting.lines:
        words = setting.words if setting.words is not None else _default(setting, host)
        value = _asked(one, words)
        if value is not None and one.asks(value):
            home: Place = scope.section if scope is not None else host
            message = _told(one, value or "unset", one.spelt, host)
            yield context.report(home, message, label="nothing sets it here", fix=_insertion(one, home, context))
        return
    lines = setting.lines if setting.is_list else setting.lines[-1:]
    for line in (one_line.directive for one_line in lines):
        single = setting.is_list or len(setting.lines) == 1
        value = _asked(one, line.values if single else setting.words or ())
        if value is not None and one.asks(value):
            fix = _line_fix(one, line, _chosen(one, line.arguments), value, context) if single else None
            related = [(host, "in force here")] if isinstance(setting.origin, Inherited) and not host.is_main else []
            message = _told(one, value, one.spelt, host)
            yield context.report(line, message, related=related, fix=fix, notes=assumption(line))


def _asked(one: Declaration, words: Sequence[str]) -> str | None:
    """What is judged of a value's words; None where the argument asked for is not there."""
    if not one.argument:
        return " ".join(words)
    return words[one.argument - 1] if one.argument <= len(words) else None


def _default(setting: Effective, host: VirtualHost) -> tuple[str, ...]:
    """What httpd does where nothing is set, as far as that can be told."""
    return tuple((default_words(host, setting.key) or "").split())


# What is missing


def _missing(one: Declaration, server: Server, context: Context) -> Iterator[Diagnostic]:
    """Hosts and sections without a line that counts."""
    for host, scope in _where(one, server):
        if scope is None and server.is_fragment:
            continue  # the server around it may have the line
        found = scope.directives.get(one.names[0], []) if scope is not None else host.all(one.names[0])
        if any(_counts(one, line) for line in usable(found)):
            continue
        home: Place = scope.section if scope is not None else host
        yield context.report(home, _told(one, "", one.spelt, host), fix=_insertion(one, home, context))


def _counts(one: Declaration, line: Directive) -> bool:
    return one.unless is None or one.unless.holds(" ".join(line.values))


def _insertion(one: Declaration, home: Place, context: Context) -> Fix | None:
    """The line that is missing, behind the start tag; nowhere in the main server, whose file has no such place."""
    header = home if isinstance(home, Section) else getattr(home, "header", None)
    if one.replacement is None or not isinstance(header, Section) or header.pieces is not None:
        return None
    spelt = one.spelt if one.kind == "effective" else directives().all_of(one.names[0])[0].name
    line = f"{spelt} {one.replacement}"
    return context.fix(f"add {line}", insert_after(header, f"    {line}"))


# Both


def _where(one: Declaration, server: Server) -> Iterator[tuple[VirtualHost, Scope | None]]:
    """The hosts and sections that the rule asks about."""
    for host in server.hosts:
        if any(_is_meant(place, host, server) for place in one.places):
            yield host, None
        for scope in all_scopes(scopes(host.sections)):
            if scope.kind in one.places:
                yield host, scope


def _is_meant(place: str, host: VirtualHost, server: Server) -> bool:
    if place == "server":
        return host.is_main
    if place not in ("hosts", "tls-hosts", "plain-hosts"):
        return False
    if host.is_main and not server.is_fragment and not host.sockets:
        return False  # nobody meets it
    return place == "hosts" or host.is_tls is (place == "tls-hosts")


def _whereabouts(scope: Scope | None) -> Where | None:
    if scope is None:
        return None
    sample = scope.example()
    if scope.kind.startswith("location"):
        return Where(sample, None)
    if scope.kind.startswith("files"):
        return Where(None, None, sample)
    return Where(None, None, "", sample) if scope.kind.startswith("proxy") else Where(None, sample)


def _told(one: Declaration, value: str, name: str, host: VirtualHost | None = None) -> str:
    """The message, with its places filled in."""
    filled = one.message.replace("{value}", value).replace("{directive}", name)
    return filled.replace("{host}", host.title if host is not None else "this server")
