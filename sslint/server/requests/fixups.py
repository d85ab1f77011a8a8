"""What lines inside sections answer after the access check: RewriteRule and Redirect.

Sources: `hook_fixup` in mod_rewrite.c, `fixup_redir` in mod_alias.c.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..merging import rewriting
from ..merging.fold import Line
from ..merging.layers import Layer
from ..redirects import redirects_of
from ..sections import Where
from .message import Request, World
from .rewrites import Outcome, Rewriting, rules_of
from .translation import Translated, redirected

if TYPE_CHECKING:
    from ..host import VirtualHost


class FixUps:
    """The fix-ups of one request; `layers` are all that it meets."""

    def __init__(self, host: VirtualHost, request: Request, world: World, layers: Sequence[Layer]) -> None:
        self.host = host
        self.request = request
        self.world = world
        self.layers = layers
        self.sections = [one for one in layers if not one.is_server]

    def run(self, found: Translated, where: Where, whole: str) -> Translated | None:
        """The answer, or with the kind `restart` the path to go on with; None where nothing is changed.

        `whole` is the path with what follows a file's name.
        """
        return (None if found.ends_rewriting else self._rewritten(found, where, whole)) or self._redirected()

    def _redirected(self) -> Translated | None:
        inner = [redirects_of(one.items, True) for one in self.sections if one.truth]
        whole = [one for lines in inner for one in lines if one.source is None]
        for one in [*whole[-1:], *(one for lines in reversed(inner) for one in lines if one.source is not None)]:
            if one.takes(self.request.path):
                return redirected(one, self.request.path)
        return None

    def _rewritten(self, found: Translated, where: Where, whole: str) -> Translated | None:
        switch = [line for layer in self.layers if layer.truth for line in layer.items if line.key == "rewriteengine"]
        if not switch or switch[-1].keyword != "on":
            return None
        lines = [
            Line(line, layer, number)
            for number, layer in enumerate(self.sections)
            for line in layer.items
            if line.key in ("rewritecond", "rewriterule")
        ]
        rules = rules_of([one.directive for one in rewriting.rules(lines, self.sections).lines])
        if not rules:
            return None
        last = next(one for one in reversed(self.sections) if rewriting.touches(one))
        prefix = _folder_of(last)
        if prefix and f"{where.path}/" == prefix and not self.request.path.endswith("/") and not _takes_no_slash(last):
            return None  # mod_dir adds the slash first
        path = where.path or f"proxy:{found.value.rstrip('/')}{self.request.path}"
        run = Rewriting(self.request, self.world, prefix, self._base(last, where, prefix), path)
        slash = "/" if self.request.path.endswith("/") and where.path and not where.name else ""
        return self._told(run.run(rules, (whole or path) + slash))

    def _told(self, outcome: Outcome) -> Translated | None:
        if outcome.kind == "pass" or (outcome.kind == "path" and outcome.value == self.request.path):
            return None
        kind = "restart" if outcome.kind == "path" else outcome.kind
        why = "RewriteRule or its conditions depend on more" if kind == "unknown" else ""
        return Translated(kind, outcome.value, outcome.status, outcome.directive, why=why)

    def _base(self, layer: Layer, where: Where, prefix: str) -> str:
        """The URL path of a folder whose rules run: RewriteBase, else what the URL was mapped by."""
        bases = [line for line in layer.items if line.key == "rewritebase" and line.values]
        if bases:
            return bases[-1].values[0]
        rest = (where.path or "").removeprefix(prefix)
        url = self.request.path.rstrip("/")
        if rest and url.endswith(rest):
            return url[: -len(rest)]
        return "/" if rest else url


def _takes_no_slash(layer: Layer) -> bool:
    """Whether RewriteOptions AllowNoSlash lets the rules of a folder see its URL without the slash."""
    return any("allownoslash" in line.text.lower() for line in layer.items if line.key == "rewriteoptions")


def _folder_of(layer: Layer) -> str:
    """The path that rules of a layer have taken off, with its slash."""
    if layer.htaccess:
        return posixpath.dirname(layer.htaccess).rstrip("/") + "/"
    scope = layer.scope
    if scope is None or scope.kind != "directory":
        return ""
    return scope.argument.rstrip("/") + "/"
