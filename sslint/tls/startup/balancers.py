"""Balancers that lack their method, which stops the server, or their members, which fails every request.

Sources: `ap_proxy_initialize_balancer` in proxy_util.c; `find_session_route` and `proxy_balancer_pre_request` in
mod_proxy_balancer.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...configuration.model import Item, Section, walk
from ...knowledge.versions import HttpdVersion
from ...server import Server, VirtualHost
from ...server.backends import backends
from . import Effect, StartFailure, blame, knows_modules, numbered, outcome
from .backends import in_brackets

FIRST_WITH_METHODS = HttpdVersion(2, 4, 0)
"""Methods are modules of their own from here on."""
_PASSING = frozenset({"proxypass", "proxypassmatch", "rewriterule"})


def missing_methods(server: Server) -> Iterator[StartFailure]:
    """Balancers that say nothing of their method, where the default `byrequests` is not loaded.

    A method that is named and not loaded is refused by the check already.
    """
    if not knows_modules(server) or server.target.httpd < FIRST_WITH_METHODS:
        return
    loaded = server.configuration.loaded
    if "proxy_balancer_module" not in loaded or "lbmethod_byrequests_module" in loaded:
        return
    for balancer, lines in _balancers(server).items():
        if not any(_names_method(line) for line in lines):
            yield blame(
                "balancer-without-method",
                Effect.START,
                lines[0],
                f"{balancer} balances byrequests, but lbmethod_byrequests_module is not loaded: "
                f"{outcome(server, 'AH02432')}",
                code=numbered(server, "AH02432"),
                label="no method is set",
            )


def _balancers(server: Server) -> dict[str, list[Item]]:
    """Every balancer, with the lines that name it."""
    found: dict[str, list[Item]] = {}
    for item in walk(server.configuration.children):
        if item.key in ("proxy", "proxypass", "proxyset", "balancermember"):
            for word in item.values:
                if word.lower().startswith("balancer://"):
                    found.setdefault(word.rstrip("/").lower(), []).append(item)
    return found


def _names_method(item: Item) -> bool:
    """Whether a line, or one inside its section, sets lbmethod."""
    inside = item.children if type(item) is Section else [item]
    return any(word.lower().startswith("lbmethod=") for one in inside for word in one.values)


def empty_balancers(server: Server) -> Iterator[StartFailure]:
    """Balancers without a member, unless a balancer-manager may add one."""
    if not server.is_complete or not _names_balancer(server) or _has_manager(server):
        return
    main = _members(server.main)
    for host in server.hosts:
        known = main | _members(host)
        for backend in backends(host):
            name = backend.url.partition("://")[2].partition("/")[0].lower()
            if backend.scheme != "balancer" or backend.is_open or name in known:
                continue
            code = numbered(server, "AH01171")
            yield blame(
                "balancer-without-members",
                Effect.REQUEST,
                backend.directive,
                f"balancer://{name} has no member: each request gets status 503{in_brackets(code)}",
                arguments=(backend.argument,),
                code=code,
                label="leads nowhere",
                hosts=(host,),
            )


def _names_balancer(server: Server) -> bool:
    """Whether any line that passes requests on may mean a balancer, which most servers have none of."""
    return any("balancer:" in item.text.lower() for item in walk(server.configuration.children) if item.key in _PASSING)


def _has_manager(server: Server) -> bool:
    lines = (item for item in walk(server.configuration.children) if item.key in ("sethandler", "addhandler"))
    return any("balancer-manager" in item.text.lower() for item in lines)


def _members(host: VirtualHost) -> set[str]:
    """The balancers that a host's lines give a member."""
    found = set()
    for section in host.sections:
        if section.key == "proxy" and any(item.key == "balancermember" for item in walk(section.children)):
            found.add(section.argument)
    for one in host.own.get("balancermember", ()):
        found.update(one.values[:1])
    return {name.strip().strip("\"'").partition("://")[2].partition("/")[0].lower() for name in found}


FINDERS = {"balancer-without-method": missing_methods, "balancer-without-members": empty_balancers}
"""The finders of this module, by kind."""
