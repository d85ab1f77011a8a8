"""The cookies that a configuration sets, and their attributes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sslint.api import Context, Directive, HeaderLine, Place, Server, edited, header_line, header_lines, kept, met_hosts

from ._hosts import host_of

KNOWN = frozenset(
    "path domain expires max-age secure httponly samesite version comment partitioned priority discard port".split()
)
KEYS = ("header", "sessioncookiename", "cookietracking")


class Cookie(NamedTuple):
    """One cookie. `attributes` have names in lower case; `by` is the directive that sets it."""

    name: str
    attributes: dict[str, str]
    place: Place
    by: Directive

    @property
    def is_session(self) -> bool:
        """Whether it carries a session of httpd's own."""
        return self.by.key == "sessioncookiename"


def attributes_of(value: str) -> dict[str, str]:
    """The attributes of a Set-Cookie value, or of a list of attributes alone that begins with a semicolon."""
    parts = (part.strip().partition("=") for part in value.split(";")[1:])
    return {name.strip().lower(): text.strip().strip('"') for name, _, text in parts if name.strip()}


def cookie_of(directive: Directive, server: Server) -> Cookie | None:
    """The cookie that a directive sets; None for one that sets none, or whose attributes requests decide."""
    if directive.key == "header":
        return _of_header(directive)
    if directive.key == "sessioncookiename":
        name, _, rest = directive.text.strip().partition(" ")
        if not name:
            return None
        rest = rest.strip()
        given = attributes_of(";" + rest) if rest else {"httponly": "", "secure": "", "version": "1"}  # DEFAULT_ATTRS
        return Cookie(name, given, directive, directive)
    return _of_tracking(directive, server) if directive.text.strip().lower() == "on" else None


def _of_header(directive: Directive) -> Cookie | None:
    line = header_line(directive) if "set-cookie" in directive.text.lower() else None
    if line is None or line.name != "set-cookie" or not line.gives or line.value is None:
        return None
    first, _, rest = line.value.value.partition(";")
    if "%" in rest or first[:5].lower() == "expr=" or "=" not in first:
        return None
    return Cookie(first.partition("=")[0].strip(), attributes_of(line.value.value), line.value, directive)


def _of_tracking(directive: Directive, server: Server) -> Cookie:
    """The cookie of mod_usertrack; its other directives count wherever they stand around the line."""
    given: dict[str, str] = {}
    name = "Apache"
    for one in _around(directive, server):
        value = one.values[:1]
        if one.key == "cookiename" and value:
            name = value[0]
        elif one.key in ("cookiesecure", "cookiehttponly") and [word.lower() for word in value] == ["on"]:
            given[one.key.removeprefix("cookie")] = ""
        elif one.key == "cookiesamesite" and value:
            given["samesite"] = value[0]
    return Cookie(name, given, directive, directive)


def _around(directive: Directive, server: Server) -> Iterator[Directive]:
    top = server.configuration.children
    scopes = [directive.parent.children if directive.parent else top, *(one.children for one in directive.enclosing)]
    for items in [top, *scopes]:
        yield from (one for one in items if one.key.startswith("cookie"))


def is_mended(cookie: Cookie, attribute: str, server: Server) -> bool:
    """Whether some line edits an attribute into cookies of the place."""
    return any(attribute in _added(line) for line in _edits_around(cookie.by, server))


def _added(line: HeaderLine) -> str:
    return line.substitution.value.lower() if line.substitution is not None else ""


def _edits_around(directive: Directive, server: Server) -> Iterable[HeaderLine]:
    if not _edits(server):
        return []
    around = {*directive.enclosing, None}
    return [one for one in _edits(server) if one.directive.parent in around or _is_inside(one.directive, directive)]


@kept
def _edits(server: Server) -> list[HeaderLine]:
    """The lines that edit cookies."""
    return [line for line in header_lines(server).get("set-cookie", ()) if line.does in ("edit", "edit*")]


def _is_inside(line: Directive, directive: Directive) -> bool:
    """Whether a line stands deeper in the same scope: it may hit the cookie in a part of it."""
    return directive.parent is None or directive.parent in set(line.enclosing)


def hosts_by_tls(cookie: Cookie, context: Context) -> bool:
    """Whether everybody who gets a cookie gets it by TLS."""
    host = host_of(cookie.by, context.server)
    if host is None:
        return False
    if host.is_main:
        return all(host.is_tls is True for host in met_hosts(context.server))
    return host.is_tls is True


def after_edit(line: HeaderLine, value: str) -> str | None:
    """What an edit line makes of a cookie; None where that can't be told, or it does not fit."""
    result = edited(line, value)
    return None if result == value else result
