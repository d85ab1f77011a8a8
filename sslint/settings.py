"""What the user decided: `.sslint.yaml`, found by walking up; the command line wins over it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from .diagnostic import Severity
from .files import Files, Kind, below
from .knowledge.modules import module_group
from .knowledge.targets import DEFAULT, Target, preset
from .knowledge.versions import HttpdVersion
from .options import check_options, option
from .rule import OptionValue
from .text import decode

if TYPE_CHECKING:
    from datetime import datetime

    from .baseline import Baseline
    from .registry import Registry
    from .rule import Rule
    from .schema import Format, Value
    from .tls.profiles import Profile

NAMES = (".sslint.yaml", ".sslint.yml")
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_OPENSSL = re.compile(r"\d+\.\d+(\.\d+)?[a-z]?$")


class Reading(NamedTuple):
    """How a configuration is read: for which server, and where that server's folders lie here.

    `target` names a preset, `httpd` and `openssl` are versions; empty means not decided.
    """

    target: str = ""
    httpd: str = ""
    openssl: str = ""
    server_root: str = ""
    defines: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    map: tuple[tuple[str, str], ...] = ()
    envvars: str = ""

    def over(self, base: Reading) -> Reading:
        """These decisions, with another's where nothing was decided; lists add up."""
        return Reading(
            target=self.target or base.target,
            httpd=self.httpd or base.httpd,
            openssl=self.openssl or base.openssl,
            server_root=self.server_root or base.server_root,
            defines=base.defines + self.defines,
            modules=base.modules + self.modules,
            map=self.map + base.map,
            envvars=self.envvars or base.envvars,
        )

    def resolve(self, likely: str = "") -> Target:
        """The target; `likely` is a preset that the files themselves suggest. Raises ValueError.

        An old httpd named without an OpenSSL means the OpenSSL of its time.
        """
        name = self.target or likely
        target = preset(name) if name else DEFAULT
        if self.openssl:
            target = target.with_openssl(self.openssl)
        if self.httpd:
            httpd = HttpdVersion.parse(self.httpd)
            target = target.replace(httpd=httpd) if self.openssl else target.with_httpd(httpd)
        if self.modules:
            named = {name for word in self.modules for name in module_group(word)}
            target = target.replace(assumed_modules=target.assumed_modules | named)
        return target


class RootSettings(NamedTuple):
    """A root that the settings name: its real path, and what differs for it; its profiles add to the others."""

    path: str
    reading: Reading = Reading()
    profiles: tuple[Profile, ...] = ()


class Settings(NamedTuple):
    """All decisions of one run. Patterns are relative to `folder`, paths are absolute."""

    folder: str = ""
    roots: tuple[RootSettings, ...] = ()
    reading: Reading = Reading()
    allow: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    """Whether named files are left out too where `exclude` says so or they are no configuration: for hooks."""
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fixable: tuple[str, ...] = ()
    unfixable: tuple[str, ...] = ()
    """Whose fixes may be applied: those of `fixable`, or all, and not those."""
    per_file_ignores: Mapping[str, tuple[str, ...]] = _NOTHING
    severities: Mapping[str, Severity] = _NOTHING
    severity: Severity = Severity.STYLE
    fail_on: Severity | None = Severity.WARNING
    check_environment: bool = False
    """Whether to report what depends on the machine: files that are missing, users unknown."""
    check_files: bool = False
    """Whether the certificates and keys that directives name must be readable, wherever they lie."""
    heed_comments: bool = True
    """Whether comments in the configuration silence findings."""
    baseline_path: str = ""
    baseline: Baseline | None = None
    """What is accepted for now; whoever reads the settings reads it from `baseline_path`."""
    now: datetime | None = None
    """The time that certificates are judged by; never read from a clock here."""
    options: Mapping[str, Mapping[str, OptionValue]] = _NOTHING
    profiles: tuple[Profile, ...] = ()
    """The policies that every root is held to."""
    own: tuple[Rule, ...] = ()
    """Rules beside those that ship: declared in the file, or loaded since it names them."""

    def replace(self, **changes: object) -> Settings:
        """A copy with some decisions changed."""
        return self._replace(**changes)  # type: ignore[arg-type]


def find(files: Files, folder: str) -> str | None:
    """The nearest settings file in a folder or above it."""
    while True:
        for name in NAMES:
            path = posixpath.join(folder, name)
            if files.kind(path) is Kind.FILE:
                return path
        parent = posixpath.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def load(
    files: Files,
    path: str | None,
    registry: Registry,
    *,
    further: str = "",
    folder: str = "",
    name: str = "",
    runs_code: bool = True,
) -> Settings:
    """Read a settings file. Raises SettingsError for a mistake in it, ReadError without access.

    What `further` says, a text of the same form that is called by a name, goes before what stands in the
    file; without a file, its paths are relative to `folder`. Rules in Python are a mistake unless it `runs_code`.
    """
    import json
    from importlib.resources import files as resources

    from .schema import Reader

    schema = json.loads(resources("sslint").joinpath("settings.schema.json").read_text("utf-8"))
    names = _Names(registry, files, path or f"{folder}/{name}", runs_code)
    data = Reader(schema, _formats(names), path).read(decode(files.read(path))) if path else {}
    if further:
        data |= Reader(schema, _formats(names), name).read(further)
    return _settings(data, posixpath.dirname(path) if path else folder, names).replace(own=tuple(names.own))


def _settings(data: Mapping[str, Value], folder: str, known: _Names) -> Settings:
    registry = known.registry
    names = cast("dict[str, list[str]]", data)
    plain = {key: tuple(names[key]) for key in ("exclude", "select", "ignore", "fixable", "unfixable") if key in data}
    changes: dict[str, object] = dict(plain)
    if "extend-select" in data:
        changes["extend_select"] = tuple(names["extend-select"])
    if "severity" in data:
        changes["severity"] = Severity.parse(str(data["severity"]))
    if "check-environment" in data:
        changes["check_environment"] = bool(data["check-environment"])
    if "check-files" in data:
        changes["check_files"] = bool(data["check-files"])
    if "baseline" in data:
        changes["baseline_path"] = _path(folder, str(data["baseline"]))
    if "fail-on" in data:
        changes["fail_on"] = fail_on(str(data["fail-on"]))
    return Settings(
        folder=folder,
        roots=tuple(_root(one, folder, known) for one in cast("list[Value]", data.get("roots", []))),
        reading=_reading(data, folder),
        profiles=_profiles(data, known),
        allow=tuple(_path(folder, one) for one in names.get("allow", [])),
        per_file_ignores={
            pattern: tuple(rules)
            for pattern, rules in cast("dict[str, list[str]]", data.get("per-file-ignores", {})).items()
        },
        severities={
            registry.get(name).code: Severity.parse(word)
            for name, word in cast("dict[str, str]", data.get("severities", {})).items()
        },
        options={
            registry.get(name).code: {key: option(value) for key, value in options.items()}
            for name, options in cast("dict[str, dict[str, Value]]", data.get("options", {})).items()
        },
    ).replace(**changes)


def fail_on(word: str) -> Severity | None:
    """The severity of a word; None for `never`."""
    return None if word == "never" else Severity.parse(word)


def _root(value: Value, folder: str, known: _Names) -> RootSettings:
    if isinstance(value, dict):
        return RootSettings(_path(folder, str(value["path"])), _reading(value, folder), _profiles(value, known))
    return RootSettings(_path(folder, str(value)))


def _profiles(data: Mapping[str, Value], known: _Names) -> tuple[Profile, ...]:
    chosen = [known.profiles[word] for word in cast("list[str]", data.get("profiles", []))]
    return tuple({one.label: one for one in chosen}.values())


def _reading(data: Mapping[str, Value], folder: str) -> Reading:
    lists = cast("Mapping[str, list[str]]", data)
    pairs = cast("dict[str, str]", data.get("map", {}))
    return Reading(
        target=str(data.get("target", "")),
        httpd=str(data.get("httpd", "")),
        openssl=str(data.get("openssl", "")),
        server_root=str(data.get("server-root", "")),
        defines=tuple(lists.get("defines", [])),
        modules=tuple(lists.get("modules", [])),
        map=tuple((below("/", server), _path(folder, real)) for server, real in pairs.items()),
        envvars=_path(folder, str(data["envvars"])) if "envvars" in data else "",
    )


def _path(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))


class _Names:
    """What a settings file may name: the rules that ship and those that it brings itself, and profiles."""

    def __init__(self, registry: Registry, files: Files, path: str, runs_code: bool) -> None:
        self.registry = registry
        self.runs_code = runs_code
        self.files = files
        self.path = path
        self.own: list[Rule] = []
        self.profiles: dict[str, Profile] = {}

    def take(self, word: str) -> None:
        """Read a profile. Raises ValueError, or SettingsError for a mistake in it."""
        from .profiles import load

        if word not in self.profiles:
            self.profiles[word] = load(word, self.files, posixpath.dirname(self.path), self.registry)

    def add(self, found: Iterable[Rule]) -> None:
        """Take further rules in. Raises ValueError."""
        from .rule import RuleError

        try:
            rules = list(found)
            self.registry = self.registry.extended(rules)
        except RuleError as error:
            raise ValueError(str(error)) from None
        self.own += rules

    def declare(self, entry: Mapping[str, Value]) -> None:
        """Take a declared rule in. Raises ValueError."""
        from .own import declared

        self.add([declared(entry, self.path)])

    def load(self, folders: Iterable[str] = (), plugins: Iterable[str] = ()) -> None:
        """Take in rules that are written in Python. Raises ValueError."""
        from .own import PythonRules

        if not self.runs_code:
            raise ValueError("rules in Python are code, and not run from here unless sslint server --run-code says so")
        here = posixpath.dirname(self.path)
        self.add(PythonRules(tuple(_path(here, one) for one in folders), tuple(plugins)).load())


def _own_format(name: str) -> Format:
    """A check of declared rules' values, imported where there are any."""

    def check(value: Value, _: str) -> None:
        from .own.declared import CHECKS

        if isinstance(value, str):
            CHECKS[name](value)

    return check


def _formats(names: _Names) -> Mapping[str, Format]:
    """What the schema's formats mean: each raises ValueError."""
    return {
        "plugins": lambda value, _: names.load(plugins=cast("list[str]", value)),
        "rule-folders": lambda value, _: names.load(folders=cast("list[str]", value)),
        "own-rule": lambda entry, _: names.declare(cast("dict[str, Value]", entry)),
        **{name: _own_format(name) for name in ("regex", "directive", "slug", "own-code")},
        "rule": lambda name, _: names.registry.get(str(name)),
        "rules": lambda name, _: names.registry.meant(str(name)),
        "rule-options": lambda options, name: check_options(
            names.registry.get(name), cast("dict[str, Value]", options)
        ),
        "profile": lambda word, _: names.take(str(word)),
        "preset": lambda name, _: preset(str(name)),
        "httpd-version": lambda version, _: HttpdVersion.parse(str(version)),
        "openssl-version": lambda version, _: openssl_version(str(version)),
    }


def openssl_version(text: str) -> str:
    """A version of OpenSSL such as `3.0.19`, of a known series. Raises ValueError for anything else."""
    from .openssl import libraries, library

    if not _OPENSSL.match(text):
        raise ValueError(f"not a version of OpenSSL: {text!r}: write something like 3.0 or 1.1.1k")
    try:
        library(text)
    except ValueError:
        series = dict.fromkeys(name.partition("-")[0].rstrip("abcdefghijklmnopqrstuvwxyz") for name in libraries())
        short = dict.fromkeys(one.rpartition(".")[0] if one[0] >= "3" else one for one in series)
        raise ValueError(f"unknown series of OpenSSL in {text!r}: use one of {', '.join(short)}") from None
    return text
