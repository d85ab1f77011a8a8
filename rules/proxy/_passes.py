"""The ProxyPass lines of hosts and sections: which paths go where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sslint.api import Argument, Directive, Scope, Server, VirtualHost, all_scopes, usable

_AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")


class Pass(NamedTuple):
    """One ProxyPass line: URLs below `path` go to `word`. In a section, `path` is the section's."""

    host: VirtualHost
    directive: Directive
    path: str
    word: Argument
    scope: Scope | None

    @property
    def url(self) -> str:
        """Where requests go, without the socket of `unix:/path|`."""
        return self.word.value.rpartition("|")[2]

    @property
    def is_fixed(self) -> bool:
        """Whether it is a URL that says all there is: nothing is filled in, and no query string swallows the path."""
        return _AUTHORITY.match(self.url) is not None and not re.search(r"[?$%#]", self.word.value)

    @property
    def target_path(self) -> str:
        """What stands behind the machine's name."""
        match = _AUTHORITY.match(self.url)
        return self.url[match.end() :] if match else ""


def passes(server: Server) -> Iterator[Pass]:
    """Every ProxyPass line, host by host."""
    if "proxypass" not in server.keys:
        return
    for host in server.hosts:
        for line in usable(host.own.get("proxypass", ())):
            words = line.arguments
            if len(words) > 1:
                yield Pass(host, line, words[0].value, words[1], None)
        for scope in all_scopes(host.own_scopes):
            if scope.kind != "location":
                continue
            for line in scope.directives.get("proxypass", ()):
                if line.arguments:
                    yield Pass(host, line, scope.argument, line.arguments[0], scope)
