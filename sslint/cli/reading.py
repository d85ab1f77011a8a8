"""The options of the commands that read configurations, and the reading itself.

The settings file counts as in `check`, and the command line has the last word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import click

from ..configuration.problem import INCOMPLETE
from ..files import DiskFiles, Kind
from ..report import Unread
from ..settings import Reading, RootSettings, Settings, openssl_version
from ..units import MappedFiles, Unit, boundary, gather
from .inputs import absolute, map_pair, settings_file, shipped_rules, stored

if TYPE_CHECKING:
    from ..server import Server

Command = TypeVar("Command", bound=Callable[..., object])
Given = dict[str, object]
"""The values of the options of `reading_options`, by their names."""


class Readings(NamedTuple):
    """What was read, and what could not be."""

    units: tuple[Unit, ...]
    unread: tuple[Unread, ...]
    check_files: bool
    """Whether certificates and keys are read wherever they lie, not only beside the configuration."""

    def server(self, unit: Unit) -> Server:
        """The server that a unit makes, with its certificates and keys within reach."""
        from ..server import build

        files = MappedFiles(DiskFiles(), unit.path_map) if self.check_files else unit.files
        return build(unit.configuration, (), files.read, status=files.status, real=unit.path_map.real)


def reading_options(function: Command) -> Command:
    """The options that say what a configuration is read for."""
    options = (
        click.option("-D", "define", multiple=True, metavar="NAME", help="A parameter of the server's start."),
        click.option("--module", multiple=True, metavar="NAME", help="Count a module as loaded; stock, all: many."),
        click.option("--server-root", default="", metavar="DIR", help="The ServerRoot, as the server sees it."),
        click.option("--target", default="", metavar="PRESET", help="Read for a distribution."),
        click.option("--target-httpd", default="", metavar="VERSION", help="Read for a version of httpd."),
        click.option("--target-openssl", default="", metavar="VERSION", help="Read for a version of OpenSSL."),
        click.option("--map", multiple=True, metavar="SERVER=HERE", help="Where a folder of the server lies here."),
        click.option("--allow", multiple=True, metavar="DIR", help="A further folder that includes may lead to."),
        click.option("--envvars", default="", metavar="FILE", help="A shell file with the server's variables."),
        click.option("--check-files", is_flag=True, help="Read the certificates and keys that it names, wherever."),
        click.option("--config", default="", metavar="FILE", help="The settings file, instead of .sslint.yaml."),
        click.option("--isolated", is_flag=True, help="Use no settings file."),
    )
    for option in reversed(options):  # the help lists them in this order
        function = option(function)
    return function


def read_unit(main: str, given: Given) -> Unit:
    """The unit of a file, which counts as a root unless it is a `.htaccess`. Raises click.ClickException."""
    return _only(read_units((main,), given), main)


def read_server(main: str, given: Given) -> tuple[Unit, Server]:
    """The unit of a file, and its server with what it may read. Raises click.ClickException."""
    gathered = read_units((main,), given)
    unit = _only(gathered, main)
    return unit, gathered.server(unit)


def _only(gathered: Readings, main: str) -> Unit:
    """The unit that a file is, or belongs to."""
    for unread in gathered.unread:
        raise click.ClickException(f"cannot read {unread.path}: {unread.message}")
    units = [unit for unit in gathered.units if unit.path == absolute(main)] or list(gathered.units)
    if not units or DiskFiles().kind(absolute(main)) is Kind.DIRECTORY:
        raise click.ClickException(f"{main} is a folder: name the main file")
    return units[0]


def read_units(mains: Iterable[str], given: Given) -> Readings:
    """The units of files, each of which counts as a root, and of folders; of the working folder when none is given.

    Raises click.ClickException.
    """
    disk = DiskFiles()
    mains = tuple(mains)
    if "" in mains:
        raise click.UsageError("the path is empty")
    paths = [absolute(main) for main in mains] or [absolute(".")]
    settings = _settings(paths, disk, given)
    files = DiskFiles(boundary=boundary(disk, paths, settings))
    try:
        if settings.reading.openssl:
            openssl_version(settings.reading.openssl)
        settings.reading.resolve()
        gathered = gather(files, paths, settings)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    return Readings(gathered.units, gathered.unread, settings.check_files)


def _settings(paths: list[str], disk: DiskFiles, given: Given) -> Settings:
    """What the settings file and the options say; a given file is a root, and then the only ones."""
    settings = _stored(paths[0], disk, given)
    said = _reading(given)
    roots = {root.path: RootSettings(root.path, said.over(root.reading)) for root in settings.roots}
    named = [path for path in paths if disk.kind(path) is not Kind.DIRECTORY]
    chosen = [roots.get(path, RootSettings(path)) for path in named] or list(roots.values())
    allow = (*settings.allow, *map(absolute, _words(given, "allow")))
    check_files = settings.check_files or bool(given["check_files"])
    return settings.replace(
        roots=tuple(chosen), reading=said.over(settings.reading), allow=allow, check_files=check_files
    )


def _stored(first: str, disk: DiskFiles, given: Given) -> Settings:
    path = settings_file(str(given["config"]), bool(given["isolated"]), disk, first)
    if path is None:
        return Settings()
    return stored(path, disk, shipped_rules())


def _reading(given: Given) -> Reading:
    envvars = str(given["envvars"])
    return Reading(
        target=str(given["target"]),
        httpd=str(given["target_httpd"]),
        openssl=str(given["target_openssl"]),
        server_root=str(given["server_root"]),
        defines=_words(given, "define"),
        modules=_words(given, "module"),
        map=tuple(map_pair(one) for one in _words(given, "map")),
        envvars=absolute(envvars) if envvars else "",
    )


def _words(given: Given, key: str) -> tuple[str, ...]:
    """The values of an option that may be repeated."""
    values = given[key]
    assert isinstance(values, tuple)
    return tuple(map(str, values))


_NO_TREE = frozenset(
    "bad-macro include-recursion line-too-long malformed-end-tag mismatched-section unclosed-condition "
    "unclosed-section unclosed-tag undefined-macro".split()
)
"""What the server can't make a tree of: the rest is read as far as it can be told, perhaps not as it was meant."""


def unread_parts(unit: Unit) -> list[str]:
    """What of a configuration was not read, or can't be, each with its place."""
    told = []
    for problem in unit.configuration.problems:
        if problem.kind in INCOMPLETE | _NO_TREE:
            path = unit.path_map.real(problem.source.path)
            told.append(f"{path}:{problem.source.line(problem.span.start)}: {problem.message}")
    return told
