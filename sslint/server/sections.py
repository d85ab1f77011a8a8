"""Sections of a host: what they cover, and in which order httpd lays them over each other.

Sources: `ap_location_walk`, `ap_directory_walk`, `ap_file_walk` and `ap_if_walk` in httpd's
server/request.c; `ap_core_reorder_directories` in server/core.c.
"""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..configuration.model import Directive, Item, Section
from ..lazily import lazy
from .pattern import compile_pattern, sample

if TYPE_CHECKING:
    from .host import VirtualHost

_RANK = {"directory": 0, "directorymatch": 1, "proxy": 1, "proxymatch": 1, "files": 2, "filesmatch": 2, "location": 3,
         "locationmatch": 3, "if": 4, "elseif": 4, "else": 4}  # fmt: skip
_MERGED_INTO_OUTER = frozenset({"limit", "limitexcept", "requireall", "requireany", "requirenone"})
_SLASHES = re.compile(r"/{2,}")
_WILDCARD = re.compile(r"[*?\[]")


class Where(NamedTuple):
    """What a request asks for: its URL path, the file system path that it is mapped to, the backend it is proxied to.

    Any of them may be unknown (None); `name` is the last part of the path, where a file is meant.
    """

    url: str | None
    path: str | None
    name: str = ""
    backend: str | None = None


class Scope:
    """One section as a place for per-directory settings; `outer` is the section around it."""

    def __init__(self, section: Section, outer: Scope | None = None) -> None:
        self.section = section
        self.outer = outer
        words = section.values
        self.kind = section.key
        self.regex = section.key.endswith("match")
        if words and words[0] == "~" and not self.regex:
            self.kind, self.regex, words = section.key + "match", True, words[1:]
        self.argument = words[0] if words else ""

    @lazy
    def lines(self) -> tuple[Directive, ...]:
        """What stands in it, `<Limit>` and `<Require…>` groups included, in the order of reading."""
        return tuple(lines_of(self.section.children))

    @lazy
    def directives(self) -> dict[str, list[Directive]]:
        """Its lines by key, those under conditions that a reader takes for false left out."""
        found: dict[str, list[Directive]] = {}
        for directive in self.lines:
            if directive.condition is None or directive.condition.likely:
                found.setdefault(directive.key, []).append(directive)
        return found

    @lazy
    def inner(self) -> list[Scope]:
        """The sections inside it that are levels of their own."""
        return list(scopes((one for one in _own_sections(self.section)), self))

    def last(self, key: str) -> Directive | None:
        """The last directive of a key."""
        found = self.directives.get(key)
        return found[-1] if found else None

    @property
    def rank(self) -> tuple[int, int]:
        """Its place in the server's order, before the order of the file."""
        rank = max(_RANK.get(self.kind, 0), self.outer.rank[0] if self.outer else 0)
        depth = len([part for part in self.argument.split("/") if part]) if self.kind == "directory" else 0
        return rank, depth

    def covers(self, where: Where) -> bool:
        """Whether it applies to a request; what can't be told counts as no."""
        if self.outer is not None and not self.outer.covers(where):
            return False
        if self.kind in ("directory", "directorymatch"):
            return where.path is not None and self._covers_path(where.path)
        if self.kind in ("location", "locationmatch"):
            return self._covers_url(where.url)
        if self.kind in ("files", "filesmatch"):
            return bool(where.name) and self._covers_name(where.name)
        is_proxy = self.kind in ("proxy", "proxymatch")
        return is_proxy and where.backend is not None and self._covers_backend(where.backend)

    def _covers_backend(self, backend: str) -> bool:
        """Whether it applies to requests for a backend's URL: `proxy_walk` in mod_proxy.c."""
        if self.regex:
            return self._matches(backend)
        if not _WILDCARD.search(self.argument):
            return backend.startswith(self.argument)
        return any(fnmatch.fnmatchcase(one, self.argument) for one in (backend, backend + "/"))

    def _covers_name(self, name: str) -> bool:
        return self._matches(name) if self.regex else fnmatch.fnmatchcase(name, self.argument)

    def _matches(self, text: str) -> bool:
        pattern = compile_pattern(self.argument)
        return pattern is not None and pattern.search(text) is not None

    def _covers_path(self, path: str) -> bool:
        if self.regex:
            parts = path.rstrip("/").split("/")
            return any(
                self._matches("/".join(parts[:count]) + end) for count in range(1, len(parts) + 1) for end in ("", "/")
            )
        if _WILDCARD.search(self.argument):
            wanted = [part for part in self.argument.split("/") if part]
            given = [part for part in path.split("/") if part]
            return len(given) >= len(wanted) and all(map(fnmatch.fnmatchcase, given, wanted))
        return is_below(path, self.argument)

    def _covers_url(self, url: str | None) -> bool:
        if self.regex:
            return url is not None and self._matches(url)
        if self.argument in ("/", ""):
            return url is None or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", url)
        if url is None:
            return False
        url = _SLASHES.sub("/", url)
        if _WILDCARD.search(self.argument):
            wanted, given = self.argument.split("/"), url.split("/")
            return len(given) == len(wanted) and all(map(fnmatch.fnmatchcase, given, wanted))
        return url.startswith(self.argument) if self.argument.endswith("/") else is_below(url, self.argument)

    def example(self) -> str:
        """A path or URL that it covers; empty where none can be told."""
        if self.regex:
            return sample(self.argument)
        return filled(self.argument)

    def __repr__(self) -> str:
        return f"<Scope {self.kind} {self.argument}>"


def filled(pattern: str) -> str:
    """A path that a pattern with `*`, `?` and `[…]` matches."""
    return re.sub(r"\[[^\]]*\]|[*?]", "x", pattern)


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder, or lies in it."""
    folder = folder.rstrip("/")
    return path == folder or path.startswith(folder + "/") or not folder


def scopes(sections: Iterable[Section], outer: Scope | None = None) -> Iterator[Scope]:
    """The sections that are levels, those under conditions that a reader takes for false left out."""
    for section in sections:
        if section.key in _RANK and (section.condition is None or section.condition.likely):
            yield Scope(section, outer)


def all_scopes(found: Iterable[Scope]) -> Iterator[Scope]:
    """Scopes with those inside them, the outer first."""
    for scope in found:
        yield scope
        if scope.inner:
            yield from all_scopes(scope.inner)


def host_scopes(host: VirtualHost) -> list[Scope]:
    """Every level that a host's requests may meet, the main server's before its own, in the order of merging."""
    return sorted(host.server.main.own_scopes if host.is_main else
                  host.server.main.own_scopes + host.own_scopes, key=lambda scope: scope.rank)  # fmt: skip


def lines_of(items: Iterable[Item]) -> Iterator[Directive]:
    """The directives of one level, those in groups that are no level of their own included."""
    for item in items:
        if type(item) is not Section:
            yield item
        elif item.key in _MERGED_INTO_OUTER:
            yield from lines_of(item.children)


def _own_sections(section: Section) -> Iterator[Section]:
    for item in section.children:
        if type(item) is Section:
            if item.key in _MERGED_INTO_OUTER:
                yield from _own_sections(item)
            else:
                yield item


def normal(path: str) -> str:
    """A path without double slashes and dots."""
    return posixpath.normpath(path).replace("//", "/") if path else path
