"""Sections whose content needs TLS, and who gets it without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sslint.api import Access, Directive, Exposure, Place, Reach, Scope, Server, VirtualHost, listing

from ._alternatives import is_outvoted

PASSWORD_TYPES = frozenset({"basic", "form"})
CONTROL_PANELS = frozenset({"balancer-manager", "server-info", "ldap-status"})


class Need(NamedTuple):
    """Why a section's content needs TLS: what it does, what travels unencrypted, and the line that says so."""

    what: str
    consequence: str
    directive: Directive
    is_credential: bool = False


class Finding(NamedTuple):
    """A section that plain HTTP reaches, with the hosts that let it be reached."""

    owner: VirtualHost
    scope: Scope
    need: Need
    exposures: tuple[Exposure, ...]
    served_by_tls: bool

    @property
    def message(self) -> str:
        """What happens, and to whom."""
        hosts = listing([exposure.host for exposure in self.exposures])
        need = self.need
        return f"{title(self.scope)} {need.what}, and plain HTTP on {hosts} reaches it: {need.consequence}"


def title(scope: Scope) -> str:
    """`<Directory /srv/www>`."""
    return scope.section.title


def place(scope: Scope) -> Place:
    """The word that says what a section covers."""
    arguments = scope.section.arguments
    if len(arguments) > 1 and arguments[0].value == "~":
        return arguments[1]
    return arguments[0] if arguments else scope.section


def findings(server: Server) -> Iterator[Finding]:
    """Every section that needs TLS and does not ask for it, the outermost of each kind."""
    reach = Reach.of(server)
    if not reach.plain_hosts:
        return
    told: dict[VirtualHost, list[Finding]] = {}
    for owner, scope in reach.scopes():
        signs = _signs(scope)
        exposures = [one for one in reach.exposures(owner, scope) if not _is_demanded(one.access)] if signs else []
        need = _need(scope, signs, exposures[0].access) if exposures else None
        if need is None or any(_covers(finding, scope, need, exposures) for finding in told.get(exposures[0].host, ())):
            continue
        by_tls = reach.reached_by_tls(owner, scope)
        if need.directive.key == "sethandler" and not by_tls:
            continue  # Nobody meant it to be met by TLS.
        finding = Finding(owner, scope, need, tuple(exposures), by_tls)
        for exposure in exposures:
            told.setdefault(exposure.host, []).append(finding)
        yield finding


def _is_demanded(access: Access) -> bool:
    """Whether TLS is demanded, if in vain: other rules tell why."""
    if access.requires_tls is not None and access.satisfy_any is not None:
        return True
    return access.require is not None and is_outvoted([leaf.directive for leaf in access.require.leaves()])


def _covers(finding: Finding, scope: Scope, need: Need, exposures: list[Exposure]) -> bool:
    """Whether a section lies in one that is already reported for as much, for the same hosts."""
    if need.is_credential and not finding.need.is_credential:
        return False
    hosts = {exposure.host for exposure in finding.exposures}
    return scope.outer is finding.scope or all(
        exposure.host in hosts and finding.scope.covers(exposure.where) for exposure in exposures
    )


def _signs(scope: Scope) -> frozenset[str]:
    """The keys of a section's own lines that may mean that its content needs TLS."""
    keys = {"require", "authtype", "sslverifyclient", "sslrequire", "sslusername", "sslciphersuite", "sethandler",
            "sessioncookiename", "sessioncookiename2"}  # fmt: skip
    return frozenset(keys & scope.directives.keys())


def _need(scope: Scope, signs: frozenset[str], access: Access) -> Need | None:
    """The gravest reason for TLS."""
    if access.auth_type is not None and access.asks_for_login and _asks_itself(scope, access):
        return _login(access.auth_type)
    for key, what, consequence in _INTENTS:
        directive = scope.last(key)
        if directive is not None and key in signs and _means_it(directive, access):
            return Need(what, consequence, directive)
    return None


def _asks_itself(scope: Scope, access: Access) -> bool:
    """Whether a section's own lines are among those that ask for the login."""
    own = scope.directives.get("require", [])
    leaves = access.require.leaves() if access.require is not None else ()
    return any(
        leaf.needs_user and leaf.directive in own for leaf in leaves
    ) or access.auth_type in scope.directives.get("authtype", [])


def _login(auth_type: Directive) -> Need:
    kind = auth_type.values[0].lower()
    if kind == "digest":
        return Need("asks for a login", "whoever listens can try passwords at leisure, and read the content",
                    auth_type, True)  # fmt: skip
    if kind in PASSWORD_TYPES:
        return Need("asks for a password", "the password travels unencrypted", auth_type, True)
    return Need("asks for a login", "the session's proof of it travels unencrypted", auth_type)


_INTENTS = (
    ("sslverifyclient", "wants a client certificate", "nobody asks for one there"),
    ("sslrequire", "has an SSLRequire", "it is not evaluated there"),
    ("sslusername", "takes the user's name from the certificate", "there is no certificate"),
    ("sslciphersuite", "asks for certain cipher suites", "nothing is encrypted there"),
    ("sethandler", "is a page for administrators", "what it shows and takes travels unencrypted"),
    ("sessioncookiename", "sets a Secure cookie", "browsers do not send it back there"),
    ("sessioncookiename2", "sets a Secure cookie", "browsers do not send it back there"),
)
"""Lines that only make sense with TLS: key, what the section does, what happens without."""


def _means_it(directive: Directive, access: Access) -> bool:
    words = [value.lower() for value in directive.values]
    if directive.key == "sslverifyclient":
        return words[:1] != ["none"]
    if directive.key == "sethandler":
        return words[:1] != [] and words[0] in CONTROL_PANELS and access.handler is directive
    if directive.key.startswith("sessioncookiename"):
        return any("secure" in word.split(";") for word in words[1:])
    return True
