"""What is in force in a place: the settings to show, each with its spelling, module and value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..configuration import Configuration, expand
from ..files import Files, Kind
from ..knowledge.directives import directives
from ..server import Server, VirtualHost
from ..server.merging.effective import Effective, of_layers
from ..server.merging.layers import Layer, request_layers, server_layers
from ..server.merging.merge import merging
from ..server.requests.asked import Asked
from ..server.requests.request import Answer
from ..server.truth import judge
from ..tls.defaults import default_words
from .answers import answer_of, known_of

_FIRST = ("mod_ssl", "core")
_CORE = ("http_core", "prefork", "worker", "event", "mpm_")


class InForce(NamedTuple):
    """One setting: how the directive is spelled, the module that owns it, and the value as it would be written."""

    name: str
    module: str
    value: str | None
    effective: Effective
    note: str = ""


class Place(NamedTuple):
    """A host, or a request to it, with what is in force there.

    `unseen` are `.htaccess` files at which nobody may look, `unread` those that can't be read. `answer` is
    what the request gets.
    """

    host: VirtualHost
    asked: Asked | None
    layers: Sequence[Layer]
    settings: Sequence[InForce]
    unseen: Sequence[str]
    unread: Sequence[str]
    answer: Answer | None = None


class Htaccess:
    """Reads `.htaccess` files by the server's path, and remembers those that it could not see or read."""

    def __init__(self, server: Server, files: Files) -> None:
        self._server = server
        self._files = files
        self.unseen: list[str] = []
        self.unread: list[str] = []

    def __call__(self, path: str) -> Configuration | None:
        kind = self._files.kind(path)
        if kind is Kind.UNKNOWN:
            self.unseen.append(path)
        if kind is not Kind.FILE:
            return None
        found = expand(path, self._files, self._server.target, role="htaccess")
        if found.read_errors:
            self.unread.append(path)
            return None
        return found


def in_force(
    host: VirtualHost,
    asked: Asked | None = None,
    keys: Iterable[str] = (),
    *,
    defaults: bool = False,
    files: Files | None = None,
) -> Place:
    """What is in force in a host or for a request; `keys` asks for directives by their names in lower case."""
    reader = Htaccess(host.server, files) if files is not None else None
    layers = server_layers(host) if asked is None else _layers(asked, files, reader)
    wanted = list(keys)
    found = of_layers(host, layers, wanted)
    if defaults and not wanted:
        found += _unset(host, {merging().rule(one.key, host.server.target.httpd).group for one in found})
    settings = [shown(host, one) for one in found]
    if not wanted:
        settings.sort(key=lambda one: (_rank(one.module), one.module))
    if reader is None:
        return Place(host, asked, layers, settings, (), ())
    answer = answer_of(asked, files, reader) if asked is not None else None
    unseen = dict.fromkeys(_below_override(reader.unseen, layers))
    return Place(host, asked, layers, settings, list(unseen), list(dict.fromkeys(reader.unread)), answer)


def _below_override(paths: Iterable[str], layers: Iterable[Layer]) -> list[str]:
    """The `.htaccess` files that something lets in: where AllowOverride is not set, they may hold nothing."""
    keys = ("allowoverride", "allowoverridelist")
    depths = [one.scope.rank[1] for one in layers if one.scope and any(item.key in keys for item in one.items)]
    return [path for path in paths if depths and len([part for part in path.split("/") if part]) > min(depths)]


def _layers(asked: Asked, files: Files | None, reader: Htaccess | None) -> list[Layer]:
    where = asked.where
    if files is not None and where.path is not None and files.kind(where.path) is Kind.DIRECTORY:
        where = where._replace(name="")
    known = known_of(asked)
    return request_layers(asked.host, where, lambda text: judge(text, known), reader)


def _rank(module: str) -> int:
    return _FIRST.index(module) if module in _FIRST else len(_FIRST)


def _unset(host: VirtualHost, groups: set[str]) -> Iterator[Effective]:
    """The settings that nothing sets, of httpd's own modules that are there or may be."""
    server = host.server
    version = server.target.httpd
    known = server.configuration.loaded
    for facts in directives():
        key = facts.name.lower()
        if facts.is_section or facts.package or not facts.exists(version) or facts.is_tombstone(version):
            continue
        if server.configuration.modules_certain and known.isdisjoint(facts.module_ids(version)):
            continue
        rule = merging().rule(key, version)
        if rule.is_setting and rule.group not in groups and default_words(host, key) is not None:
            yield from of_layers(host, (), (key,))


def shown(host: VirtualHost, one: Effective) -> InForce:
    """A setting with its spelling, its module and its value as it would be written."""
    facts = directives().lookup(one.key, section=False)
    written = one.winner.directive.name if one.winner is not None else one.key
    name = facts.name if facts is not None else written
    modules = facts.modules(host.server.target.httpd) or facts.modules() if facts is not None else ()
    module = min(modules, key=lambda one: ("core" not in one, one), default="unknown")
    if one.key == "sslengine":
        return _engine(host, one, name, module)
    value = None if one.words is None else _value(one)
    if not one.lines:
        value = default_words(host, one.key)
    return InForce(name, "core" if module.startswith(_CORE) else module, value, one, _note(host, one))


def _value(one: Effective) -> str:
    """The words as they were written, or the set that they come to."""
    winner = one.winner
    if winner is None or one.rule.merge.partition(":")[0] in ("bits", "flags"):
        return " ".join(one.words or ())
    return winner.directive.text.strip()


def _engine(host: VirtualHost, one: Effective, name: str, module: str) -> InForce:
    """SSLEngine, which a Listen may switch on too."""
    engine = host.engine
    value = None if engine.value is None else "on" if engine.value else "off"
    directive = engine.directive
    note = ""
    if directive is not None and directive.key == "listen":
        note = f"{directive.name} {directive.text} implies it"
    return InForce(name, module, value, one, note)


def _note(host: VirtualHost, one: Effective) -> str:
    """Who decides instead of this host."""
    if one.key != "sslprotocol" or not host.is_tls:
        return ""
    others = [other for other in host.deciders if other is not host]
    if not others:
        return ""
    names = ", ".join(other.title for other in others)
    return f"handshakes take it from {names}, the default host of the address"


def keys_of(names: Iterable[str]) -> list[str]:
    """Names as they were typed, in lower case. Raises LookupError with a suggestion for one that nobody knows."""
    found = []
    for name in names:
        key = name.lower()
        if directives().lookup(key, section=False) is None:
            near = directives().suggest(name, section=False, limit=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise LookupError(f"no directive is called {name}{hint}")
        found.append(key)
    return found
