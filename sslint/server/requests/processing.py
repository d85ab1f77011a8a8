"""One request's way through a host: translation, sections, access, fix-ups, handler.

Source: `ap_process_request_internal` and `ap_invoke_handler`; `fixup_dir` in mod_dir.c; `default_handler` in
server/core.c.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ...configuration.model import Directive, Item
from ..access import OLD_STYLE
from ..judging import judge
from ..mapping import Mapper, mapper_of
from ..merging.layers import Layer, has_url_layers, request_layers
from ..redirects import REDIRECTS
from ..sections import Where, normal
from .admission import Admission, gathered, words_of
from .answer import Answer, Step
from .fixups import FixUps
from .message import Kind, Request, World
from .translation import Translated, Translation
from .variables import environment

if TYPE_CHECKING:
    from ...configuration import Configuration
    from ..host import VirtualHost

_SERVED = ("GET", "HEAD", "POST")
_REPORTS = ("server-status", "server-info", "balancer-manager", "ldap-status", "md-status")
_CONTROLS = frozenset({*OLD_STYLE, "require", "sslrequiressl", "sslrequire", "authmerging", "sslverifyclient"})
_DEEPEST = 10


class There(NamedTuple):
    """What a request is mapped to. `whole` is the path with what follows a file's name (PATH_INFO)."""

    where: Where
    kind: Kind | None = None
    whole: str = ""
    more: bool = False


class Processing:
    """One run of a request through a host."""

    def __init__(self, host: VirtualHost, request: Request, world: World, depth: int = 0) -> None:
        self.host = host
        self.request = request
        self.world = world
        self.depth = depth
        self.steps: list[Step] = []
        self._files: dict[str, Configuration | None] = {}

    def answer(self) -> Answer:
        """What comes of it."""
        found = self._answer()
        return replace(found, steps=(*self.steps, *found.steps))

    def _answer(self) -> Answer:
        if self.depth > _DEEPEST:
            return self._gives(500, "rewrite", None, why="too many internal redirects")
        found = self.translated(mapper_of(self.host))
        if found.kind in ("redirect", "status"):
            return self._moved(found, "before the access check")
        if found.kind == "unknown":
            return self._gives(None, "rewrite", found.directive, why=found.why)
        if found.url and found.url != self.request.path:
            self.request = replace(self.request, path=found.url)
        if self.request.method == "TRACE" and found.kind == "file":
            return self._trace()
        return self._checked(found)

    def translated(self, mapper: Mapper) -> Translated:
        """What the URL becomes, before anybody asks who may have it."""
        early = self._layers(Where(self.request.path, None)) if has_url_layers(self.host) else ()
        return Translation(self.host, self.request, self.world, early).run(self.request.path, mapper)

    def _gives(
        self, status: int | None, by: str, directive: Directive | None, why: str = "", location: str = ""
    ) -> Answer:
        return Answer(status, by, self.host, directive, location, why)

    def _note(self, text: str, directive: Directive | None = None) -> None:
        self.steps.append(Step(text, directive, True))

    def _moved(self, found: Translated, when: str) -> Answer:
        name = found.directive.name if found.directive is not None else "a redirect"
        self._note(f"{name} answers {when}", found.directive)
        by = "rewrite" if name.lower().startswith("rewrite") else "redirect"
        return self._gives(found.status, by, found.directive, location=found.value)

    def _trace(self) -> Answer:
        """TRACE is answered while the path is looked up, before any access check."""
        line = self.host.winner("traceenable")
        off = line is not None and line.keyword == "off"
        self._note("TRACE is answered before the access check", line)
        return self._gives(405 if off else 200, "handler", line)

    # Sections

    def _layers(self, where: Where) -> list[Layer]:
        return request_layers(self.host, where, self._truth, self._htaccess if self.world.htaccess else None)

    def _truth(self, condition: str) -> bool | None:
        return judge(condition, self.request.lookup)

    def _htaccess(self, path: str) -> Configuration | None:
        if path not in self._files:
            self._files[path] = self.world.htaccess(path) if self.world.htaccess is not None else None
        return self._files[path]

    def _items(self, layer: Layer) -> Sequence[Item]:
        """A layer's lines with the groups that they stand in."""
        if layer.scope is not None:
            return layer.scope.section.children
        found = self._files.get(layer.htaccess)
        return found.children if found is not None else []

    def _where(self, found: Translated) -> There:
        """What is looked up, and what is there."""
        if found.kind == "proxy":
            return There(Where(self.request.path, None, backend=found.value))
        path = normal(found.value)
        if self.world.kind is None:
            folder = found.value.endswith("/")
            return There(Where(found.url, path, "" if folder else posixpath.basename(path)), None, path)
        kind, whole = self.world.kind_of(path), path
        while kind is Kind.MISSING and self.world.kind_of(posixpath.dirname(path)) is Kind.MISSING:
            path = posixpath.dirname(path)
        if kind is Kind.MISSING and self.world.kind_of(posixpath.dirname(path)) is Kind.FILE:
            path, kind = posixpath.dirname(path), Kind.FILE
        name = "" if kind is Kind.FOLDER else posixpath.basename(path)
        more = path != whole or (kind is Kind.FILE and found.value.endswith("/"))
        return There(Where(found.url, path, name), kind, whole, more)

    # Access

    def _checked(self, found: Translated) -> Answer:
        there = self._where(found)
        layers = self._layers(there.where)
        for layer in layers:
            if layer.scope is not None:
                header = layer.scope.section
                self._note(f"{header.title} applies", header)
            elif layer.htaccess:
                self._note(f"{layer.htaccess} applies")
        lines = [line for layer in layers if not layer.is_server for line in layer.items]
        variables = environment(lines, self.request)
        if variables is not self.request.environment:
            self.request = replace(self.request, environment=variables)
        refused = next((line for layer in layers for line in layer.refused), None)
        if refused is not None:
            return self._gives(500, "access", refused, why="the .htaccess file may not say so")
        unsure = next((one for one in layers if one.truth is None and _controls(one)), None)
        if unsure is not None and unsure.scope is not None:
            return self._gives(None, "access", unsure.scope.section, why="whether an <If> is taken depends on more")
        admission = gathered(self.host, layers, self._items)
        decision = admission.decide(self.request)
        if decision.status is not None or decision.why:
            name = decision.directive.name if decision.directive is not None else "access control"
            self._note(f"{name} decides: {decision.status or 'unknown'}", decision.directive)
            by = "login" if decision.status in (401, 500) else "access"
            return self._gives(decision.status, by, decision.directive, why=decision.why)
        fixed = self._fixed(layers, found, there)
        return fixed if fixed is not None else self._handled(found, there, layers, admission)

    # Fix-ups and handlers

    def _fixed(self, layers: Sequence[Layer], found: Translated, there: There) -> Answer | None:
        """What the lines inside sections answer after the access check."""
        outcome = FixUps(self.host, self.request, self.world, layers).run(found, there.where, there.whole)
        if outcome is None:
            return None
        if outcome.kind == "restart":
            return self._restarted(outcome)
        if outcome.kind == "proxy":
            return self._proxied(outcome.value, outcome.directive)
        if outcome.kind == "unknown":
            return self._gives(None, "rewrite", outcome.directive, outcome.why)
        return self._moved(outcome, "after the access check")

    def _restarted(self, outcome: Translated) -> Answer:
        """An internal redirect: the request goes through everything again with another path."""
        self._note(f"{outcome.value} is looked up instead", outcome.directive)
        again = replace(self.request, path=outcome.value)
        return Processing(self.host, again, self.world, self.depth + 1).answer()

    def _handled(self, found: Translated, there: There, layers: Sequence[Layer], admission: Admission) -> Answer:
        handler = admission.last.get("sethandler")
        name = handler.values[0].lower() if handler is not None and handler.values else "none"
        if found.kind == "proxy":
            return self._proxied(found.value, found.directive)
        if name.startswith("proxy:"):
            return self._proxied(name.removeprefix("proxy:"), handler)
        if name in _REPORTS and self.request.limit == "GET":
            return self._gives(200, "handler", handler)
        if there.kind is Kind.FOLDER:
            return self._folder(layers, admission)
        return self._file(found, there)

    def _file(self, found: Translated, there: There) -> Answer:
        """What comes of a path that is no folder."""
        if found.is_script and there.kind is Kind.FILE and self._has("cgi_module", "cgid_module"):
            return self._gives(None, "handler", found.directive, why="the program answers")
        if self.request.method not in _SERVED:
            return self._unserved()
        if there.kind is Kind.MISSING or there.more:
            return self._gives(404, "file", found.directive)
        return self._gives(
            found.status or 200, "file", found.directive, "" if there.kind is not None else "if the file is there"
        )

    def _unserved(self) -> Answer:
        """What the default handler makes of other methods than GET and POST."""
        status = 200 if self.request.method == "OPTIONS" else 405 if self.request.limit else 501
        return self._gives(status, "handler", None)

    def _proxied(self, backend: str, directive: Directive | None) -> Answer:
        status = self.world.backend(backend) if self.world.backend is not None else None
        self._note(f"goes to {backend}", directive)
        why = "" if status is not None else "the backend answers"
        return self._gives(status, "proxy", directive, why, backend)

    def _has(self, *modules: str) -> bool:
        configuration = self.host.server.configuration
        return not configuration.modules_certain or not configuration.loaded.isdisjoint(modules)

    def _folder(self, layers: Sequence[Layer], admission: Admission) -> Answer:
        """What mod_dir and mod_autoindex make of a folder."""
        if not self.request.path.endswith("/"):
            slash = admission.last.get("directoryslash")
            if self._has("dir_module") and not (slash is not None and slash.text.strip().lower() == "off"):
                return self._gives(301, "redirect", slash, location=self.request.path + "/")
        else:
            index = self._indexed(admission)
            if index is not None:
                return index
        if self.request.method not in _SERVED:
            return self._unserved()
        if self._has("autoindex_module"):
            listed = "indexes" in words_of(self.host, layers, "options")
            return self._gives(200 if listed else 403, "file", admission.last.get("options"))
        return self._gives(404, "file", None)

    def _indexed(self, admission: Admission) -> Answer | None:
        """What the first DirectoryIndex answers that is there; else an error that one of them met."""
        refused: Answer | None = None
        for name in self._indexes(admission) if self._has("dir_module") else ():
            answer = self._index(name)
            if answer.status == 200 and self.request.method not in _SERVED:
                return self._unserved()
            if answer.status in (None, 200, 401) or 300 <= (answer.status or 0) < 400:
                return answer
            if answer.status != 404:
                refused = answer
        return refused

    def _indexes(self, admission: Admission) -> list[str]:
        line = admission.last.get("directoryindex")
        return list(line.values) if line is not None else ["index.html"]

    def _index(self, name: str) -> Answer:
        """A subrequest for one DirectoryIndex."""
        path = name if name.startswith("/") else self.request.path + name
        return Processing(
            self.host, replace(self.request, path=path, method="GET", is_subrequest=True), self.world, self.depth + 1
        ).answer()


def _controls(layer: Layer) -> bool:
    return any(line.key in _CONTROLS or line.key in REDIRECTS for line in layer.items)
