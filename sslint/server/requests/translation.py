"""From URL to what answers it: the hooks `translate_name`, in the server's order.

mod_rewrite goes first, then ProxyPass, then Redirect, then Alias, then DocumentRoot. Sources:
`hook_uri2file` in mod_rewrite.c, `proxy_trans` in mod_proxy.c, `translate_alias_redir` in mod_alias.c,
`ap_core_translate` in server/core.c.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ...configuration.model import Directive
from ..mapping import Mapper, in_order, lies_in
from ..memory import kept
from ..merging.layers import Layer
from ..pattern import compile_pattern
from ..redirects import REDIRECTS, Redirect, all_rewrite_items, redirects_of, rewrite_items
from ..sections import normal
from ..setting import usable
from .message import Kind, Request, World
from .rewrites import Outcome, Rewriting, Rule, rules_of

if TYPE_CHECKING:
    from ..host import VirtualHost

_ALIASES = ("alias", "scriptalias", "aliasmatch", "scriptaliasmatch")
_MASS = (
    "virtualdocumentroot",
    "virtualdocumentrootip",
    "virtualscriptalias",
    "virtualscriptaliasip",
    "wsgiscriptalias",
)
_REFERENCE = re.compile(r"\$(\d)")


class Translated(NamedTuple):
    """What a URL becomes. `kind` is `redirect`, `status`, `proxy`, `file` or `unknown`.

    `value` is the target, backend or path, `url` the URL path that sections are looked up by. A file has a
    status where that of a redirect stays with it; `ends_rewriting` tells that rules in sections are not run.
    """

    kind: str
    value: str = ""
    status: int = 0
    directive: Directive | None = None
    url: str = ""
    why: str = ""
    is_script: bool = False
    ends_rewriting: bool = False


class Translation:
    """One translation of a request; `layers` are the URL's sections as far as they are known before it."""

    def __init__(self, host: VirtualHost, request: Request, world: World, layers: Sequence[Layer]) -> None:
        self.host = host
        self.request = request
        self.world = world
        self.layers = [one for one in layers if not one.is_server]
        self._ends = False

    def run(self, url: str, mapper: Mapper) -> Translated:
        """What the first hook that takes the URL makes of it."""
        rewritten, url = self._rewritten(url)
        found = rewritten or self._backend(url, mapper) or self._redirected(url) or self._aliased(url)
        found = found or self._mass(url) or self._rooted(url)
        return found._replace(ends_rewriting=True) if self._ends else found

    def _rewritten(self, url: str) -> tuple[Translated | None, str]:
        switches = [line for one in self.layers if one.truth for line in one.items if line.key == "rewriteengine"]
        if not rewrite_items(self.host, switches[-1] if switches else None):
            return None, url
        rules = _rules(self.host)
        found = Rewriting(self.request, self.world, file=url).run(rules, url)
        self._ends = found.ends
        if found.kind == "pass":
            return None, url
        if found.kind == "path":
            return (None, found.value) if found.through else (self._file(found, url), url)
        why = "RewriteRule or its conditions depend on more" if found.kind == "unknown" else ""
        return Translated(found.kind, found.value, found.status, found.directive, url, why), url

    def _file(self, found: Outcome, url: str) -> Translated:
        """A rewritten path: the file system's where its first folder is there (`prefix_stat`), else below the root."""
        path, directive = found.value, found.directive
        if not path.startswith("/"):
            return Translated("status", status=400, directive=directive, url=url)
        first = "/" + path.split("/")[1]
        if self.world.kind_of(first) not in (Kind.FILE, Kind.FOLDER):
            path = normal(document_root(self.host).rstrip("/") + path) + ("/" if path.endswith("/") else "")
        return Translated("file", path, found.status, directive, url)

    def _backend(self, url: str, mapper: Mapper) -> Translated | None:
        inside = [line for layer in self.layers for line in layer.items if line.key.startswith("proxypass")]
        entry = mapper.entry(url, inside)
        if entry is None or entry.backend is None:
            return None
        return Translated("proxy", entry.backend, directive=entry.directive, url=url)

    def _redirected(self, url: str) -> Translated | None:
        whole = [one for layer in self.layers for one in redirects_of(layer.items, True) if one.source is None]
        for one in [*whole[-1:], *_server_redirects(self.host)]:
            taken = one.takes(url)
            if taken is None:
                return Translated("unknown", directive=one.directive, url=url, why="its pattern can't be run here")
            if taken:
                return redirected(one, url)
        return None

    def _aliased(self, url: str) -> Translated | None:
        line, layer = next(self._section_aliases(), (None, None))
        if line is not None and layer is not None:
            return self._found(line, line.values[0] + self._kept(layer, url), url)
        for line in _alias_lines(self.host):
            path = _alias(line, url)
            if path is not None:
                return self._found(line, path, url)
        return None

    def _section_aliases(self) -> Iterator[tuple[Directive, Layer]]:
        """Alias lines inside sections, the one in force first."""
        for layer in reversed(self.layers):
            for line in reversed(usable(one for one in layer.items if one.key in ("alias", "scriptalias"))):
                if len(line.values) == 1:
                    yield line, layer

    def _kept(self, layer: Layer, url: str) -> str:
        """What such an Alias keeps of a URL path: nothing, unless AliasPreservePath lets it (2.4.58 on)."""
        lines = [line for one in self.layers for line in one.items if line.key == "aliaspreservepath"]
        if layer.scope is None or layer.scope.regex or not lines or lines[-1].text.strip().lower() != "on":
            return ""
        return url[len(layer.scope.argument.rstrip("/")) :]

    def _found(self, line: Directive, path: str, url: str) -> Translated:
        if not path.startswith("/"):
            path = f"{self.host.server.configuration.server_root.rstrip('/')}/{path}"
        return Translated("file", path, directive=line, url=url, is_script=line.key.startswith("script"))

    def _mass(self, url: str) -> Translated | None:
        """What a module maps by the name of a host or user, or a program's own list."""
        for key in _MASS:
            for line in self.host.all(key)[-1:]:
                if line.keyword != "none":
                    return Translated("unknown", directive=line, url=url, why=f"{line.name} maps it")
        if url.startswith("/~"):
            for line in self.host.all("userdir")[-1:]:
                if line.keyword != "disabled":
                    return Translated("unknown", directive=line, url=url, why="UserDir maps it to a user's folder")
        return None

    def _rooted(self, url: str) -> Translated:
        line = self.host.setting("documentroot").directive
        return Translated("file", document_root(self.host).rstrip("/") + url, directive=line, url=url)


@kept
def _rules(host: VirtualHost) -> list[Rule]:
    """The rules of a host whose engine is on."""
    return rules_of(all_rewrite_items(host))


@kept
def _server_redirects(host: VirtualHost) -> list[Redirect]:
    """The Redirect lines of a host, then the main server's."""
    return [found for one in _inner_first(host) for found in redirects_of(in_order(one, REDIRECTS))]


@kept
def _alias_lines(host: VirtualHost) -> list[Directive]:
    return [line for one in _inner_first(host) for line in in_order(one, _ALIASES)]


def _inner_first(host: VirtualHost) -> list[VirtualHost]:
    return [host] if host.is_main else [host, host.server.main]


@kept
def document_root(host: VirtualHost) -> str:
    """The folder that a host's URLs stand for."""
    found = host.setting("documentroot").value
    root = found[0].value if found else "htdocs"
    return root if root.startswith("/") else f"{host.server.configuration.server_root.rstrip('/')}/{root}"


def redirected(one: Redirect, url: str) -> Translated:
    """The answer of a Redirect line."""
    target = one.target
    if one.source is not None and one.directive.key != "redirectmatch":
        target += url[len(one.source.rstrip("/") if one.source != "/" else "/") :]
    kind = "redirect" if 300 <= one.status < 400 else "status"
    return Translated(kind, target if kind == "redirect" else "", one.status, one.directive, url)


def _alias(line: Directive, url: str) -> str | None:
    """Where an Alias line leads a URL path; None where it does not take it."""
    words = line.values
    if len(words) < 2:
        return None
    if line.key.endswith("match"):
        pattern = compile_pattern(words[0])
        match = pattern.search(url) if pattern is not None else None
        if match is None:
            return None
        groups = (match.group(0), *match.groups(""))
        return _REFERENCE.sub(lambda one: groups[int(one[1])] if int(one[1]) < len(groups) else "", words[1])
    return words[1] + url[len(words[0]) :] if lies_in(url, words[0]) else None
