"""What the editor's buffers come to: the same analysis as on the command line, with the buffers over the disk."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, NamedTuple

from ..analysis import Survey, survey
from ..assist.project import Project
from ..files import DiskFiles, Files, Kind, OverlayFiles, ReadError, Status, is_absolute
from ..knowledge.directives import directives
from ..registry import Registry
from ..schema import SettingsError
from ..settings import NAMES, Settings, find, load
from ..syntax import Trees
from ..text import encode
from ..units import boundary
from .engine import Token

if TYPE_CHECKING:
    from ..baseline import Baseline

_PLACED = re.compile(r"(.*?):\d+:\d+: ")
OPTIONS = "the editor's settings"
"""What the editor's own settings are called in messages."""


class Overrides(NamedTuple):
    """What the editor says over the settings files: a text of their form, and the folder of its paths."""

    text: str = ""
    folder: str = ""


class Group(NamedTuple):
    """Buffers under one settings file, and what became of them."""

    settings: Settings
    files: Files
    material: Files | None
    paths: tuple[str, ...]
    survey: Survey
    project: Project
    registry: Registry
    """The rules, with those that the settings bring."""


class Result(NamedTuple):
    """One analysis of all buffers. `mistakes` are the messages of bad settings, each by the file that it is about."""

    groups: tuple[Group, ...]
    texts: Mapping[str, str]
    mistakes: Mapping[str, str]

    def group(self, path: str) -> Group | None:
        """The group of a buffer, or of a file that one of its roots reads."""
        for one in self.groups:
            if path in one.paths or any(path in unit.sources for unit in one.survey.units):
                return one
        return None


class Watched:
    """Files that end the work when it is no longer wanted."""

    def __init__(self, files: Files, token: Token) -> None:
        self._files = files
        self._token = token

    def kind(self, path: str) -> Kind:
        return self._files.kind(path)

    def read(self, path: str) -> bytes:
        self._token.check()
        return self._files.read(path)

    def list(self, path: str) -> list[str]:
        self._token.check()
        return self._files.list(path)

    def resolve(self, path: str) -> str:
        return self._files.resolve(path)

    def status(self, path: str) -> Status | None:
        return self._files.status(path)


class Recorded(Watched):
    """Files that remember what was read of them."""

    def __init__(self, files: Files) -> None:
        super().__init__(files, Token())
        self.seen: dict[str, bytes] = {}

    def read(self, path: str) -> bytes:
        self.seen[path] = super().read(path)
        return self.seen[path]

    def still(self, files: Files) -> bool:
        """Whether the same would be read again."""
        try:
            return all(files.read(path) == data for path, data in self.seen.items())
        except ReadError:
            return False


class Session:
    """Reads settings and analyses buffers, again and again; what did not change is kept."""

    def __init__(self, registry: Registry, runs_code: bool = False) -> None:
        self.registry = registry
        self.runs_code = runs_code
        """Whether rules in Python, which a settings file names, may run: opening a file is no consent to that."""
        self._trees = Trees()
        self._loaded: dict[str | None, tuple[Overrides, Recorded, Settings]] = {}

    def work(self, texts: Mapping[str, str], overrides: Overrides, token: Token) -> Callable[[], Result]:
        """The work that the buffers, by their paths, make; it may run in another thread."""
        return lambda: _Work(self, dict(texts), overrides, token).run()

    def settings(self, path: str | None, files: Files, overrides: Overrides, mistakes: dict[str, str]) -> Settings:
        """The settings of a file; of one with a mistake, those that it had before."""
        before = self._loaded.get(path)
        if before is not None and before[0] == overrides and before[1].still(files):
            return before[2]
        recorded = Recorded(files)
        try:
            found = load(
                recorded,
                path,
                self.registry,
                further=overrides.text,
                folder=overrides.folder,
                name=OPTIONS,
                runs_code=self.runs_code,
            )
        except SettingsError as error:
            mistakes[_place_of(str(error), path)] = str(error)
        except ReadError as error:
            mistakes[path or OPTIONS] = f"{path}:1:1: cannot be read: {error}"
        else:
            self._loaded[path] = (overrides, recorded, found)
            return found
        return before[2] if before is not None else Settings()

    def survey(self, files: Files, paths: tuple[str, ...], settings: Settings, token: Token) -> Group:
        """Judge some buffers."""
        disk = DiskFiles() if settings.check_files else None
        found = survey(
            Watched(files, token),
            paths,
            settings,
            everything=True,
            registry=self.registry,
            material=disk,
            trees=self._trees,
            pulse=token.check,
        )
        registry = self.registry.extended(settings.own)
        return Group(settings, files, disk, paths, found, Project(found, files.resolve), registry)


class _Work:
    """One analysis."""

    def __init__(self, session: Session, texts: dict[str, str], overrides: Overrides, token: Token) -> None:
        self.session = session
        self.texts = texts
        self.overrides = overrides
        self.token = token
        self.mistakes: dict[str, str] = {}

    def run(self) -> Result:
        """Gather the buffers by their settings files, and judge each lot."""
        overlay = {path: encode(text) for path, text in self.texts.items()}
        everywhere = OverlayFiles(DiskFiles(), overlay)
        lots: dict[str | None, list[str]] = {}
        for path in self.texts:
            if is_settings(path):
                self.session.settings(path, everywhere, self.overrides, self.mistakes)
            else:
                lots.setdefault(find(everywhere, posixpath.dirname(path)), []).append(path)
        for _ in directives():  # decode the tables here, not when somebody waits for a completion
            pass
        groups = [self.group(where, tuple(paths), everywhere, overlay) for where, paths in lots.items()]
        return Result(tuple(groups), self.texts, self.mistakes)

    def group(
        self, where: str | None, paths: tuple[str, ...], everywhere: Files, overlay: Mapping[str, bytes]
    ) -> Group:
        """The buffers of one settings file."""
        settings = self.session.settings(where, everywhere, self.overrides, self.mistakes)
        settings = settings.replace(now=datetime.now(timezone.utc), baseline=self.baseline(settings, everywhere))
        files = OverlayFiles(DiskFiles(boundary=boundary(everywhere, paths, settings)), overlay)
        return self.session.survey(files, paths, settings, self.token)

    def baseline(self, settings: Settings, files: Files) -> Baseline | None:
        """What the settings accept for now."""
        path = settings.baseline_path
        if not path:
            return None
        from ..baseline import BaselineError
        from ..baseline import load as load_baseline

        try:
            return load_baseline(files, path)
        except BaselineError as error:
            self.mistakes[path] = str(error)
            return None


def _place_of(message: str, path: str | None) -> str:
    """The file that a mistake stands in: a settings file, one that it names such as a profile, or none."""
    match = _PLACED.match(message)
    named = match[1] if match is not None else ""
    return named if named == OPTIONS or is_absolute(named) else path or OPTIONS


def is_settings(path: str) -> bool:
    """Whether a file is one of ours."""
    return posixpath.basename(path) in NAMES
