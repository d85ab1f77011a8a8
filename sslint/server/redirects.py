"""What answers a plain request before any access check: Redirect, RewriteRule, MDRequireHttps.

Server-level redirects act while the URL is being translated (`translate_alias_redir`,
`hook_uri2file`), before the sections are walked; those inside a section act in the fix-up phase,
after the login.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..configuration.model import Directive, Item
from .mapping import in_order, lies_in
from .memory import kept
from .pattern import compile_pattern
from .sections import is_below
from .setting import usable

if TYPE_CHECKING:
    from .host import VirtualHost

_STATUS = re.compile(r"(permanent|temp|seeother|gone|[1-5]\d\d)$", re.IGNORECASE)
_WORDS = {"permanent": 301, "temp": 302, "seeother": 303, "gone": 410}
_WELL_KNOWN = "/.well-known/"
_MANAGED = ("mdomain", "manageddomain")
_MANAGED_SECTIONS = ("mdomainset", "mdomain", "manageddomain")
_REWRITING = ("rewriteengine", "rewriteoptions", "rewritebase", "rewritemap", "rewritecond", "rewriterule")
REDIRECTS = ("redirect", "redirectmatch", "redirectpermanent", "redirecttemp")
_TO_TLS = re.compile(r"['\"]?https:", re.IGNORECASE)
_ABOUT_URL = ("%{REQUEST_URI}", "%{SCRIPT_NAME}")
_PLAIN = {"%{HTTPS}": "off", "%{REQUEST_SCHEME}": "http", "%{SERVER_PORT}": "80"}
_ACME = "/.well-known/acme-challenge"
_USUAL_PORT = re.compile(r"\b(?:80|443)\b")
_RULE_FLAGS = re.compile(r"\[([^\]]*)\]$")


class Redirect(NamedTuple):
    """One Redirect line. `source` is None where it stands for its whole section; `target` is empty without one."""

    directive: Directive
    status: int
    source: str | None
    target: str

    def takes(self, url: str) -> bool | None:
        """Whether it answers a URL path; None where that can't be told."""
        if self.source is None:
            return True
        if self.directive.key != "redirectmatch":
            return lies_in(url, self.source)
        pattern = compile_pattern(self.source)
        return None if pattern is None else pattern.search(url) is not None


def redirect_of(directive: Directive, in_section: bool = False) -> Redirect | None:
    """A Redirect line taken apart; None for one that the server refuses."""
    words = directive.values
    status = 301 if directive.key == "redirectpermanent" else 302
    has_status = directive.key in ("redirect", "redirectmatch") and words and _STATUS.match(words[0])
    if has_status and (len(words) > 1 or in_section):
        status = _WORDS.get(words[0].lower()) or int(words[0])
        words = words[1:]
    leads = 300 <= status < 400
    if len(words) == (2 if leads else 1):
        return Redirect(directive, status, words[0], words[1] if leads else "")
    if in_section and len(words) == (1 if leads else 0):
        return Redirect(directive, status, None, words[0] if leads else "")
    return None


def redirects_of(items: Iterable[Item], in_section: bool = False) -> list[Redirect]:
    """The Redirect lines among directives, in order."""
    found = (redirect_of(one, in_section) for one in usable(one for one in items if one.key in REDIRECTS))
    return [one for one in found if one is not None]


def redirect_to_tls(host: VirtualHost, url: str | None, *, proxied: bool = False) -> Directive | None:
    """The server-level directive that answers a plain request for a URL path: sends it to https, or elsewhere.

    Conditions that can't be told count as met where https is the aim. What ProxyPass takes (`proxied`)
    mod_alias never sees.
    """
    url = "/" if url is None else url
    managed = required_https(host)
    if managed is not None and not url.startswith(_WELL_KNOWN):
        return managed
    return _rewrite(host, url) or (None if proxied else _redirect(host, url))


def required_https(host: VirtualHost) -> Directive | None:
    """The MDRequireHttps that sends plain requests for a host to https, ahead of everything else.

    It acts for hosts that a managed domain names, with or without a certificate yet (`md_require_https_maybe`
    in mod_md.c), and not from inside a `<VirtualHost>`. What a fragment's server manages isn't known.
    """
    main = host.server.main
    found = [one for one in (main.winner("mdrequirehttps"),) if one is not None]
    if host.server.is_fragment:
        found += host.all("mdrequirehttps")
    elif not _is_managed(host, main, found):
        return None
    value = [word.lower() for word in found[-1].values[:1]] if found else []
    return found[-1] if value in (["permanent"], ["temporary"]) else None


def _is_managed(host: VirtualHost, main: VirtualHost, found: list[Directive]) -> bool:
    """Whether some managed domain names a host; what its section says of MDRequireHttps is added to `found`."""
    names = {name.lower() for name in (host.effective_name, *host.names) if name}
    for section in main.sections:
        if section.key in _MANAGED_SECTIONS and not names.isdisjoint(word.value.lower() for word in section.words):
            found += [one for one in usable(section.children) if one.key == "mdrequirehttps"]
            return True
    lines = [line for key in _MANAGED for line in usable(main.own.get(key, ()))]
    return any(not names.isdisjoint(word.lower() for word in line.values) for line in lines)


def _redirect(host: VirtualHost, url: str) -> Directive | None:
    for one in [host] if host.is_main else [host, host.server.main]:
        for found in redirects_of(in_order(one, REDIRECTS)):
            taken = None if (found.source or "").startswith("^(?!") else found.takes(url)
            if taken or (taken is None and _TO_TLS.match(found.target)):
                return found.directive
    return None


def _rewrite(host: VirtualHost, url: str) -> Directive | None:
    items = rewrite_items(host)
    conditions: list[Sequence[str]] = []
    for item in items:
        if item.key == "rewritecond":
            conditions.append(item.values)
        elif item.key == "rewriterule":
            if _rule_takes(item.values, conditions, url):
                return item
            if _rule_ends(item.values, conditions, url):
                return None
            conditions = []
    return None


def rewrite_items(host: VirtualHost, switch: Directive | None = None) -> list[Directive]:
    """The rewriting lines in force, if the engine is on: a host does not inherit the main server's by itself.

    `switch` is the RewriteEngine that sections of the URL say; without one the host's own counts, or else the
    main server's (`hook_uri2file` looks at the record of the directories).
    """
    switch = switch or host.winner("rewriteengine")
    if switch is None or switch.keyword != "on" or not _speaks_of_rewriting(host):
        return []
    return all_rewrite_items(host)


def _speaks_of_rewriting(host: VirtualHost) -> bool:
    return any(key in host.own for key in _REWRITING)


@kept
def all_rewrite_items(host: VirtualHost) -> list[Directive]:
    """The lines, whether or not the engine is on."""
    hosts = [host] if host.is_main else [host.server.main, host]
    if not any("rewriterule" in one.own for one in hosts):
        return []
    from .merging import rewriting
    from .merging.fold import Line
    from .merging.layers import Layer

    layers = [Layer(one, tuple(in_order(one, _REWRITING))) for one in hosts]
    lines = [
        Line(line, layer, number)
        for number, layer in enumerate(layers)
        for line in layer.items
        if line.key in ("rewritecond", "rewriterule")
    ]
    return [line.directive for line in rewriting.rules(lines, layers).lines]


def _rule_takes(words: Sequence[str], conditions: Sequence[Sequence[str]], url: str) -> bool:
    """Whether a RewriteRule may send a plain request to https, or refuse it, or surely sends it elsewhere."""
    if len(words) < 2:
        return False
    names = _flags(words)
    certain = _pattern_fits(words, names, url) and all(_condition_holds(one, url) for one in conditions)
    if certain and not names.isdisjoint(("R", "REDIRECT")):
        return True
    refuses = not names.isdisjoint(("F", "FORBIDDEN", "G", "GONE"))
    if not refuses and not _TO_TLS.match(words[1]):
        return False
    if _pattern_fits(words, names, url) is False:
        return False
    if refuses and not any("HTTPS" in one[0] or "SERVER_PORT" in one[0] or "SCHEME" in one[0]
                           for one in conditions if one):  # fmt: skip
        return False
    return all(_condition_holds(condition, url) is not False for condition in conditions)


def _rule_ends(words: Sequence[str], conditions: Sequence[Sequence[str]], url: str) -> bool:
    """Whether a RewriteRule leaves the URL as it is, and the rules after it unread."""
    names = _flags(words)
    if len(words) < 3 or words[1] != "-" or names.isdisjoint(("L", "LAST", "END")):
        return False
    return _pattern_fits(words, names, url) is True and all(_condition_holds(one, url) for one in conditions)


def _flags(words: Sequence[str]) -> set[str]:
    flags = _RULE_FLAGS.search(words[2]) if len(words) > 2 else None
    return {flag.strip().partition("=")[0].upper() for flag in flags.group(1).split(",")} if flags else set()


def _pattern_fits(words: Sequence[str], names: set[str], url: str) -> bool | None:
    pattern = compile_pattern(words[0].removeprefix("!"), "NC" in names or "NOCASE" in names)
    return None if pattern is None else (pattern.search(url) is not None) is not words[0].startswith("!")


def _condition_holds(words: Sequence[str], url: str) -> bool | None:
    """Whether a RewriteCond holds for a plain request; None where that can't be told."""
    if len(words) < 2 or "[OR]" in "".join(words[2:]).upper():
        return None
    value = _PLAIN.get(words[0].upper(), url if words[0].upper() in _ABOUT_URL else None)
    wanted, negated = words[1].removeprefix("!"), words[1].startswith("!")
    if value is None or wanted[:1] in "<>-" or (value == "80" and not _USUAL_PORT.search(wanted)):
        return None
    if wanted.startswith("="):
        return (value == wanted[1:].strip("\"'")) is not negated
    pattern = compile_pattern(wanted, any("NC" in word.upper() for word in words[2:]))
    return None if pattern is None else (pattern.search(value) is not None) is not negated


def is_acme_path(url: str | None) -> bool:
    """Whether a URL path is where ACME's HTTP-01 challenge must stay reachable by plain HTTP (RFC 8555 8.3)."""
    return url is not None and (is_below(url, _ACME) or (url.startswith("/.well-known") and is_below(_ACME, url)))
