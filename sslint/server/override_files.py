"""The `.htaccess` files in the folders that hosts serve, and what they are allowed to say.

Only those at the top of what a DocumentRoot or Alias names are looked at. Source: `ap_directory_walk`,
`ap_parse_htaccess`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from ..configuration import Configuration, expand
from ..configuration.model import Directive
from ..files import MemoryFiles, ReadError
from .host import VirtualHost
from .mapping import Mapping
from .memory import kept
from .merging.htaccess import Grant
from .reach import Reach
from .sections import Scope, Where
from .server import Server


class OverrideFile(NamedTuple):
    """One file: of which host and mapping, what it may hold, and the AllowOverride line that says so."""

    host: VirtualHost
    mapping: Mapping
    configuration: Configuration
    grant: Grant
    line: Directive | None

    @property
    def path(self) -> str:
        """Where it lies, for the server."""
        return self.configuration.main

    @property
    def refused(self) -> list[Directive]:
        """The lines for which every request is answered with status 500."""
        if not self.grant.reads:
            return []
        return list(self.grant.refused(self.configuration.children, self.host.server.target.httpd))


@kept
def override_files(server: Server) -> tuple[OverrideFile, ...]:
    """The files that are there and could be read; each is looked at once for hosts whose sections are the same."""
    return tuple(_override_files(server))


def _override_files(server: Server) -> Iterator[OverrideFile]:
    if not server.material.may_read or server.is_fragment:
        return
    reach = Reach.of(server)
    seen: set[tuple[str, VirtualHost]] = set()
    read: dict[str, Configuration | None] = {}
    for host in server.hosts:
        owner = host if host.own_scopes else server.main
        for mapping in reach.mapper(host).mappings if host.sockets else ():
            path = posixpath.join(mapping.folder, _name(host))
            if (path, owner) in seen or not mapping.folder.startswith("/"):
                continue
            seen.add((path, owner))
            if path not in read:
                read[path] = _read(server, path)
            configuration = read[path]
            if configuration is not None:
                yield _granted(host, mapping, configuration)


def _name(host: VirtualHost) -> str:
    names = host.setting("accessfilename").value
    return names[0].value if names else ".htaccess"


def _read(server: Server, path: str) -> Configuration | None:
    if server.material.status(path) is None:
        return None
    try:
        data = server.material.read(path)
    except ReadError:
        return None
    found = expand(path, MemoryFiles({path: data}), server.target, role="htaccess")
    return None if found.read_errors else found


def _granted(host: VirtualHost, mapping: Mapping, configuration: Configuration) -> OverrideFile:
    where = Where(None, mapping.folder)
    levels = Reach.of(host.server).levels(host)
    folders = sorted((one for one in levels if _is_folder(one) and one.covers(where)), key=lambda one: one.rank)
    grant, line = Grant(), None
    for one in folders:
        grant = grant.after(item for items in one.directives.values() for item in items)
        line = one.last("allowoverride") or line
    return OverrideFile(host, mapping, configuration, grant, line)


def _is_folder(scope: Scope) -> bool:
    return scope.kind == "directory" and scope.outer is None
