"""The backends that requests are passed to: ProxyPass, `<Proxy>`, RewriteRule [P], SetHandler "proxy:…".

Sources: `add_pass` and `proxy_handler` in mod_proxy.c; `hook_uri2file` in mod_rewrite.c.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ..configuration.model import Argument, Directive
from .addresses import is_loopback
from .host import VirtualHost
from .sections import all_scopes
from .setting import usable

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_MACHINE = re.compile(r"[A-Za-z0-9+.-]+://(?:[^@/]*@)?(\[[^\]]*\]|[^:/]*)")
_HANDLER = re.compile(r"proxy:(?=[A-Za-z])", re.IGNORECASE)
_OPEN = re.compile(r"(?:[^/]*//)?[^/]*[$%]")
_PROXY_FLAG = re.compile(r"[\[,]\s*(?:P|proxy)\s*[,\]]", re.IGNORECASE)
_OUTSIDE = MappingProxyType({"proxypass": 1, "proxypassmatch": 1, "rewriterule": 1})
_INSIDE = MappingProxyType(
    {"proxypass": 0, "proxypassmatch": 0, "sethandler": 0, "balancermember": 0, "rewriterule": 1}
)
"""Directives that name a backend outside of sections and inside, with the number of the word that does."""


class Backend(NamedTuple):
    """A URL that requests of a host are passed to, and the word that says so."""

    host: VirtualHost
    directive: Directive
    argument: Argument
    url: str

    @property
    def scheme(self) -> str:
        """Its scheme, in lower case; of `unix:/path|fcgi://name` that of the second part."""
        match = _SCHEME.match(self.url.rpartition("|")[2])
        return match.group(1).lower() if match else ""

    @property
    def is_open(self) -> bool:
        """Whether a part of the URL is only known when a request comes."""
        return re.search(r"[$%]", self.url) is not None

    @property
    def machine(self) -> str:
        """Its name or address in lower case; empty where there is none, as for a socket or a balancer's path."""
        match = _MACHINE.match(self.url.rpartition("|")[2])
        return match.group(1).strip("[]").lower() if match else ""

    @property
    def is_here(self) -> bool:
        """Whether it is this machine, or can't be told before a request comes."""
        name = self.machine
        return self.has_open_name or not name or is_loopback(name) or self.url.lower().startswith("unix:")

    @property
    def has_open_name(self) -> bool:
        """Whether the backend's name is only known when a request comes."""
        return _OPEN.match(self.url.rpartition("|")[2]) is not None


def backends(host: VirtualHost) -> Iterator[Backend]:
    """The backends that a host's own lines name, and those in its sections."""
    own = {key: usable(lines) for key, lines in host.own.items() if key in _OUTSIDE}
    yield from _in(host, own, _OUTSIDE)
    for scope in all_scopes(host.own_scopes):
        yield from _in(host, scope.directives, _INSIDE)


def _in(host: VirtualHost, lines: Mapping[str, list[Directive]], positions: Mapping[str, int]) -> Iterator[Backend]:
    for key, index in positions.items():
        for directive in lines.get(key, ()):
            if key != "rewriterule" or _is_proxied(directive):
                yield from _at(host, directive, index, _HANDLER if key == "sethandler" else None)


def _is_proxied(directive: Directive) -> bool:
    words = directive.values
    return len(words) > 2 and _PROXY_FLAG.search(words[2]) is not None


def _at(
    host: VirtualHost, directive: Directive, index: int, prefix: re.Pattern[str] | None = None
) -> Iterator[Backend]:
    arguments = directive.arguments
    if index >= len(arguments):
        return
    url = arguments[index].value
    if prefix is not None:
        match = prefix.match(url)
        if match is None:
            return
        url = url[match.end() :]
    if url != "!":
        yield Backend(host, directive, arguments[index], url)
