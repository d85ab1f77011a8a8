"""Who gets in: old-style and new-style access control, SSLRequireSSL and Satisfy, merged as httpd does.

Sources: mod_access_compat, mod_authz_core, `ssl_hook_Access` in ssl_engine_kernel.c, and
`ap_process_request_internal` in server/request.c.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ..configuration.model import Directive, Item, Section
from .addresses import is_loopback
from .sections import Scope
from .setting import usable

OLD_STYLE = ("order", "allow", "deny", "satisfy")
_GROUPS = frozenset({"requireall", "requireany", "requirenone"})
_NEEDS_USER = frozenset(
    "valid-user user group file-owner file-group ldap-user ldap-dn ldap-group ldap-attribute ldap-filter ldap-search "
    "dbm-group dbm-file-group dbd-group dbd-login unix-group pwauth claim claims_expr role shib-session shib-attr "
    "shibboleth sspi-user kerberos saml-user".split()
)
_TLS_VARIABLE = re.compile(r"\b(HTTPS|SSL_\w+|REQUEST_SCHEME|SERVER_PORT)\b|X-Forwarded-Proto", re.IGNORECASE)
_EXPRESSION = re.compile(r"\s*(?:not\s+)?expr\s+", re.IGNORECASE)


class Requirement(NamedTuple):
    """One Require line."""

    directive: Directive
    negated: bool
    provider: str
    arguments: tuple[str, ...]

    @property
    def needs_user(self) -> bool:
        """Whether it can only be met after a login."""
        return self.provider.lower() in _NEEDS_USER

    def holds_for_nobody(self) -> bool:
        """Whether it is met by no one."""
        return self.provider.lower() == "all" and (self.arguments[:1] == ("granted",)) is self.negated

    def holds_for_everybody(self) -> bool:
        """Whether it is met whoever asks."""
        return self.provider.lower() == "all" and (self.arguments[:1] == ("granted",)) is not self.negated


class Group(NamedTuple):
    """`<RequireAll>` or `<RequireAny>`; a scope's own lines are a RequireAny.

    `<RequireNone>` is a RequireAll of the contrary.
    """

    kind: str
    members: tuple[Requirement | Group, ...]

    def holds(self, leaf: Callable[[Requirement], bool]) -> bool:
        """Whether access is granted, when `leaf` tells of each line whether it may be met."""
        results = (one.holds(leaf) if isinstance(one, Group) else leaf(one) for one in self.members)
        return all(results) if self.kind == "requireall" else any(results)

    def holds_for_everybody(self) -> bool:
        """Whether access is granted whoever asks."""
        results = (one.holds_for_everybody() for one in self.members)
        return all(results) if self.kind == "requireall" else any(results)

    def leaves(self) -> Iterable[Requirement]:
        """All Require lines."""
        for one in self.members:
            if isinstance(one, Group):
                yield from one.leaves()
            else:
                yield one


class Access:
    """The access control of one place, after all its scopes were laid over each other.

    `is_older` is True before httpd 2.4, where what no Require asks for has to pass the other checks.
    """

    def __init__(self, *, is_older: bool = False) -> None:
        self.is_older = is_older
        self.require: Group | None = None
        self.old: dict[str, list[Directive]] = {}
        self.auth_type: Directive | None = None
        self.requires_tls: Directive | None = None
        self.handler: Directive | None = None
        self.strict = False

    @classmethod
    def of(cls, *scopes: Scope) -> Access:
        """The access control of some scopes alone, laid over each other."""
        found = cls()
        for scope in scopes:
            found.merge(scope)
        return found

    def granting(self, scope: Scope) -> Directive | None:
        """The line of the last scope by which everybody gets in; None where somebody doesn't."""
        if not self.lets_anybody_in(tls=True):
            return None
        if self.require is not None:
            return scope.last("require")
        return scope.last("allow") or scope.last("order")

    def merge(self, scope: Scope) -> None:
        """Lay one more scope over it."""
        own = scope.directives
        self.requires_tls = self.requires_tls or (own["sslrequiressl"][0] if "sslrequiressl" in own else None)
        self.auth_type = scope.last("authtype") or self.auth_type
        self.handler = scope.last("sethandler") or self.handler
        for directive in own.get("ssloptions", ()):
            self._options(directive.values)
        if any(key in own for key in OLD_STYLE):
            self.old = {key: own[key] for key in OLD_STYLE if key in own}
        if "require" in own:
            self._require(scope)

    def _options(self, words: Sequence[str]) -> None:
        for word in words:
            name = word.lstrip("+-").lower()
            if word[:1] not in "+-":
                self.strict = False
            if name == "strictrequire":
                self.strict = word[0] != "-"

    def _require(self, scope: Scope) -> None:
        mine = require_group(scope.section)
        merging = scope.last("authmerging")
        how = merging.values[0].lower() if merging and merging.values else "off"
        if self.require is not None and how in ("and", "or"):
            mine = Group("requireall" if how == "and" else "requireany", (self.require, mine))
        self.require = mine

    @property
    def satisfy_any(self) -> Directive | None:
        """The `Satisfy Any` in force."""
        last = self.old["satisfy"][-1] if self.old.get("satisfy") else None
        return last if last is not None and last.keyword == "any" else None

    @property
    def asks_for_login(self) -> bool:
        """Whether some plain request is asked for a login: a Require wants a user, and nothing lets everybody in."""
        if self.auth_type is None or self.auth_type.keyword == "none":
            return False
        if self.require is None or not any(one.needs_user and not one.negated for one in self.require.leaves()):
            return False
        open_to_all = self.satisfy_any is not None and self.requires_tls is None and self._allows_everybody
        return not open_to_all and not self.require.holds_for_everybody()

    @property
    def _allows_everybody(self) -> bool:
        """Whether Order, Allow and Deny let every client in; without them they do."""
        allow_all = any(word.lower() == "all" for one in self.old.get("allow", ()) for word in one.values[1:])
        if self._denies_first:
            return allow_all or "deny" not in self.old
        return allow_all and "deny" not in self.old

    @property
    def _denies_first(self) -> bool:
        """Whether Allow has the last word over Deny, as it has by default."""
        return "order" not in self.old or self.old["order"][-1].keyword in ("", "deny,allow")

    @property
    def refuses_by_require(self) -> bool:
        """Whether the Require lines, by `all denied`, let nobody in."""
        return self.require is not None and all(
            one.provider.lower() == "all" and not one.holds_for_everybody() for one in self.require.leaves()
        )

    @property
    def refuses_by_order(self) -> bool:
        """Whether Order, Allow and Deny let nobody in."""
        deny = any(word.lower() == "all" for one in self.old.get("deny", ()) for word in one.values[1:])
        if self._denies_first:
            return deny and "allow" not in self.old
        return deny or "allow" not in self.old

    def lets_in(self, *, tls: bool, login: bool = True) -> bool:
        """Whether a client on another machine may get in, by plain HTTP or by TLS.

        Everything that depends on the client (address, method, environment) counts as met.
        """

        def leaf(one: Requirement) -> bool:
            return _may_be_met(one, tls) and (login or not one.needs_user)

        require = self.require is None or self.require.holds(leaf)
        allowed = self._allowed(tls)
        barred = self.requires_tls is not None and not tls
        if self.satisfy_any is None:
            return not barred and allowed and require
        if barred:
            if self.require is None:
                return not self.is_older
            userless = self.require.holds(lambda one: leaf(one) and not one.needs_user)
            return userless or (require and not (self.strict and allowed))
        return allowed or require

    def lets_anybody_in(self, *, tls: bool) -> bool:
        """Whether a client gets in of whom nothing is known: without a login, from whatever address.

        An exception for some (`Require not ip …`) leaves it open for the others.
        """
        if self.requires_tls is not None and not tls:
            return False
        require = self.require is None or self.require.holds(lambda one: _is_met_by_anybody(one, tls))
        if self.satisfy_any is not None:
            return require or self._allows_everybody
        return require and self._allows_everybody

    def _allowed(self, tls: bool) -> bool:
        """Order, Allow and Deny, for a client on another machine."""
        if not any(key in self.old for key in ("order", "allow", "deny")):
            return True
        allow = any(_admits(word, tls) for one in self.old.get("allow", ()) for word in one.values[1:])
        deny = any(word.lower() == "all" for one in self.old.get("deny", ()) for word in one.values[1:])
        order = self.old["order"][-1].values[:1] if "order" in self.old else ["deny,allow"]
        if order and order[0].lower() == "deny,allow":
            return allow or not deny
        return allow and not deny


def _is_met_by_anybody(one: Requirement, tls: bool) -> bool:
    provider = one.provider.lower()
    if provider == "all":
        return one.holds_for_everybody()
    if provider == "ssl":
        return tls is not one.negated
    if provider == "method":
        return any(word in ("GET", "HEAD") for word in one.arguments) is not one.negated
    return one.negated and provider in ("ip", "host", "forward-dns", "local", "env")


def _admits(word: str, tls: bool) -> bool:
    if word.lower().startswith("env="):
        return tls or not _TLS_VARIABLE.search(word.lstrip("!"))
    return not is_loopback(word.lower())


def _may_be_met(one: Requirement, tls: bool) -> bool:
    provider = one.provider.lower()
    if provider == "all":
        return (one.arguments[:1] == ("granted",)) is not one.negated
    if provider == "expr":
        from .truth import holds

        return holds(_EXPRESSION.sub("", one.directive.text), tls) is not one.negated
    if one.negated:
        return not (provider == "ssl" and tls)
    test = _TESTS.get(provider)
    return test is None or test(one.arguments, tls)


def _from_elsewhere(words: tuple[str, ...], _: bool) -> bool:
    return not words or not all(is_loopback(word.lower()) for word in words)


_TESTS: dict[str, Callable[[tuple[str, ...], bool], bool]] = {
    "ssl": lambda _, tls: tls,
    "ssl-verify-client": lambda _, tls: tls,
    "env": lambda words, tls: tls or not any(_TLS_VARIABLE.search(word) for word in words),
    "ip": _from_elsewhere,
    "host": _from_elsewhere,
    "forward-dns": _from_elsewhere,
    "local": lambda _, __: False,
}
"""Whether a client on another machine may meet a provider's line; what is not listed may be met."""


def require_group(section: Section) -> Group:
    """The Require lines of a section, with the groups inside it."""
    return Group("requireany", _members(section.children))


def _members(items: Iterable[Item], contrary: bool = False) -> tuple[Requirement | Group, ...]:
    found: list[Requirement | Group] = []
    for item in usable(items):
        if type(item) is Section:
            if item.key in _GROUPS:
                found.append(_group(item, contrary))
            elif item.key in ("limit", "limitexcept"):
                found.extend(_members(item.children, contrary))
        elif item.key == "require":
            words = item.values
            negated = bool(words) and words[0].lower() == "not"
            words = words[1:] if negated else words
            if words:
                lowered = tuple(words[1:]) if words[0].lower() != "all" else tuple(word.lower() for word in words[1:])
                found.append(Requirement(item, negated is not contrary, words[0], lowered))
    return tuple(found)


def _group(section: Section, contrary: bool) -> Group:
    inside = contrary is not (section.key == "requirenone")
    kind = "requireany" if section.key == "requirenone" else section.key
    if inside:
        kind = "requireall" if kind == "requireany" else "requireany"
    return Group(kind, _members(section.children, inside))


def demands_tls(condition: str) -> bool:
    """Whether an `<If>` is about TLS."""
    return _TLS_VARIABLE.search(condition) is not None
