"""From the command line to files and settings."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from typing import TYPE_CHECKING, NamedTuple

import click

from ..diagnostic import Severity
from ..files import DiskFiles, Files, OverlayFiles, ReadError, below, is_absolute
from ..registry import Registry
from ..rule import RuleError
from ..schema import SettingsError
from ..settings import Reading, RootSettings, Settings, fail_on, find, load, openssl_version
from ..suppress import UNEXPLAINED
from ..units import boundary
from .terminal import current_folder

if TYPE_CHECKING:
    from ..tls.profiles import Profile

STDIN = "-"


class Options(NamedTuple):
    """The options of `check`, as given."""

    paths: tuple[str, ...]
    stdin_filename: str | None
    config: str | None
    isolated: bool
    force_exclude: bool
    define: tuple[str, ...]
    module: tuple[str, ...]
    root: tuple[str, ...]
    map: tuple[str, ...]
    allow: tuple[str, ...]
    server_root: str | None
    envvars: str | None
    target: str | None
    target_httpd: str | None
    target_openssl: str | None
    select: tuple[str, ...]
    extend_select: tuple[str, ...]
    ignore: tuple[str, ...]
    profile: tuple[str, ...]
    severity: str | None
    fail_on: str | None
    check_environment: bool
    check_files: bool
    now: str | None
    everything: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    color: str = "auto"
    quiet: bool = False
    statistics: bool = False
    timings: bool = False
    fix_only: bool = False
    show_fixes: bool = False
    fixable: tuple[str, ...] = ()
    unfixable: tuple[str, ...] = ()
    exit_non_zero_on_fix: bool = False
    exit_zero: bool = False
    exclude: tuple[str, ...] = ()
    no_ignores: bool = False
    add_ignore: bool = False
    reason: str = ""
    require_ignore_reason: bool = False
    baseline: str | None = None
    no_baseline: bool = False
    output_format: tuple[str, ...] = ()
    hyperlinks: str = "auto"
    width: int | None = None
    show_files: bool = False
    show_settings: bool = False

    @property
    def changes(self) -> bool:
        """Whether files are to be changed, or what would change to be shown."""
        return self.fix or self.fix_only or self.diff or self.add_ignore


class Inputs(NamedTuple):
    """What a run works on. Paths are absolute."""

    files: Files
    paths: tuple[str, ...]
    settings: Settings
    stdin: str | None
    """The path that standard input stands for."""
    material: Files | None = None
    """Where certificates and keys are read from, if not from the files."""


def inputs(options: Options, registry: Registry, *, baseline: bool = True) -> Inputs:
    """The files and settings that the options name, with the baseline or without it. Raises click.ClickException."""
    if options.stdin_filename and STDIN not in options.paths:
        raise click.UsageError("--stdin-filename names what standard input stands for: give - as a path too")
    if "" in options.paths:
        raise click.UsageError("one of the paths is empty")
    disk = DiskFiles()
    stdin = None
    paths = []
    for path in options.paths or (".",):
        if path == STDIN:
            stdin = absolute(options.stdin_filename or "stdin")
            paths.append(stdin)
        else:
            paths.append(absolute(path))
    settings_path = settings_file(options.config, options.isolated, disk, paths[0])
    settings = over(stored(settings_path, disk, registry), options, registry)
    settings = with_baseline(settings, disk) if baseline else settings
    files: Files = DiskFiles(boundary=boundary(disk, paths, settings))
    if stdin is not None:
        if sys.stdin is None:
            raise click.ClickException("cannot read standard input: it is closed")
        files = OverlayFiles(files, {stdin: sys.stdin.buffer.read()})
    return Inputs(files, tuple(dict.fromkeys(paths)), settings, stdin, disk if settings.check_files else None)


def absolute(path: str) -> str:
    """An absolute path with `/`; symbolic links stay as they are, since httpd sees them so too."""
    return os.path.abspath(os.path.join(current_folder(), path)).replace(os.sep, "/")


def settings_file(config: str | None, isolated: bool, disk: Files, first: str) -> str | None:
    """The settings file that counts for a path: the named one, or the nearest above."""
    if isolated:
        return None
    folder = first if os.path.isdir(first) else os.path.dirname(first)
    return absolute(config) if config else find(disk, folder)


def stored(path: str | None, disk: Files, registry: Registry) -> Settings:
    """The settings file's word, if there is one. Raises click.ClickException."""
    if path is None:
        return Settings()
    try:
        return load(disk, path, registry)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
    except ReadError as error:
        raise click.ClickException(f"cannot read {path}: {error}") from None


def shipped_rules() -> Registry:
    """The rules that ship. Raises click.ClickException where one can't be loaded."""
    from ..registry import load as load_rules

    try:
        return load_rules()
    except RuleError as error:
        raise click.ClickException(str(error)) from None


def known_rules(config: str | None = None, isolated: bool = False) -> Registry:
    """The rules that ship, and those that the settings around this folder bring. Raises click.ClickException."""
    registry, disk = shipped_rules(), DiskFiles()
    return registry.extended(stored(settings_file(config, isolated, disk, absolute(".")), disk, registry).own)


def over(settings: Settings, options: Options, registry: Registry) -> Settings:
    """The settings with the command line's word over them. Raises click.ClickException."""
    given = Reading(
        target=options.target or "",
        httpd=options.target_httpd or "",
        openssl=options.target_openssl or "",
        server_root=options.server_root or "",
        defines=options.define,
        modules=options.module,
        map=tuple(map_pair(one) for one in options.map),
        envvars=absolute(options.envvars) if options.envvars else "",
    )
    changes: dict[str, object] = {
        "reading": given.over(settings.reading),
        "allow": (*settings.allow, *map(absolute, options.allow)),
    }
    if options.profile or options.select:  # and no others: it is a choice
        chosen = chosen_profiles(options.profile, registry.extended(settings.own)) if options.profile else ()
        settings = settings.replace(profiles=chosen, roots=tuple(one._replace(profiles=()) for one in settings.roots))
    roots = [one._replace(reading=given.over(one.reading)) for one in settings.roots]
    changes["roots"] = tuple(RootSettings(absolute(path), given) for path in options.root) or tuple(roots)
    if options.select:  # and nothing else: what the settings file adds or takes away was meant for its own choice
        settings = settings.replace(select=words(options.select), extend_select=(), ignore=())
    changes["extend_select"] = settings.extend_select + words(options.extend_select)
    changes["ignore"] = settings.ignore + words(options.ignore)
    if options.severity:
        changes["severity"] = Severity.parse(options.severity)
    if options.fail_on:
        changes["fail_on"] = fail_on(options.fail_on)
    changes["force_exclude"] = options.force_exclude
    changes["check_files"] = settings.check_files or options.check_files
    changes["now"] = moment(options.now)
    changes["check_environment"] = settings.check_environment or options.check_environment
    changes |= dict(_over_findings(settings, options))
    decided = settings.replace(**changes)
    try:
        known = registry.extended(settings.own)
        known.select(decided.select, decided.extend_select, decided.ignore)
        known.select(decided.fixable, decided.unfixable, ())
        if decided.reading.openssl:
            openssl_version(decided.reading.openssl)
        decided.reading.resolve()
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    return decided


def _over_findings(settings: Settings, options: Options) -> Iterator[tuple[str, object]]:
    """What the options say of fixes, of comments and of the baseline."""
    yield "exclude", settings.exclude + words(options.exclude)
    yield "fixable", words(options.fixable) or settings.fixable
    yield "unfixable", settings.unfixable + words(options.unfixable)
    yield "heed_comments", not options.no_ignores
    if options.require_ignore_reason:
        yield "extend_select", (*settings.extend_select, *words(options.extend_select), UNEXPLAINED)
    if options.no_baseline:
        yield "baseline_path", ""
    elif options.baseline:
        yield "baseline_path", absolute(options.baseline)


def with_baseline(settings: Settings, disk: Files) -> Settings:
    """The settings with the baseline that they name. Raises click.ClickException."""
    if not settings.baseline_path:
        return settings
    from ..baseline import BaselineError
    from ..baseline import load as load_baseline

    try:
        return settings.replace(baseline=load_baseline(disk, settings.baseline_path))
    except BaselineError as error:
        raise click.ClickException(str(error)) from None


def chosen_profiles(given: Sequence[str], registry: Registry) -> tuple[Profile, ...]:
    """The profiles that --profile names. Raises click.ClickException."""
    from ..profiles import load as load_profile

    try:
        chosen = [load_profile(word, DiskFiles(), current_folder(), registry) for word in words(given)]
        return tuple({one.label: one for one in chosen}.values())
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


def moment(text: str | None) -> datetime:
    """The time that a date or a date with time names, in UTC unless it says otherwise; without one, the clock's."""
    if text is None:
        return datetime.now(timezone.utc)
    try:
        found = datetime.fromisoformat(re.sub(r"[Zz]\Z", "+00:00", text.strip()))
    except ValueError:
        raise click.UsageError(f"--now takes a date such as 2026-11-24 or 2026-11-24T12:00, not {text!r}") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=timezone.utc)


def words(given: Sequence[str]) -> tuple[str, ...]:
    """The words of options that may be repeated and may hold commas."""
    return tuple(word.strip() for one in given for word in one.split(",") if word.strip())


def map_pair(text: str) -> tuple[str, str]:
    """What --map says: the server's folder, and where it lies here. Raises click.UsageError."""
    server, separator, real = text.partition("=")
    if not separator or not real or not is_absolute(server):
        raise click.UsageError(f"--map takes SERVER=HERE, such as /etc/apache2=./etc/apache2, not {text!r}")
    return below("/", server), absolute(real)
