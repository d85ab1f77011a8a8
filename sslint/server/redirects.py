"""What answers a plain request before any access check: Redirect, RewriteRule, MDRequireHttps.

Server-level redirects act while the URL is being translated (`translate_alias_redir`,
`hook_uri2file`), before the sections are walked; those inside a section act in the fix-up phase,
after the login.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..configuration.model import Directive, Item
from .pattern import compile_pattern
from .sections import is_below
from .setting import usable

if TYPE_CHECKING:
    from .host import VirtualHost

_STATUS = re.compile(r"(permanent|temp|seeother|3\d\d)$", re.IGNORECASE)
_TO_TLS = re.compile(r"['\"]?https:", re.IGNORECASE)
_ABOUT_URL = ("%{REQUEST_URI}", "%{THE_REQUEST}", "%{SCRIPT_NAME}")
_ACME = "/.well-known/acme-challenge"
_RULE_FLAGS = re.compile(r"\[([^\]]*)\]$")


def redirect_to_tls(host: VirtualHost, url: str | None) -> Directive | None:
    """The server-level directive that sends a plain request for a URL path to https (or refuses it)."""
    url = "/" if url is None else url
    for directive in host.all("mdrequirehttps"):
        if [value.lower() for value in directive.values[:1]] in (["permanent"], ["temporary"]):
            return directive
    return _rewrite(host, url) or _redirect(host, url)


def _redirect(host: VirtualHost, url: str) -> Directive | None:
    for one in [host] if host.is_main else [host, host.server.main]:
        for key in ("redirect", "redirectpermanent", "redirecttemp", "redirectmatch"):
            for directive in usable(one.own.get(key, ())):
                words = directive.values
                if key in ("redirect", "redirectmatch") and len(words) > 1 and _STATUS.match(words[0]):
                    words = words[1:]
                if len(words) < 2 or not _TO_TLS.match(words[-1]):
                    continue
                if _redirect_takes(words[0], url, key == "redirectmatch"):
                    return directive
    return None


def _redirect_takes(source: str, url: str, is_pattern: bool) -> bool:
    if not is_pattern:
        return is_below(url, source)
    pattern = compile_pattern(source)
    return pattern is None or pattern.search(url) is not None or source.startswith("^(?!")


def _rewrite(host: VirtualHost, url: str) -> Directive | None:
    items = _rewrite_items(host)
    conditions: list[list[str]] = []
    for item in items:
        if item.key == "rewritecond":
            conditions.append(item.values)
        elif item.key == "rewriterule":
            if _rule_takes(item.values, conditions, url):
                return item
            conditions = []
    return None


def _rewrite_items(host: VirtualHost) -> list[Item]:
    """The rewriting lines in force, if the engine is on: a host does not inherit the main server's by itself."""
    server = host.server
    found: list[Item] = []
    for one, top in ((host, host.children), (server.main, server.main.children)):
        engine = usable(one.own.get("rewriteengine", ()))
        on = bool(engine) and engine[-1].values[:1] and engine[-1].values[0].lower() == "on"
        if on and (one is host or _inherits_rewriting(host)):
            mine = one.own
            if "rewriterule" in mine:
                found += usable(item for item in top if item.key in ("rewritecond", "rewriterule"))
        if host.is_main:
            break
    return found


def _inherits_rewriting(host: VirtualHost) -> bool:
    mine = {word.lower() for one in usable(host.own.get("rewriteoptions", ())) for word in one.values}
    above = {word.lower() for one in usable(host.server.main.own.get("rewriteoptions", ())) for word in one.values}
    return bool(mine & {"inherit", "inheritbefore"} or above & {"inheritdown", "inheritdownbefore"})


def _rule_takes(words: list[str], conditions: list[list[str]], url: str) -> bool:
    if len(words) < 2:
        return False
    flags = _RULE_FLAGS.search(words[2]) if len(words) > 2 else None
    names = {flag.strip().partition("=")[0].upper() for flag in flags.group(1).split(",")} if flags else set()
    refuses = bool(names & {"F", "FORBIDDEN", "G", "GONE"})
    if not refuses and not _TO_TLS.match(words[1]):
        return False
    negated = words[0].startswith("!")
    pattern = compile_pattern(words[0].removeprefix("!"), "NC" in names or "NOCASE" in names)
    if pattern is not None and (pattern.search(url) is None) is not negated:
        return False
    if refuses and not any("HTTPS" in one[0] or "SERVER_PORT" in one[0] or "SCHEME" in one[0]
                           for one in conditions if one):  # fmt: skip
        return False
    return all(_condition_holds(condition, url) for condition in conditions)


def _condition_holds(words: list[str], url: str) -> bool:
    """Whether a RewriteCond may hold for a plain request; only what is said of the URL can be told."""
    if len(words) < 2 or "[OR]" in "".join(words[2:]).upper():
        return True
    tested, wanted = words[0], words[1]
    if tested.upper() not in _ABOUT_URL or tested.upper() == "%{THE_REQUEST}" or wanted[:1] in "<>=-":
        return True
    negated = wanted.startswith("!")
    pattern = compile_pattern(wanted.removeprefix("!"), any("NC" in word for word in words[2:]))
    return pattern is None or (pattern.search(url) is not None) is not negated


def is_acme_path(url: str | None) -> bool:
    """Whether a URL path is where ACME's HTTP-01 challenge must stay reachable by plain HTTP (RFC 8555 8.3)."""
    return url is not None and (is_below(url, _ACME) or (url.startswith("/.well-known") and is_below(_ACME, url)))
