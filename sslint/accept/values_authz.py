"""Values of access control and authentication (`modules/aaa`)."""

from __future__ import annotations

import re

from ..knowledge.modules import STOCK
from ..knowledge.subnets import SubnetProblem, subnet_problem
from ..knowledge.suggest import closest
from ..knowledge.targets import Target
from .values_base import Checker, Problems, Use, condition, interpolated, until_empty

PROVIDERS = frozenset(
    "all env expr method ip host forward-dns local valid-user user group file-owner file-group ssl ssl-verify-client "
    "ldap-user ldap-group ldap-dn ldap-attribute ldap-filter ldap-search dbm-group dbm-file-group dbd-group "
    "dbd-login dbd-logout".split()
)
"""Authorization providers of httpd's own modules; names are case-sensitive."""

_AUTHN = frozenset("file dbm dbd anon ldap socache".split())
_METHODS = frozenset(
    "GET PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL "
    "CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE HEAD".split()
)


def is_stock(use: Use) -> bool:
    """Whether it is certain that only httpd's own modules are loaded."""
    if use.modules is None:
        return False
    own = STOCK | use.target.static_modules | Target().static_modules | _MPMS
    return use.modules <= own


_MPMS = frozenset(
    {"mpm_event_module", "mpm_worker_module", "mpm_prefork_module", "log_config_module", "logio_module"}
    | {"version_module", "unixd_module", "watchdog_module", "systemd_module", "ident_module"}
)


def require(use: Use) -> Problems:
    """`mod_authz_core.c:add_authz_provider`: `[not] provider arguments`."""
    if not use.since("2.4.0"):
        return
    index = int(use.word(0).lower() == "not")
    if index and use.place in ("directory", "location", "files", "if", "proxy", "htaccess"):
        yield use.at(0, "a negative Require has no effect here: put it into <RequireAll>")
        return
    name = use.word(index)
    if not name:
        yield use.whole("a provider is missing, such as all, ip, user or valid-user")
    elif name not in PROVIDERS:
        if name not in use.aliases:
            yield from _unknown_provider(use, index, name)
    elif name in _ARGUMENTS:
        yield from _ARGUMENTS[name](use, index + 1)
    elif name not in ("local", "valid-user") and use.since("2.4.8"):
        for at in range(index + 1, len(use.words)):
            yield from interpolated(use, at)


def _unknown_provider(use: Use, index: int, name: str) -> Problems:
    likely = closest(name.lower(), PROVIDERS, 1)
    if name.lower() in PROVIDERS:
        message = "unknown authorization provider: provider names are case-sensitive"
        yield use.at(index, message, name.lower())
    elif is_stock(use):
        more = f": did you mean {likely[0]}?" if likely else ""
        yield use.at(index, f"unknown authorization provider{more}")


def _all(use: Use, index: int) -> Problems:
    words = use.words[index:]
    if len(words) != 1 or words[0].lower() not in ("granted", "denied"):
        if index < len(use.words):
            wrong = index if words[0].lower() not in ("granted", "denied") else index + 1
            yield use.at(wrong, "Require all takes exactly one word, granted or denied")
        else:
            yield use.whole("Require all takes exactly one word, granted or denied")


def _ip(use: Use, index: int) -> Problems:
    if not use.word(index):
        yield use.whole("Require ip requires an address")
        return
    for at in range(index, len(use.words)):
        if "%{" in use.words[at]:
            return
        found = subnet_problem(use.words[at]) if use.words[at] else None
        if found is not None:
            comma = ", separated by blanks" if "," in use.words[at] else ""
            yield use.at(at, f"{found.value}: write addresses or subnets{comma}")
            return


def _method(use: Use, index: int) -> Problems:
    for at in range(index, len(use.words)):
        word = use.words[at]
        if word and word not in _METHODS and word.upper() in _METHODS:
            yield use.at(at, "invalid method: methods are written in capitals", word.upper())
            return


def _no_arguments(use: Use, index: int) -> Problems:
    if len(use.words) > index:
        yield use.at(index, f"Require {use.words[index - 1]} takes no arguments")


def _expr(use: Use, index: int) -> Problems:
    found = re.match(r"\s*(?:not\s+)?expr\b\s*", use.raw, re.IGNORECASE)
    if found is None:
        return
    text = use.raw[found.end() :].rstrip()
    skip = found.end()
    if len(use.words) == index + 1 and text[:1] in ("'", '"'):
        if "\\" in text:
            return
        text, skip = use.words[index], skip + 1
    yield from condition(use, text, None, skip)


_ARGUMENTS = {
    "all": _all,
    "ip": _ip,
    "method": _method,
    "ssl": _no_arguments,
    "ssl-verify-client": _no_arguments,
    "expr": _expr,
}


def allow_deny(use: Use) -> Problems:
    """`mod_access_compat.c:allow_cmd`: `from`, then hosts, addresses, subnets or `env=`."""
    if use.word(0) and use.words[0].lower() != "from":
        yield use.at(0, "must be followed by 'from'")
        return
    for index, word in until_empty(use.words):
        if index == 0 or word.lower() == "all" or word.lower().startswith(("env=", "env=!")):
            continue
        found = subnet_problem(word)
        if found is None or (found is SubnetProblem.NOT_AN_ADDRESS and "/" not in word):
            continue
        yield use.at(index, found.value)
        return


def provider_list(use: Use) -> Problems:
    """`add_authn_provider`: names of authentication providers."""
    for index, word in until_empty(use.words):
        if word in _AUTHN or word in use.aliases:
            continue
        if word.lower() in _AUTHN:
            yield use.at(index, "unknown authentication provider: provider names are case-sensitive", word.lower())
            return
        if word.lower() in ("on", "off") and use.name != "authformprovider":
            yield use.at(index, "unknown authentication provider")
            return


def auth_name(use: Use) -> Problems:
    """`mod_authn_core.c:set_authname`: a string expression (2.4.13)."""
    if len(use.words) == 1 and use.since("2.4.13"):
        yield from interpolated(use, 0)


_LDAP_URL = re.compile(r"(?i:ldaps?|ldapi)://")
_SCOPES = {"", "base", "one", "sub", "onelevel", "subtree"}


def ldap_url(use: Use) -> Problems:
    """`mod_authnz_ldap.c:mod_auth_ldap_parse_url`: scheme, scope, connection mode."""
    word = use.word(0)
    if word and not _LDAP_URL.match(word):
        yield use.at(0, "the scheme must be ldap:// or ldaps://")
        return
    parts = word.split("?")
    if len(parts) > 2 and parts[2].lower() not in _SCOPES and "%" not in parts[2]:
        start = len(parts[0]) + len(parts[1]) + 2
        yield use.within(0, start, start + len(parts[2]), "bad scope: use one or sub")
        return
    if len(use.words) == 2 and use.words[1].lower() not in ("none", "ssl", "tls", "starttls"):
        yield use.at(1, "the connection mode must be NONE, SSL, TLS or STARTTLS")


_DEREFERENCE = {"never", "searching", "finding", "always"}


def dereference(use: Use) -> Problems:
    """`mod_auth_ldap_set_deref`: lower case, but on and off in any case."""
    word = use.word(0)
    if word and word not in _DEREFERENCE and word.lower() not in ("on", "off"):
        replacement = word.lower() if word.lower() in _DEREFERENCE else None
        yield use.at(0, "must be never, searching, finding or always, in lower case", replacement)


def subnets(use: Use) -> Problems:
    """`mod_remoteip.c`: addresses and subnets; names are looked up when the server starts."""
    for index, word in until_empty(use.words):
        found = subnet_problem(word)
        strict = use.name == "remoteipproxyprotocolexceptions"
        if found is not None and (strict or found is not SubnetProblem.NOT_AN_ADDRESS):
            yield use.at(index, found.value)
            return


def allow_methods(use: Use) -> Problems:
    """`mod_allowmethods.c:am_allowmethods`: registered methods, in capitals; `reset` in any case."""
    for index, word in until_empty(use.words):
        if word not in _METHODS and word.upper() in _METHODS:
            yield use.at(index, "invalid method: methods are written in capitals", word.upper())
            return


CHECKERS: dict[str, Checker] = {
    "require": require,
    "allow": allow_deny,
    "deny": allow_deny,
    "authbasicprovider": provider_list,
    "authdigestprovider": provider_list,
    "authformprovider": provider_list,
    "authname": auth_name,
    "authtype": auth_name,
    "authldapurl": ldap_url,
    "authldapdereferencealiases": dereference,
    "remoteipinternalproxy": subnets,
    "remoteiptrustedproxy": subnets,
    "remoteipproxyprotocolexceptions": subnets,
    "allowmethods": allow_methods,
}
