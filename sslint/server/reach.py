"""By which hosts, and whether by plain HTTP, a section's content is reached, and who then gets in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..configuration.model import Directive
from ..lazily import lazy
from .access import OLD_STYLE, Access, demands_tls
from .mapping import Mapper, Mapping, mapper_of
from .redirects import is_acme_path, redirect_to_tls, redirects_of
from .sections import Scope, Where, all_scopes, host_scopes
from .setting import usable

if TYPE_CHECKING:
    from .host import VirtualHost
    from .server import Server

_IF = ("if", "elseif", "else")
_LOCATIONS = ("location", "locationmatch")
_PROXY_TOLD = re.compile(r"x-forwarded-(?:proto|ssl|scheme|protocol)|front-end-https|x-url-scheme", re.IGNORECASE)


class Exposure(NamedTuple):
    """A request by plain HTTP that a host lets in, with the access control it met."""

    host: VirtualHost
    where: Where
    access: Access


class Reach:
    """Reachability of sections in one server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._levels: dict[VirtualHost, list[Scope]] = {}
        self._redirecting: dict[VirtualHost, bool] = {}
        self._accesses: dict[tuple[VirtualHost, Where], Access] = {}

    @classmethod
    def of(cls, server: Server) -> Reach:
        """The one that a server keeps, so that no two look twice at its hosts."""
        found = server.memory.get(cls)
        if found is None:
            found = server.memory[cls] = cls(server)
        assert isinstance(found, cls)
        return found

    @lazy
    def plain_hosts(self) -> list[VirtualHost]:
        """The hosts that clients on other machines reach by plain HTTP, without a TLS terminator in front."""
        return [
            host
            for host in self.server.hosts
            if any(not socket.address.is_loopback for socket in host.plain_sockets) and not ends_tls_upstream(host)
        ]

    def scopes(self) -> Iterator[tuple[VirtualHost, Scope]]:
        """Every section that is a level, with the host it stands in."""
        for host in self.server.hosts:
            for scope in all_scopes(host.own_scopes):
                yield host, scope

    def requests(self, owner: VirtualHost, scope: Scope) -> Iterator[tuple[VirtualHost, Where]]:
        """The hosts by which a section's content is reached, each with a request that does; `owner` is its host."""
        for host in self.server.hosts if owner.is_main else [owner]:
            for where in self.mapper(host).requests_for(scope)[:1]:
                yield host, where

    def mapper(self, host: VirtualHost) -> Mapper:
        """What a host does with URLs."""
        return mapper_of(host)

    def ways_to(self, path: str) -> Iterator[tuple[VirtualHost, str]]:
        """The hosts that somebody meets, with the URL path by which each of their mappings leads to a file.

        The folder nearest to the file comes first.
        """
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            for host, mapping in self._folders.get(folder, ()):
                if mapping.url is not None:
                    url = mapping.url.rstrip("/") + path[len(folder) :]
                    if self.mapper(host).where(url).path == path:
                        yield host, url

    @lazy
    def _folders(self) -> dict[str, list[tuple[VirtualHost, Mapping]]]:
        """Who serves a folder: looked for once, since many files are asked for."""
        found: dict[str, list[tuple[VirtualHost, Mapping]]] = {}
        for host in self.server.hosts:
            for mapping in self.mapper(host).mappings if host.sockets else ():
                found.setdefault(mapping.folder.rstrip("/"), []).append((host, mapping))
        return found

    def levels(self, host: VirtualHost) -> list[Scope]:
        """A host's sections in the order of merging, those inside others included."""
        if host not in self._levels:
            self._levels[host] = sorted(all_scopes(host_scopes(host)), key=lambda scope: scope.rank)
        return self._levels[host]

    def access(self, host: VirtualHost, where: Where) -> Access:
        """The access control that a plain request meets.

        Kept, since hosts without sections of their own are all alike to requests for what the main
        server's sections cover.
        """
        key = (host if host.own_scopes else self.server.main, where)
        if key not in self._accesses:
            self._accesses[key] = self._access(*key)
        return self._accesses[key]

    def _access(self, host: VirtualHost, where: Where) -> Access:
        access = Access(is_older=self.server.target.httpd.is_old)
        taken: dict[Scope | None, bool | None] = {}
        for scope in self.levels(host):
            if scope.kind in _IF:
                around = scope.outer
                if self._is_taken(scope, taken) and (around is None or around.covers(where)):
                    access.merge(scope)
            elif scope.covers(where):
                access.merge(scope)
        return access

    def _is_taken(self, scope: Scope, taken: dict[Scope | None, bool | None]) -> bool | None:
        """Whether plain requests take a branch of `<If>`; `taken` keeps whether they took one before it."""
        from .truth import holds

        before = False if scope.kind == "if" else taken.get(scope.outer, False)
        here = True if scope.kind == "else" else holds(scope.section.argument, False)
        if before is not False and here is not False:
            here = False if before else None
        taken[scope.outer] = True if before else here if before is False else None
        return here

    def exposures(self, owner: VirtualHost, scope: Scope) -> list[Exposure]:
        """The plain requests that reach a section's content, one for each host."""
        hosts = self.plain_hosts if owner.is_main else [host for host in (owner,) if host in self._plain]
        found = (self._exposure(host, scope, owner is host) for host in hosts)
        return [exposure for exposure in found if exposure is not None]

    @lazy
    def _plain(self) -> frozenset[VirtualHost]:
        return frozenset(self.plain_hosts)

    def _exposure(self, host: VirtualHost, scope: Scope, is_own: bool) -> Exposure | None:
        for where in self.mapper(host).requests_for(scope) or self._assumed(host, scope, is_own):
            if is_acme_path(where.url) or self.answers_first(host, where) is not None:
                continue
            access = self.access(host, where)
            if access.lets_in(tls=False) and not self.condition_bars(host, scope, where):
                return Exposure(host, where, access)
        return None

    def answers_first(self, host: VirtualHost, where: Where) -> Directive | None:
        """The line that answers a plain request before any access check: that sends it to https, or elsewhere."""
        found = redirect_to_tls(host, where.url, proxied=where.backend is not None)
        return found if found is not None or where.backend is not None else self._section_redirect(host, where)

    def _section_redirect(self, host: VirtualHost, where: Where) -> Directive | None:
        """A Redirect for all of a `<Location>` or `<If>`, which acts while the URL is being translated."""
        owner = host if host.own_scopes else self.server.main
        if owner not in self._redirecting:
            self._redirecting[owner] = any("redirect" in level.directives for level in self.levels(owner))
        if not self._redirecting[owner]:
            return None
        taken: dict[Scope | None, bool | None] = {}
        found: Directive | None = None
        for level in self.levels(owner):
            around = level.outer if level.kind in _IF else level
            applies = self._is_taken(level, taken) is True if level.kind in _IF else level.covers(where)
            if applies and (around is None or (around.kind in _LOCATIONS and around.covers(where))):
                whole = [one for one in redirects_of(level.directives.get("redirect", ()), True) if one.source is None]
                found = whole[-1].directive if whole else found
        return found

    def _assumed(self, host: VirtualHost, scope: Scope, is_own: bool) -> list[Where]:
        """A request for a folder of a fragment's host that says nothing of what it serves, but has the section."""
        silent = self.server.is_fragment and not host.is_main and host.setting("documentroot").value is None
        is_folder = scope.kind in ("directory", "directorymatch") and scope.example()
        return [Where(None, scope.example())] if silent and is_own and is_folder else []

    def condition_bars(self, host: VirtualHost, scope: Scope, where: Where) -> bool:
        """Whether an `<If>` about TLS and more has access control, which may tell plain requests apart."""
        taken: dict[Scope | None, bool | None] = {}
        about_tls = False
        for level in self.levels(host):
            if level.kind not in _IF:
                continue
            about_tls = demands_tls(level.section.argument) or (about_tls and level.kind != "if")
            around = level.outer
            depends = self._is_taken(level, taken) is None and about_tls
            controls = any(key in level.directives for key in (*OLD_STYLE, "require", "sslrequiressl"))
            if depends and controls and (around is None or around is scope or around.covers(where)):
                return True
        return False

    def reached_by_tls(self, owner: VirtualHost, scope: Scope) -> bool:
        """Whether some host, of the same name as the section's if that stands in one, serves its content by TLS."""
        names = frozenset(owner.names)
        return any(
            (owner.is_main or host is owner or not names.isdisjoint(host.names))
            and self.mapper(host).requests_for(scope)
            for host in self._tls_hosts
        )

    @lazy
    def _tls_hosts(self) -> list[VirtualHost]:
        return [host for host in self.server.hosts if host.is_tls]


def ends_tls_upstream(host: VirtualHost) -> bool:
    """Whether a host reckons with a proxy in front of it that speaks TLS to the clients.

    The marks: HTTPS set from a header such as X-Forwarded-Proto or for every request, and
    mod_remoteip's settings.
    """
    for key in ("setenvif", "setenvifnocase"):
        for directive in host.all(key):
            words = directive.values
            if words and (_PROXY_TOLD.search(words[0]) or any(word.lower() == "https=on" for word in words[2:])):
                return True
    if any(one.values[:1] == ["HTTPS"] for one in host.all("setenv")):
        return True
    if any(one.keyword == "on" for one in host.all("remoteipproxyprotocol")):
        return True
    return bool(host.all("remoteipheader")) or bool(usable(host.own.get("remoteipinternalproxy", ())))
