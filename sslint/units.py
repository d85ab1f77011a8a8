"""Which server does a file belong to?

The answer, in this order: the roots that the settings name; a root found by walking up whose
expansion includes the file; else the file stands alone as a fragment, its server unknown.
`.htaccess` files are always read for themselves.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from .configuration import Configuration, Role, expand
from .configuration.problem import INCOMPLETE
from .envvars import assignments
from .files import Files, Kind, ReadError, Status, below
from .layouts import MAIN_NAMES, MAIN_PLACES, PathMap, derived_map, likely_preset, tree
from .report import Unread
from .settings import Reading, RootSettings, Settings
from .syntax import Trees
from .text import decode
from .walk import HTACCESS, configurations, excluded, is_configuration, is_template, looks_main

_TOPS = (".git", ".hg", ".svn")
"""A folder that holds one of these is as far as a walk up goes."""


class MappedFiles:
    """Files under the names that the server has for them."""

    def __init__(self, files: Files, path_map: PathMap) -> None:
        self._files = files
        self._map = path_map

    def kind(self, path: str) -> Kind:
        return self._files.kind(self._map.real(path))

    def read(self, path: str) -> bytes:
        return self._files.read(self._map.real(path))

    def list(self, path: str) -> list[str]:
        return self._files.list(self._map.real(path))

    def resolve(self, path: str) -> str:
        return self._files.resolve(self._map.real(path))

    def status(self, path: str) -> Status | None:
        return self._files.status(self._map.real(path))


class Unit(NamedTuple):
    """One configuration to judge: a server, a fragment or a `.htaccess` file.

    `shown` are the files and folders whose findings were asked for; None stands for all.
    """

    path: str
    configuration: Configuration
    files: Files
    """The files as the server names them."""
    path_map: PathMap
    sources: frozenset[str]
    """The real paths of all files that were read."""
    shown: frozenset[str] | None = None

    def shows(self, path: str) -> bool:
        """Whether findings in a file were asked for."""
        return self.shown is None or any(path == one or path.startswith(one + "/") for one in self.shown)


class Gathered(NamedTuple):
    """The units of the given paths, and what could not be read."""

    units: tuple[Unit, ...]
    unread: tuple[Unread, ...]


def gather(files: Files, given: Sequence[str], settings: Settings, trees: Trees | None = None) -> Gathered:
    """The units that the given files and folders (absolute paths) belong to."""
    return _Gathering(files, settings, trees or Trees()).run(given)


def boundary(files: Files, given: Sequence[str], settings: Settings) -> list[str]:
    """The folders that may be read: what was pointed at, and the trees of the roots in reach."""
    folders = [*settings.allow, *(real for _, real in settings.reading.map)]
    for root in settings.roots:
        folders += [tree(root.path), *(real for _, real in root.reading.map)]
    for path in given:
        folder = path if files.kind(path) is Kind.DIRECTORY else tree(path)
        folders += [folder, *(tree(main) for _, main in _above(files, folder))]
        if files.resolve(path) != path:  # a link may lead anywhere
            folders.append(path)
    folders += [posixpath.dirname(one) for one in _envvars(settings)]
    return sorted(set(folders))


def _envvars(settings: Settings) -> Iterator[str]:
    for reading in (settings.reading, *(root.reading for root in settings.roots)):
        if reading.envvars:
            yield reading.envvars


def _loads_all(configuration: Configuration) -> bool:
    """Whether the LoadModule lines name all that is loaded: one chose the MPM, and nothing was left unread."""
    loaded = configuration.loaded - configuration.target.static_modules - configuration.target.assumed_modules
    if configuration.read_errors or not any(name.startswith("mpm_") for name in loaded):
        return False
    return not any(problem.kind in INCOMPLETE for problem in configuration.problems)


def _twin(path: str) -> str:
    """What Debian's a2ensite calls a site that it enables."""
    return path.replace("-available/", "-enabled/")


def _above(files: Files, folder: str) -> Iterator[tuple[str, str]]:
    """Main files in a folder and above it, nearest first, each with the folder of its level."""
    while True:
        for place in MAIN_PLACES:
            path = posixpath.join(folder, place)
            if files.kind(path) is Kind.FILE:
                yield folder, path
        parent = posixpath.dirname(folder)
        if parent == folder or any(files.kind(posixpath.join(folder, top)) is not Kind.MISSING for top in _TOPS):
            return
        folder = parent


class _Gathering:
    """One search for units; every root is expanded once."""

    def __init__(self, files: Files, settings: Settings, trees: Trees) -> None:
        self.files = files
        self.settings = settings
        self.trees = trees
        self.named = {root.path: root for root in settings.roots}
        self.roots: dict[str, Unit | None] = {}
        self.alone: dict[str, Unit] = {}
        self.taken: set[str] = set()
        self.shown: dict[str, set[str] | None] = {}
        self.unread: dict[str, Unread] = {}
        self.above: dict[str, list[tuple[str, str]]] = {}
        self.resolved: dict[str, str] = {}
        self.names: dict[str, dict[str, str]] = {}
        self.linked: dict[str, dict[str, str]] = {}
        """Of each root the files that it reads by another name: the name that it reads, and the given one."""

    def run(self, given: Sequence[str]) -> Gathered:
        """All units of all paths."""
        for path in sorted(given, key=lambda path: posixpath.basename(path) not in MAIN_NAMES):
            if self.settings.force_exclude and self.left_out(path):
                continue
            kind = self.files.kind(path)
            if kind is Kind.DIRECTORY:
                self.folder(path)
            elif kind is Kind.FILE:
                self.file(path, {path})
            else:
                outside = kind is Kind.UNKNOWN
                self.fail(path, "outside the folders that may be read" if outside else "No such file or directory")
        chosen = [*(unit for unit in self.roots.values() if unit and unit.path in self.shown), *self.alone.values()]
        return Gathered(tuple(map(self.finished, chosen)), tuple(self.unread.values()))

    def left_out(self, path: str) -> bool:
        """Whether a pattern of the settings excludes a path, or a folder that it is in."""
        home = self.settings.folder
        relative = path[len(home) + 1 :] if home and path.startswith(home + "/") else path.lstrip("/")
        parts = relative.split("/")
        return any(excluded("/".join(parts[:count]), self.settings.exclude) for count in range(1, len(parts) + 1))

    def finished(self, unit: Unit) -> Unit:
        """A unit with what is shown of it, and with the names that the caller uses for its files."""
        shown = self.shown[unit.path]
        named = self.linked.get(unit.path, {})
        names = ((name, named.get(unit.path_map.real(name))) for name in unit.configuration.sources) if named else ()
        links = [(name, given) for name, given in names if given]
        return unit._replace(
            shown=None if shown is None else frozenset(shown),
            path_map=PathMap.of(*links, *unit.path_map.pairs) if links else unit.path_map,
        )

    def fail(self, path: str, message: str) -> None:
        """Remember what could not be read."""
        self.unread.setdefault(path, Unread(path, message))

    def folder(self, folder: str) -> None:
        """Everything below a folder: roots first, then what none of them includes."""
        unread: list[Unread] = []
        found = list(configurations(self.files, folder, self.settings.exclude, unread))
        for one in unread:
            self.fail(one.path, one.message)
        for path in self.named:
            if path.startswith(folder + "/") and path not in found:
                found.insert(0, path)
        first = [path for path in found if path in self.named or posixpath.basename(path) in MAIN_NAMES]
        first.sort(key=lambda path: path not in self.named)
        for path in first:
            self.file(path, {path, folder})
        rest = [path for path in found if path not in set(first)]
        alone = [path for path in rest if not self.expanded(path)]
        mains = {path for path in alone if posixpath.basename(path) != HTACCESS and self.is_main(path)}
        for path in sorted(rest, key=lambda path: path not in mains):
            self.file(path, {path, folder})

    def file(self, path: str, shown: set[str]) -> None:
        """One file: find its roots, or take it for itself."""
        if is_template(path, self.text(path) or ""):
            if self.settings.force_exclude:
                return
            self.fail(path, "a template is no configuration yet: lint what is made of it")
            return
        if posixpath.basename(path) == HTACCESS:
            self.stand_alone(path, "htaccess")
            return
        roots = self.roots_of(path)
        for root in roots:
            whole = root.path == path and len(shown) == 1
            name = self.name_in(root, path)
            if path in shown and len(shown) == 1 and name not in (path, ""):
                self.linked.setdefault(root.path, {}).setdefault(name, path)
            self.show(root.path, None if whole else shown | {name or _twin(path)})
        if not roots and not (self.settings.force_exclude and not is_configuration(self.files, path)):
            self.stand_alone(path, "fragment")

    def show(self, root: str, paths: set[str] | None) -> None:
        """Ask for the findings of files under a root; None asks for all."""
        before = self.shown.setdefault(root, set())
        self.shown[root] = None if before is None or paths is None else before | paths

    def roots_of(self, path: str) -> list[Unit]:
        """The roots that a file belongs to, itself among them if it is one."""
        named = [unit for root in self.named if (unit := self.root(root)) and self.covers(unit, path)]
        if named:
            return named
        level = ""
        found: list[Unit] = []
        start = posixpath.dirname(path)
        if start not in self.above:
            self.above[start] = list(_above(self.files, start))
        for folder, main in self.above[start]:
            if found and folder != level:
                break
            level = folder
            if main != path and (unit := self.root(main)) and self.covers(unit, path):
                found.append(unit)
        near = {unit.path for unit in found}
        found += [unit for unit in self.expanded(path) if unit.path not in near]
        if not found and self.is_main(path) and (unit := self.root(path)):
            found.append(unit)
        return found

    def is_main(self, path: str) -> bool:
        """Whether a file that no other includes is a server's main file."""
        if path in self.named or posixpath.basename(path) in MAIN_NAMES:
            return True
        text = self.text(path)
        return text is not None and looks_main(text)

    def expanded(self, path: str) -> list[Unit]:
        """The roots known so far that read a file."""
        return [unit for unit in self.roots.values() if unit and unit.path in self.shown and self.covers(unit, path)]

    def covers(self, unit: Unit, path: str) -> bool:
        """Whether a unit reads a file; of a Debian site, a copy in the enabled folder counts too."""
        if path in unit.sources or self.name_in(unit, path):
            return True
        twin = _twin(path)
        return twin != path and twin in unit.sources and self.text(twin) == self.text(path)

    def name_in(self, unit: Unit, path: str) -> str:
        """The name under which a unit reads a file, which may be a symbolic link to it; nothing if it doesn't."""
        if path in unit.sources:
            return path
        if unit.path not in self.names:
            self.names[unit.path] = {self.resolve(name): name for name in sorted(unit.sources, reverse=True)}
        return self.names[unit.path].get(self.resolve(path), "")

    def resolve(self, path: str) -> str:
        """A path behind symbolic links."""
        if path not in self.resolved:
            self.resolved[path] = self.files.resolve(path)
        return self.resolved[path]

    def root(self, path: str) -> Unit | None:
        """A root's unit; None when its main file can't be read."""
        if path not in self.roots:
            self.roots[path] = self.expand(path, "main", self.named.get(path, RootSettings(path)))
        return self.roots[path]

    def stand_alone(self, path: str, role: Role) -> None:
        """A file whose server is unknown; a link to one that was taken brings nothing new."""
        if (resolved := self.resolve(path)) in self.taken:
            return
        unit = self.expand(path, role, RootSettings(path))
        if unit is not None:
            self.taken.add(resolved)
            self.alone[path] = unit
            self.shown[path] = None

    def text(self, path: str) -> str | None:
        """A file's text."""
        try:
            return decode(self.files.read(path))
        except ReadError as error:
            self.fail(path, str(error))
            return None

    def expand(self, path: str, role: Role, root: RootSettings) -> Unit | None:
        """Read a configuration for the server that the settings and its place say."""
        text = self.text(path)
        if text is None:
            return None
        reading = root.reading.over(self.settings.reading)
        likely = likely_preset(self.files, path, text) if role == "main" else ""
        target = reading.resolve(likely)
        path_map = PathMap.of(*reading.map)
        if role == "main" and not self.settings.check_environment:  # which says that the server is this machine
            derived = derived_map(self.files, path, text, target, reading.server_root, bool(reading.target or likely))
            path_map = PathMap.of(*reading.map, *derived.pairs)
        files = MappedFiles(self.files, path_map)
        read = partial(
            expand,
            path_map.server(path),
            files,
            target,
            role=role,
            server_root=below("/", reading.server_root) if reading.server_root else None,
            defines=reading.defines,
            environment=self.environment(reading),
            trees=self.trees,
        )
        configuration = read()
        if _loads_all(configuration):
            asked = configuration.asked_for_modules
            configuration = read(modules_certain=True) if asked else replace(configuration, modules_certain=True)
        for name, reason in configuration.read_errors:
            self.fail(path_map.real(name), reason)
        sources = frozenset(path_map.real(name) for name in configuration.sources)
        return Unit(path, configuration, files, path_map, sources)

    def environment(self, reading: Reading) -> dict[str, str]:
        """The variables of an envvars file."""
        text = self.text(reading.envvars) if reading.envvars else None
        return assignments(text) if text is not None else {}
