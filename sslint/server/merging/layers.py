"""The layers of settings that a request meets, the outermost first: what a later one says goes before.

Sources: `ap_directory_walk`, `ap_file_walk`, `ap_location_walk` and `ap_if_walk` in server/request.c,
`proxy_walk` in mod_proxy.c, `merge_core_dir_configs` in server/core.c (what is nested: `sec_file`, `sec_if`).
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from ...configuration.model import Directive, Section
from ..memory import kept
from ..pattern import compile_pattern
from ..sections import Scope, Where, lines_of, scopes
from .htaccess import Grant

if TYPE_CHECKING:
    from ...configuration import Configuration
    from ..host import VirtualHost

_FILES = ("files", "filesmatch")
_URLS = ("location", "locationmatch")
_IFS = ("if", "elseif", "else")
_KINDS = {
    "directory": "folders", "directorymatch": "patterns", **dict.fromkeys(_FILES, "files"),
    **dict.fromkeys(_URLS, "urls"), **dict.fromkeys(_IFS, "ifs"), "proxy": "proxy", "proxymatch": "proxy",
}  # fmt: skip
"""What the sections that stand directly in a host are kept by."""
_WALKS = {**dict.fromkeys(_FILES, "files"), **dict.fromkeys(_URLS, "urls")}

Truth = Callable[[str], "bool | None"]
"""Whether the condition of an `<If>` holds; None where that can't be told."""
Htaccess = Callable[[str], "Configuration | None"]
"""The configuration of a `.htaccess` file by its path; None where there is none."""


class Layer(NamedTuple):
    """One layer: the main server, a virtual host (both without scope), a section or a `.htaccess` file.

    `items` are its directives in the order of reading, those in `<Limit>` and `<Require…>` groups
    included, `nested` the sections in it. `truth` is None where it can't be told whether it applies.
    `refused` are the directives of a `.htaccess` for which every request is answered with status 500.
    """

    host: VirtualHost
    items: tuple[Directive, ...]
    scope: Scope | None = None
    truth: bool | None = True
    htaccess: str = ""
    nested: tuple[Scope, ...] = ()
    refused: tuple[Directive, ...] = ()

    @property
    def walk(self) -> str:
        """Which of the server's walks comes upon it: each lays its own over each other first.

        Conditions inside conditions are looked at after all those around them, in a walk of their own.
        """
        if self.is_server:
            return "server"
        kind = self.scope.kind if self.scope is not None else ""
        if kind in _IFS:
            return f"conditions {_nesting(self.scope)}"
        return _WALKS.get(kind, "folders")

    @property
    def title(self) -> str:
        """`<Directory /srv>`, the path of a `.htaccess` file, or the host."""
        if self.htaccess:
            return self.htaccess
        if self.scope is None:
            return "the main server" if self.host.is_main else "the virtual host"
        section = self.scope.section
        return f"{section.name} {section.argument.strip()}".rstrip() + ">"

    @property
    def is_server(self) -> bool:
        """Whether this is the main server or a virtual host itself."""
        return self.scope is None and not self.htaccess


def server_layers(host: VirtualHost) -> list[Layer]:
    """The main server's own lines, then the virtual host's."""
    hosts = [host] if host.is_main else [host.server.main, host]
    return [_server_layer(one) for one in hosts]


@kept
def _server_layer(host: VirtualHost) -> Layer:
    """A host's own lines; the main server's are walked once, since all hosts stand among them."""
    return Layer(host, tuple(lines_of(host.children)))


@kept
def _tops(host: VirtualHost) -> dict[str, list[tuple[VirtualHost, Scope]]]:
    """The sections that stand directly in the main server and a host, with their owners, by walk."""
    found: dict[str, list[tuple[VirtualHost, Scope]]] = {}
    for owner in [host] if host.is_main else [host.server.main, host]:
        for scope in owner.own_scopes:
            found.setdefault(_KINDS.get(scope.kind, ""), []).append((owner, scope))
    return found


def has_url_layers(host: VirtualHost) -> bool:
    """Whether a request of which only the URL path is known may meet any section."""
    tops = _tops(host)
    return "urls" in tops or "ifs" in tops


def request_layers(
    host: VirtualHost, where: Where, truth: Truth | None = None, htaccess: Htaccess | None = None
) -> list[Layer]:
    """The layers that a request for a place meets."""
    return _Walk(host, where, truth or _unknown, htaccess).layers()


def _unknown(_: str) -> bool | None:
    return None


class _Walk:
    """The walks of one request, in the server's order."""

    def __init__(self, host: VirtualHost, where: Where, truth: Truth, htaccess: Htaccess | None) -> None:
        self.host = host
        self.where = where
        self.truth = truth
        self.htaccess = htaccess
        self.tops = _tops(host)

    def layers(self) -> list[Layer]:
        """All of them; for a request that goes to a backend `<Proxy>` stands for the folders and files."""
        proxied = self.where.backend is not None
        folders = self._of("proxy") if proxied else self._folders()
        files = [] if proxied else list(self._files(folders))
        urls = self._of("urls")
        outer = [*folders, *files, *urls]
        inner = ((layer.host, scope, layer.truth) for layer in outer for scope in layer.nested)
        level = list(self._conditions([*((owner, scope, True) for owner, scope in self.tops.get("ifs", ())), *inner]))
        conditions = []
        while level:
            conditions += level
            level = list(self._conditions([(one.host, scope, one.truth) for one in level for scope in one.nested]))
        return [*server_layers(self.host), *outer, *conditions]

    def _of(self, kind: str) -> list[Layer]:
        return [self._layer(owner, scope) for owner, scope in self.tops.get(kind, ()) if scope.covers(self.where)]

    def _layer(self, owner: VirtualHost, scope: Scope, truth: bool | None = True) -> Layer:
        return Layer(owner, scope.lines, scope, truth, nested=tuple(scope.inner))

    def _files(self, folders: Sequence[Layer]) -> Iterator[Layer]:
        """`<Files>`: first those outside of folders, then those in the folders, in the folders' order."""
        inside = [(one.host, scope) for one in folders for scope in one.nested if scope.kind in _FILES]
        for owner, scope in (*self.tops.get("files", ()), *inside):
            if scope.covers(self.where) or self._is_folder_of(scope):
                yield self._layer(owner, scope)

    def _is_folder_of(self, scope: Scope) -> bool:
        """Whether a request for a folder, whose file name is empty, matches: `<Files *>` does."""
        if self.where.name or self.where.path is None:
            return False
        pattern = compile_pattern(scope.argument) if scope.regex else None
        return pattern.search("") is not None if pattern else fnmatchcase("", scope.argument)

    def _folders(self) -> list[Layer]:
        """`<Directory>` by depth, each depth's `.htaccess` behind it, then the patterns, by slashes in them."""
        plain = sorted(self._of("folders"), key=_depth)
        if self.htaccess is not None and self.where.path is not None:
            plain = self._with_htaccess(plain, self.where.path)
        return plain + sorted(self._of("patterns"), key=_slashes)

    def _with_htaccess(self, plain: Sequence[Layer], path: str) -> list[Layer]:
        found: list[Layer] = []
        rest = list(plain)
        grant = Grant()
        for folder in _folders_to(path, bool(self.where.name)):
            depth = len([part for part in folder.split("/") if part])
            while rest and _depth(rest[0]) <= depth:
                grant = grant.after(rest[0].items)
                found.append(rest.pop(0))
            if grant.reads:
                found += self._read(folder, grant)
        return found + rest

    def _read(self, folder: str, grant: Grant) -> Iterator[Layer]:
        """The `.htaccess` of a folder, if there is one."""
        assert self.htaccess is not None
        names = self.host.setting("accessfilename").value
        for name in [one.value for one in names] if names else [".htaccess"]:
            path = posixpath.join(folder, name)
            configuration = self.htaccess(path)
            if configuration is not None:
                items = configuration.children
                refused = tuple(grant.refused(items, self.host.server.target.httpd))
                nested = tuple(scopes(one for one in items if type(one) is Section))
                yield Layer(self.host, tuple(lines_of(items)), None, True, path, nested, refused)
                return

    def _conditions(self, found: Sequence[tuple[VirtualHost, Scope, bool | None]]) -> Iterator[Layer]:
        """The branches of `<If>` that are taken; each comes with what is known of the layer around it."""
        taken: bool | None = False
        for owner, scope, around in found:
            if scope.kind not in _IFS:
                continue
            before = False if scope.kind == "if" else taken
            here = True if scope.kind == "else" else self.truth(scope.section.argument)
            if before is not False and here is not False:
                here = False if before else None
            taken = True if before else here if before is False else None
            if here is not False:
                yield self._layer(owner, scope, here and around)


def _nesting(scope: Scope | None) -> int:
    """How many conditions a condition stands in."""
    count = -1
    while scope is not None:
        count += scope.kind in _IFS
        scope = scope.outer
    return count


def _depth(layer: Layer) -> int:
    assert layer.scope is not None
    return layer.scope.rank[1]


def _slashes(layer: Layer) -> int:
    """How deep a pattern counts (`ap_count_dirs`)."""
    assert layer.scope is not None
    return layer.scope.argument.count("/")


def _folders_to(path: str, is_file: bool) -> Iterator[str]:
    """The folders from the root to a file's folder, or to a folder itself."""
    parts = [part for part in path.split("/") if part]
    for count in range(len(parts) + (0 if is_file else 1)):
        yield "/" + "/".join(parts[:count])
