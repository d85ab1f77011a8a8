"""What stops the whole server: sockets, modules that need another one, names that are managed twice.

Sources: `ap_setup_listeners`, `open_listeners` and `make_sock` in server/listen.c; the `post_config` hooks of
mod_auth_form, mod_proxy_balancer, mod_lbmethod_*, mod_heartmonitor and mod_md.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import NamedTuple

from ...configuration.model import Directive, Item, walk
from ...diagnostic import Related
from ...knowledge.versions import HttpdVersion
from ...server import Server
from ...server.setting import usable
from ...text import number_of
from . import Effect, StartFailure, blame, blame_host, knows_modules, numbered, outcome

_OF_A_WHOLE_SERVER = frozenset(
    "serverroot servername loadmodule user group pidfile documentroot defaultruntimedir mutex".split()
)
"""What packages' snippets do not have, although they may be called apache2.conf too."""

# Sockets


def without_listen(server: Server) -> Iterator[StartFailure]:
    """A server that opens no socket. httpd 1.3 has port 80 without being told."""
    if not server.is_complete or server.target.httpd.branch == "1.3":
        return
    if _OF_A_WHOLE_SERVER.isdisjoint(server.main.own):
        return
    if not any(item.key == "listen" for item in walk(server.configuration.children)):
        yield blame_host(
            "listen-missing",
            Effect.START,
            server.main,
            f"no Listen opens a port: {Effect.START.value} (no listening sockets available)",
            notes=["If another file includes this one, give that one: it is the server's main file."],
        )


class Bound(NamedTuple):
    """One Listen as the system sees it: `family` is 4, 6, or 0 for a wildcard that takes both."""

    directive: Directive
    family: int
    address: str
    port: int

    @property
    def is_wildcard(self) -> bool:
        """Whether it takes connections to every address."""
        return not self.address

    def blocks(self, later: Bound) -> bool:
        """Whether a later one can't be bound on Linux once this is.

        `0.0.0.0` and `[::]` get along; a plain port makes way for a `0.0.0.0` that follows it.
        """
        if self.port != later.port:
            return False
        if not self.is_wildcard and not later.is_wildcard:
            return self[1:] == later[1:]
        if self.is_wildcard and later.is_wildcard:
            return (self.family, later.family) in ((0, 6), (4, 0))
        wild, single = (self, later) if self.is_wildcard else (later, self)
        return wild.family != 4 or single.family == 4


def overlapping_listeners(server: Server) -> Iterator[StartFailure]:
    """Two Listen lines for one socket, written differently: the same text is refused by the check already."""
    if server.target.preset == "freebsd" or server.is_fragment:
        return
    bound: list[Bound] = []
    for directive in usable(server.main.own.get("listen", ())):
        later = _bound(directive)
        if later is None:
            continue
        earlier = next((one for one in bound if one.blocks(later)), None)
        bound.append(later)
        if earlier is not None and _text(earlier.directive) != _text(directive):
            yield _overlap(earlier.directive, directive)


def _overlap(earlier: Directive, later: Directive) -> StartFailure:
    server_code = "AH00072"
    return blame(
        "listen-overlap",
        Effect.START,
        later,
        f"{later.values[0]} is taken by Listen {earlier.values[0]}: {Effect.START.value} ({server_code})",
        arguments=later.arguments[:1],
        code=server_code,
        label="could not bind",
        related=(Related(earlier.source, earlier.arguments[0].span, "opened here"),),
    )


def _text(directive: Directive) -> tuple[str, str]:
    """The address as `alloc_listener` compares it."""
    host, _, port = directive.values[0].rpartition(":")
    return ("" if host == "*" else host.lower(), port)


def _bound(directive: Directive) -> Bound | None:
    """What a Listen binds; None for a name, which only the machine's resolver knows."""
    host, _, port = directive.values[0].rpartition(":") if directive.values else ("", "", "")
    number, host = number_of(port), host.strip("[]")
    if number is None:
        return None
    if host in ("", "*"):
        return Bound(directive, 0, "", number)
    try:
        address = ipaddress.ip_address("127.0.0.1" if host.lower() == "localhost" else host.partition("%")[0])
    except ValueError:
        return None
    return Bound(directive, address.version, "" if address.is_unspecified else str(address), number)


# Modules that need another one


class Companion(NamedTuple):
    """A module that stops the server unless another one is there."""

    module: str
    needs: str
    code: str
    since: HttpdVersion


_SINCE_2_4 = HttpdVersion(2, 4, 0)
_COMPANIONS = (
    Companion("auth_form_module", "session_module", "AH02617", _SINCE_2_4),
    Companion("auth_form_module", "request_module", "AH02618", _SINCE_2_4),
    Companion("proxy_balancer_module", "slotmem_shm_module", "AH01177", _SINCE_2_4),
    Companion("heartmonitor_module", "slotmem_shm_module", "AH02284", _SINCE_2_4),
    Companion("lbmethod_byrequests_module", "proxy_module", "AH10152", HttpdVersion(2, 4, 41)),
)


def lonely_modules(server: Server) -> Iterator[StartFailure]:
    """Modules that are loaded without the one that their start-up asks for."""
    if not knows_modules(server):
        return
    loaded = server.configuration.loaded
    for one in _COMPANIONS:
        line = _loading(server, one.module)
        if line is not None and one.needs not in loaded and server.target.httpd >= one.since:
            yield blame(
                "module-without-companion",
                Effect.START,
                line,
                f"{one.module} needs {one.needs}, which is not loaded: {outcome(server, one.code)}",
                arguments=line.arguments[:1],
                code=numbered(server, one.code),
                label="can't work alone",
            )


def _loading(server: Server, identifier: str) -> Directive | None:
    """The LoadModule line that loads a module for certain."""
    for item in walk(server.configuration.children):
        if item.key == "loadmodule" and item.condition is None and item.values[:1] == [identifier]:
            return item
    return None


def _certain(items: list[Item]) -> Iterator[Item]:
    return (item for item in walk(items) if item.condition is None)


# mod_md

_NAME = re.compile(r"[a-z0-9.*_-]+")


def managed_twice(server: Server) -> Iterator[StartFailure]:
    """Two managed domains that share a name (`md_overlap`)."""
    first: dict[str, Directive] = {}
    if server.is_fragment:
        return
    for item in _certain(server.configuration.children):
        if item.key not in ("mdomain", "managedomain", "mdomainset"):
            continue
        for argument in item.arguments:
            name = argument.value.lower()
            if name in ("auto", "manual") or not _NAME.fullmatch(name):
                continue
            before = first.setdefault(name, item)
            if before is not item and before.values != item.values:
                yield blame(
                    "managed-domain-overlap",
                    Effect.START,
                    item,
                    f"{argument.value} is in another managed domain already: {outcome(server, 'AH10038')}",
                    arguments=(argument,),
                    code="AH10038",
                    label="named again",
                    related=(Related(before.source, before.span, "the first is here"),),
                )


FINDERS = {
    "listen-missing": without_listen,
    "listen-overlap": overlapping_listeners,
    "module-without-companion": lonely_modules,
    "managed-domain-overlap": managed_twice,
}
"""The finders of this module, by kind."""
