"""Require lines judged for one request, with the four results that mod_authz_core knows.

Sources: `apply_authz_sections`, `authorize_user_core` and `add_authz_provider` in mod_authz_core.c.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from ...configuration.model import Directive, Item, Section
from ..addresses import is_loopback
from ..setting import usable
from .networks import in_network

if TYPE_CHECKING:
    from .message import Request

_GROUPS = {"requireall": "and", "requireany": "or", "requirenone": "or"}
_LIMITS = frozenset({"limit", "limitexcept"})
_EXPRESSION = re.compile(r"\s*(?:not\s+)?expr\s+", re.IGNORECASE)


class Verdict(Enum):
    """What a line or group says; UNKNOWN where that depends on what isn't known."""

    GRANTED = "granted"
    DENIED = "denied"
    NO_USER = "denied without a user"
    NEUTRAL = "neutral"
    UNKNOWN = "unknown"


class Methods(NamedTuple):
    """The methods of a `<Limit>`, or with `others` those that a `<LimitExcept>` does not name."""

    names: frozenset[str]
    others: bool

    def take(self, request: Request) -> bool:
        """Whether a request's method is one of them."""
        return (request.limit in self.names) is not self.others


class Line(NamedTuple):
    """One Require line. `methods` are those of the `<Limit>` around it."""

    directive: Directive
    negated: bool
    provider: str
    words: tuple[str, ...]
    methods: Methods | None

    def takes(self, request: Request) -> bool:
        """Whether it is about the request's method."""
        return self.methods is None or self.methods.take(request)

    def judge(self, request: Request, user: str | None, around: str = "and") -> Verdict:
        """What it says of a request; `user` is None before the login, `around` the kind of the group around it."""
        if not self.takes(request):
            return _OF_OTHER_METHODS[around]
        found = _PROVIDERS.get(self.provider, _unknown)(self, request, user)
        return _contrary(found) if self.negated else found


class Node(NamedTuple):
    """A group of lines: `and` or `or`, for `<RequireNone>` negated.

    `methods` are those of the `<Limit>` around a group that is written; the group that a scope's own
    lines make is about every method that one of them is about (`is_written` False).
    """

    kind: str
    members: tuple[Line | Node, ...]
    negated: bool = False
    is_written: bool = False
    methods: Methods | None = None

    def takes(self, request: Request) -> bool:
        """Whether it is about the request's method."""
        if self.is_written:
            return self.methods is None or self.methods.take(request)
        return any(one.takes(request) for one in self.members)

    def judge(self, request: Request, user: str | None, around: str = "and") -> Verdict:
        """What the group says of a request."""
        if not self.takes(request):
            return _OF_OTHER_METHODS[around]
        results = [one.judge(request, user, self.kind) for one in self.members]
        found = _all_of(results) if self.kind == "and" else _any_of(results)
        return _contrary(found) if self.negated else found


_OF_OTHER_METHODS = {"and": Verdict.GRANTED, "or": Verdict.NEUTRAL}
"""What lines about other methods say, by the kind of the group around them."""


def _all_of(results: Iterable[Verdict]) -> Verdict:
    found = {one for one in results if one is not Verdict.NEUTRAL}
    for verdict in (Verdict.DENIED, Verdict.UNKNOWN, Verdict.NO_USER, Verdict.GRANTED):
        if verdict in found:
            return verdict
    return Verdict.NEUTRAL


def _any_of(results: Iterable[Verdict]) -> Verdict:
    found = {one for one in results if one is not Verdict.NEUTRAL}
    for verdict in (Verdict.GRANTED, Verdict.UNKNOWN, Verdict.NO_USER, Verdict.DENIED):
        if verdict in found:
            return verdict
    return Verdict.NEUTRAL


def _contrary(verdict: Verdict) -> Verdict:
    if verdict is Verdict.UNKNOWN:
        return verdict
    return Verdict.DENIED if verdict is Verdict.GRANTED else Verdict.NEUTRAL


def tree(items: Iterable[Item]) -> Node | None:
    """The Require lines of one scope; None where it has none."""
    members = tuple(_members(items, None))
    return Node("or", members) if members else None


def _members(items: Iterable[Item], methods: Methods | None) -> Iterator[Line | Node]:
    for item in usable(items):
        if type(item) is Section:
            if item.key in _GROUPS:
                inner = tuple(_members(item.children, methods))
                if inner:
                    yield Node(_GROUPS[item.key], inner, item.key == "requirenone", True, methods)
            elif item.key in _LIMITS:
                yield from _members(item.children, limit_of(item))
        elif item.key == "require" and item.values:
            yield _line(item, methods)


def limit_of(section: Section) -> Methods:
    """The methods that a `<Limit>` or `<LimitExcept>` is about."""
    names = frozenset(word.value.upper() for word in section.words)
    return Methods(names | {"GET"} if "HEAD" in names else names, section.key == "limitexcept")


def methods_around(directive: Directive) -> Methods | None:
    """Those of the `<Limit>` that a directive stands in."""
    around = directive.parent
    while around is not None and around.key in _GROUPS:
        around = around.parent
    return limit_of(around) if around is not None and around.key in _LIMITS else None


def _line(directive: Directive, methods: Methods | None) -> Line:
    words = directive.values
    negated = words[0].lower() == "not" and len(words) > 1
    words = words[1:] if negated else words
    return Line(directive, negated, words[0].lower(), tuple(words[1:]), methods)


# Providers

_Provider = Callable[[Line, "Request", "str | None"], Verdict]


def verdict_of(holds: bool | None) -> Verdict:
    """A yes or no as a verdict."""
    if holds is None:
        return Verdict.UNKNOWN
    return Verdict.GRANTED if holds else Verdict.DENIED


def _unknown(_: Line, __: Request, ___: str | None) -> Verdict:
    return Verdict.UNKNOWN


def _of_user(line: Line, _: Request, user: str | None) -> Verdict:
    if user is None:
        return Verdict.NO_USER
    return verdict_of(line.provider == "valid-user" or user in line.words)


def _needs_lookup(_: Line, __: Request, user: str | None) -> Verdict:
    return Verdict.NO_USER if user is None else Verdict.UNKNOWN


def _expression(line: Line, request: Request, user: str | None) -> Verdict:
    from ..truth import judge

    text = _EXPRESSION.sub("", line.directive.text, count=1)

    def lookup(name: str) -> str | None:
        return user or "" if name == "REMOTE_USER" else request.lookup(name)

    found = verdict_of(judge(text, lookup))
    return Verdict.NO_USER if found is Verdict.DENIED and user is None and "REMOTE_USER" in text else found


def _environment(line: Line, request: Request, _: str | None) -> Verdict:
    values = [request.environment.get(word, "") for word in line.words]
    if any(word in request.environment and request.environment[word] is not None for word in line.words):
        return Verdict.GRANTED
    return Verdict.UNKNOWN if None in values else Verdict.DENIED


def _ip(line: Line, request: Request, _: str | None) -> Verdict:
    return verdict_of(any(in_network(request.client, word) for word in line.words))


def _local(_: Line, request: Request, __: str | None) -> Verdict:
    return verdict_of(is_loopback(request.client) or request.client == request.local)


_PROVIDERS: dict[str, _Provider] = {
    "all": lambda line, _, __: verdict_of([word.lower() for word in line.words[:1]] == ["granted"]),
    "ssl": lambda _, request, __: verdict_of(request.tls),
    "ssl-verify-client": lambda _, request, __: verdict_of(request.tls and request.certificate),
    "method": lambda line, request, _: verdict_of(
        bool(request.limit) and request.limit in {"GET" if word == "HEAD" else word for word in line.words}
    ),
    "env": _environment,
    "expr": _expression,
    "ip": _ip,
    "local": _local,
    "valid-user": _of_user,
    "user": _of_user,
    "group": _needs_lookup,
    "file-owner": _needs_lookup,
    "file-group": _needs_lookup,
    "dbm-group": _needs_lookup,
    "ldap-user": _needs_lookup,
    "ldap-group": _needs_lookup,
}
