"""The options of the commands that read one configuration, and the reading itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from ..files import DiskFiles
from ..settings import Reading, RootSettings, Settings
from ..units import Unit, boundary, gather
from .inputs import absolute

Command = TypeVar("Command", bound=Callable[..., object])


def reading_options(function: Command) -> Command:
    """The options that say what a configuration is read for."""
    for option in (
        click.option("-D", "define", multiple=True, metavar="NAME", help="A parameter of the server's start."),
        click.option("--module", multiple=True, metavar="NAME", help="Count a module as loaded; stock, all: many."),
        click.option("--server-root", default="", metavar="DIR", help="The ServerRoot, as the server sees it."),
        click.option("--target", default="", metavar="PRESET", help="Read for a distribution."),
        click.option("--target-httpd", default="", metavar="VERSION", help="Read for a version of httpd."),
        click.option("--target-openssl", default="", metavar="VERSION", help="Read for a version of OpenSSL."),
    ):
        function = option(function)
    return function


def read_unit(main: str, given: dict[str, object]) -> Unit:
    """The unit of a file, which counts as a root unless it is a `.htaccess`."""
    path = absolute(main)
    reading = Reading(
        target=str(given["target"]),
        httpd=str(given["target_httpd"]),
        openssl=str(given["target_openssl"]),
        server_root=str(given["server_root"]),
        defines=tuple(str(one) for one in given["define"]),  # type: ignore[attr-defined]
        modules=tuple(str(one) for one in given["module"]),  # type: ignore[attr-defined]
    )
    settings = Settings(roots=(RootSettings(path),), reading=reading)
    files = DiskFiles(boundary=boundary(DiskFiles(), [path], settings))
    try:
        gathered = gather(files, [path], settings)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    for unread in gathered.unread:
        raise click.ClickException(f"cannot read {unread.path}: {unread.message}")
    if not gathered.units:
        raise click.ClickException(f"{main} is a folder: name the main file")
    return gathered.units[0]
