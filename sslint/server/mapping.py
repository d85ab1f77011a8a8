"""From URL to content: DocumentRoot, Alias, ProxyPass.

Sources: `try_alias_list` in mod_alias, `proxy_trans` in mod_proxy, `ap_core_translate` in
server/core.c.
"""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections.abc import Callable, Container, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..configuration.model import Directive, Section
from .memory import kept
from .pattern import compile_pattern, literal_prefix
from .sections import Scope, Where, all_scopes, filled, is_below, normal
from .setting import usable

if TYPE_CHECKING:
    from .host import VirtualHost

_ALIASES = ("alias", "scriptalias", "wsgiscriptalias")
_ALIAS_PATTERNS = ("aliasmatch", "scriptaliasmatch", "wsgiscriptaliasmatch")
_VARIABLE_PART = re.compile(r"[$%].*")


def lies_in(url: str, prefix: str) -> bool:
    """Whether the prefix of an Alias, Redirect or ProxyPass takes a URL path (`alias_matches`)."""
    return url.startswith(prefix) if prefix.endswith("/") else is_below(url, prefix)


class Mapping(NamedTuple):
    """URLs below `url` (None where it can't be told) are files below `folder`."""

    url: str | None
    folder: str
    directive: Directive | None


class Proxied(NamedTuple):
    """URLs below `url`, or matching `pattern`, go to a backend; None is an exception from that."""

    url: str
    pattern: re.Pattern[str] | None
    backend: str | None
    directive: Directive | None = None
    in_section: bool = False

    def takes(self, url: str) -> bool:
        """Whether a URL path is this entry's."""
        if self.pattern is not None:
            return self.pattern.search(url) is not None
        return lies_in(url, self.url)

    def is_met(self, inside: Container[Directive] | None) -> bool:
        """Whether a request that met sections with these lines comes upon it."""
        return not self.in_section or inside is None or self.directive in inside


class Mapper:
    """What a host does with URLs."""

    def __init__(self, host: VirtualHost) -> None:
        self.host = host
        self.mappings = list(_mappings(host))
        self.proxied = list(_proxied(host))

    def entry(self, url: str, inside: Container[Directive] | None = None) -> Proxied | None:
        """The ProxyPass entry that takes a URL path; it may be an exception from proxying.

        `inside` are the lines of the sections that the request met before it was rewritten, None where it was not.
        """
        return next((one for one in self.proxied if one.takes(url) and one.is_met(inside)), None)

    def where(self, url: str) -> Where:
        """What a request for a URL path meets."""
        backend = self.entry(url)
        if backend is not None and backend.backend is not None:
            return Where(url, None, backend=backend.backend)
        for mapping in self.mappings:
            if mapping.url is not None and lies_in(url, mapping.url):
                rest = url[len(mapping.url.rstrip("/")) :]
                return Where(url, normal(mapping.folder.rstrip("/") + rest))
        return Where(url, None)

    def requests_for(self, scope: Scope) -> list[Where]:
        """The requests by which a section's content can be reached; empty when it can't."""
        if scope.kind in ("directory", "directorymatch"):
            return list(self._into(scope))
        if scope.kind in ("location", "locationmatch"):
            example = scope.example() or ("" if scope.regex else "/")
            return [self.where(self._mapped(_absolute(example)))] if example else [Where(None, None)]
        if scope.kind in ("proxy", "proxymatch"):
            proxied = (self.where(one.url) for one in self.proxied if one.backend is not None)
            return [one for one in proxied if one.backend is not None and scope.covers(one)]
        if scope.outer is not None:
            outer = self.requests_for(scope.outer)
            name = scope.example() if scope.kind in ("files", "filesmatch") else ""
            return [Where(one.url, one.path, name or one.name, one.backend) for one in outer]
        if scope.kind in ("files", "filesmatch"):
            root = self.where("/")
            return [Where("/" + scope.example(), root.path, scope.example())] if root.path else []
        return []

    def _mapped(self, url: str) -> str:
        """A section's URL, with the slash without which an Alias for what lies in it does not take it."""
        return url + "/" if any(one.url == url + "/" for one in self.mappings) else url

    def _into(self, scope: Scope) -> Iterator[Where]:
        """The ways into what a section covers."""
        folder = normal(scope.example())
        pattern = folder if scope.regex else scope.argument
        return self.into(folder, pattern, lambda path: scope.covers(Where(None, path)))

    def into(self, folder: str, pattern: str = "", covers: Callable[[str], bool] | None = None) -> Iterator[Where]:
        """The ways into a folder: mappings to it, below it or above it.

        `pattern` is the folder as a section writes it, perhaps with wildcards, `covers` tells what lies in it.
        """
        if not folder.startswith("/") and not re.match(r"[A-Za-z]:", folder):
            return
        for mapping in self.mappings:
            if covers(mapping.folder) if covers is not None else is_below(mapping.folder, folder):
                path, rest = mapping.folder, ""
            else:
                rest = _rest(pattern or folder, mapping.folder)
                if not rest:
                    continue
                path = mapping.folder.rstrip("/") + rest
            if mapping.url is None:
                yield Where(None, path)
                continue
            url = normal(mapping.url.rstrip("/") + rest) if rest else mapping.url
            if self.where(url).path == path:
                yield Where(url, path)
        if "/public_html" in folder and self.host.all("userdir"):
            yield Where(None, folder)

    def mapped_by(self, where: Where) -> Directive | None:
        """The line that leads a request to its place; None for what no line says, such as the default root."""
        if where.backend is not None and where.url is not None:
            entry = self.entry(where.url)
            return entry.directive if entry is not None else None
        path = where.path
        if path is None:
            return None
        if where.url is not None:
            found = [one for one in self.mappings if one.url is not None and lies_in(where.url, one.url)]
        else:
            found = [one for one in self.mappings if one.url is None and is_below(path, one.folder)]
        users = self.host.all("userdir") if "/public_html" in path else []
        return found[0].directive if found else users[-1] if users else None


@kept
def mapper_of(host: VirtualHost) -> Mapper:
    """What a host does with URLs."""
    return Mapper(host)


def _rest(pattern: str, folder: str) -> str:
    """What a section's path, perhaps with wildcards, adds to a folder above it; empty where it is not above."""
    wanted, given = normal(pattern).strip("/").split("/"), folder.strip("/").split("/") if folder != "/" else []
    if len(wanted) <= len(given) or not all(map(fnmatch.fnmatchcase, given, wanted)):
        return ""
    return "/" + "/".join(filled(part) for part in wanted[len(given) :])


def in_order(host: VirtualHost, keys: Sequence[str]) -> list[Directive]:
    """A host's own directives of several keys, in the order of the file.

    Its lines are walked only where it has more than one of the keys: the main server's are many.
    """
    present = [key for key in keys if key in host.own]
    if len(present) < 2:
        return usable(host.own[present[0]]) if present else []
    return usable(one for one in host.children if one.key in present and type(one) is not Section)


def _absolute(url: str) -> str:
    return url if url.startswith("/") else "/" + url


def _mappings(host: VirtualHost) -> Iterator[Mapping]:
    hosts = [host] if host.is_main else [host, host.server.main]
    for one in hosts:
        for directive in in_order(one, (*_ALIASES, *_ALIAS_PATTERNS)):
            yield from _alias(directive, host)
    yield from _document_root(host)


def _alias(directive: Directive, host: VirtualHost) -> Iterator[Mapping]:
    values = directive.values
    if len(values) < 2:
        return
    folder = _folder(values[1], host)
    if directive.key in _ALIAS_PATTERNS:
        prefix = literal_prefix(values[0])
        base = _VARIABLE_PART.sub("", folder)
        exact = "(" not in prefix and base.rstrip("/").endswith(prefix.rstrip("/")) and prefix not in ("", "/")
        yield Mapping(prefix.rstrip("/") if exact else None, base.rstrip("/") or "/", directive)
    else:
        yield Mapping(values[0], folder.rstrip("/") or "/", directive)


def _document_root(host: VirtualHost) -> Iterator[Mapping]:
    for key in ("virtualdocumentroot", "virtualdocumentrootip"):
        for directive in host.all(key)[-1:] if key in host.server.keys else ():
            for value in directive.values[:1]:
                yield Mapping(None, value.partition("%")[0].rstrip("/") or "/", directive)
    setting = host.setting("documentroot")
    if setting.value:
        yield Mapping("/", _folder(setting.value[0].value, host), setting.directive)
    elif not host.server.is_fragment:
        yield Mapping("/", posixpath.join(host.server.configuration.server_root, "htdocs"), None)


def _folder(path: str, host: VirtualHost) -> str:
    if not path.startswith("/") and not re.match(r"[A-Za-z]:", path):
        path = posixpath.join(host.server.configuration.server_root or "/", path)
    return normal(path)


def _proxied(host: VirtualHost) -> Iterator[Proxied]:
    """The entries in the order of `proxy_trans`: the last section's, the main server's, the host's."""
    hosts = [host] if host.is_main else [host, host.server.main]
    for one in hosts:
        for scope in reversed([*all_scopes(one.own_scopes)]):
            if scope.kind in ("location", "locationmatch") and scope.argument:
                for key in ("proxypass", "proxypassmatch"):
                    for directive in scope.directives.get(key, ())[-1:]:
                        for backend in directive.values[:1]:
                            yield _proxy_entry(scope.argument, backend, scope.regex, directive, True)
    for one in reversed(hosts):
        for directive in in_order(one, ("proxypass", "proxypassmatch")):
            values = directive.values
            if len(values) >= 2:
                yield _proxy_entry(values[0], values[1], directive.key == "proxypassmatch", directive)


def _proxy_entry(url: str, backend: str, is_pattern: bool, directive: Directive, in_section: bool = False) -> Proxied:
    pattern = compile_pattern(url) if is_pattern else None
    where = "\0" if is_pattern and pattern is None else url
    return Proxied(where, pattern, None if backend == "!" else backend, directive, in_section)
