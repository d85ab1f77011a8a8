"""Hosts that ask clients for a certificate, and what looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sslint.api import Directive, Section, Server, VirtualHost, all_scopes, host_scopes, kept, offers, walk

ASKING = frozenset({"require", "optional", "optional_no_ca", "on"})
_PASSING = frozenset({"stdenvvars", "exportcertdata"})
_IDENTITY = frozenset({"fakebasicauth"})
_LOGS = frozenset({"logformat", "customlog", "errorlogformat", "globallog"})
_USUAL_TYPES = frozenset({"basic", "digest", "form", "none"})
_OTHERS = (
    "jk",
    "perl",
    "lua",
    "grid",
    "grst",
    "dav",
    "svn",
    "wsgi",
    "passenger",
    "jaxl",
    "nss",
    "shib",
    "mellon",
    "oidc",
)
"""Beginnings of directives of modules that can read certificates on their own, or hand them on."""


class Asking(NamedTuple):
    """A line that asks for certificates: in the handshake of hosts, or in one of their sections."""

    line: Directive
    mode: str
    in_section: bool
    hosts: list[VirtualHost]


@kept
def asking(server: Server) -> list[Asking]:
    """The lines that ask, with the TLS hosts for which they do."""
    found: dict[Directive, Asking] = {}
    for host in server.hosts:
        for line, mode, in_section in _lines(host) if host.is_tls else ():
            found.setdefault(line, Asking(line, mode, in_section, [])).hosts.append(host)
    return list(found.values())


def _lines(host: VirtualHost) -> Iterator[tuple[Directive, str, bool]]:
    setting = offers(host)[0].verify_client
    if setting.directive is not None and setting.value in ASKING:
        yield setting.directive, setting.value or "", False
    for scope in all_scopes(host_scopes(host)):
        line = scope.last("sslverifyclient")
        mode = line.keyword if line is not None else ""
        if line is not None and mode in ASKING:
            yield line, mode, True


class Uses(NamedTuple):
    """What a host makes of a client's certificate, by lines that say so.

    `tested` tests whether it was verified; `read` looks at what it says; `identity` takes it for a login;
    `passed` hands it to programs or backends, or to modules that may look at it; `logged` writes it down.
    """

    tested: Directive | None
    read: Directive | None
    identity: Directive | None
    passed: Directive | None
    logged: Directive | None

    @property
    def anything(self) -> bool:
        """Whether anything looks at it."""
        return any(one is not None for one in self)


def uses(host: VirtualHost) -> Uses:
    """What a host and the main server around it make of certificates."""
    mine, above = (_made_of(one) for one in (host, host.server.main))
    return Uses(*(first or second for first, second in zip(mine, above, strict=True)))


@kept
def _made_of(host: VirtualHost) -> Uses:
    """What a host's own lines make of certificates."""
    found: dict[str, Directive] = {}
    for item in _items(host):
        kind = _kind(item)
        if kind:
            found.setdefault(kind, item)
    return Uses(*(found.get(kind) for kind in Uses._fields))


def _items(host: VirtualHost) -> Iterator[Directive]:
    """A host's lines, those in its sections included, and of the main server not those of virtual hosts."""
    for item in host.children:
        yield item
        if type(item) is Section and item.key != "virtualhost":
            yield from walk(item.children)


def _kind(item: Directive) -> str:
    """What one line makes of certificates; empty for nothing."""
    key, text = item.key, item.text
    if "SSL_CLIENT" in text and key in _LOGS:
        return "logged"
    if "SSL_CLIENT_VERIFY" in text or (key == "require" and "ssl-verify-client" in text):
        return "tested"
    if "SSL_CLIENT" in text or "PeerExtList" in text:
        return "identity" if key == "sslusername" else "read"
    if key == "ssloptions":
        words = {word.lstrip("+").lower() for word in item.values}
        return "passed" if words & _PASSING else "identity" if words & _IDENTITY else ""
    if key == "sslusername":
        return "identity"
    strange_type = key == "authtype" and not {word.lower() for word in item.values[:1]} <= _USUAL_TYPES
    return "passed" if strange_type or key.startswith(_OTHERS) or "ajp:" in text.lower() else ""
