"""SetEnvIf and BrowserMatch: which environment variables a request gets.

Source: modules/metadata/mod_setenvif.c (`add_setenvif_core`, `match_headers`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from ..configuration.model import Argument, Directive, Item
from .pattern import compile_pattern
from .setting import usable

if TYPE_CHECKING:
    from .server import Server

KEYS = ("setenvif", "setenvifnocase", "browsermatch", "browsermatchnocase")
_SPECIAL = ("remote_host", "remote_addr", "server_addr", "request_method", "request_protocol", "request_uri")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]+$")


class Action(NamedTuple):
    """One variable that a line sets, or takes away."""

    variable: str
    unsets: bool
    argument: Argument


class EnvironmentLine(NamedTuple):
    """One line: what it looks at, the pattern, and what it does. `pattern` is None when it can't be run."""

    directive: Directive
    attribute: str
    pattern_argument: Argument
    pattern: re.Pattern[str] | None
    actions: tuple[Action, ...]

    @property
    def looks_at_user_agent(self) -> bool:
        """Whether it looks at the User-Agent header, by name or by a pattern of header names."""
        if self.attribute.lower() == "user-agent":
            return True
        if self.attribute.lower() in _SPECIAL or _PLAIN_NAME.match(self.attribute):
            return False
        names = compile_pattern(self.attribute, self.directive.key.endswith("nocase"))
        return names is not None and names.search("User-Agent") is not None

    def matches(self, user_agent: str) -> bool:
        """Whether it acts on a browser's requests; what looks at something else does if its pattern fits anything."""
        if self.pattern is None:
            return False
        if self.looks_at_user_agent:
            return self.pattern.search(user_agent) is not None
        return all(self.pattern.search(text) for text in ("", "/", "x"))


def environment_line(directive: Directive) -> EnvironmentLine | None:
    """A directive taken apart; None when the server refuses it."""
    arguments = directive.arguments
    if directive.key.startswith("browsermatch"):
        attribute, rest = "User-Agent", arguments
    elif arguments:
        attribute, rest = arguments[0].value, arguments[1:]
    else:
        return None
    if len(rest) < 2:
        return None
    pattern = compile_pattern(rest[0].value, directive.key.endswith("nocase"))
    actions = tuple(_action(argument) for argument in rest[1:])
    return EnvironmentLine(directive, attribute, rest[0], pattern, actions)


def _action(argument: Argument) -> Action:
    name = argument.value.partition("=")[0]
    return Action(name.removeprefix("!"), name.startswith("!"), argument)


def lines(directives: Iterable[Item]) -> Iterator[EnvironmentLine]:
    """The lines among directives, in the order in which they act."""
    for directive in usable(one for one in directives if one.key in KEYS):
        line = environment_line(directive)
        if line is not None:
            yield line


def scope_lines(directive: Directive, top: list[Item], variables: Iterable[str]) -> list[EnvironmentLine]:
    """The lines that stand beside a directive and mention some variable; `top` is the top level."""
    siblings = directive.parent.children if directive.parent is not None else top
    return list(lines(one for one in siblings if any(variable in one.text for variable in variables)))


def setters(found: Iterable[EnvironmentLine], user_agent: str) -> dict[str, tuple[EnvironmentLine, Action]]:
    """The variables that a browser's requests end up with, each with the line and word that set it last."""
    result: dict[str, tuple[EnvironmentLine, Action]] = {}
    for line in found:
        if not line.matches(user_agent):
            continue
        for action in line.actions:
            if action.unsets:
                result.pop(action.variable, None)
            else:
                result[action.variable] = line, action
    return result


def settled(
    server: Server, directive: Directive, variables: tuple[str, ...], user_agent: str
) -> dict[str, tuple[EnvironmentLine, Action]]:
    """The `setters` among the `scope_lines` of a directive.

    Worked out once for each scope and browser: hundreds of lines in a scope, each asking for all, took
    seconds.
    """
    scope = (settled, directive.parent, variables)
    around = server.memory.get(scope)
    if around is None:
        around = server.memory[scope] = scope_lines(directive, server.configuration.children, variables)
    result = server.memory.get((*scope, user_agent))
    if result is None:
        result = server.memory[(*scope, user_agent)] = setters(cast("list[EnvironmentLine]", around), user_agent)
    return cast("dict[str, tuple[EnvironmentLine, Action]]", result)
