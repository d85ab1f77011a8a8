"""`sslint vhosts`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import click

from ..reporters.view import View
from ..server import Server
from ..units import Unit
from .reading import Readings, read_units, reading_options, unread_parts
from .terminal import complain, emit, view


@click.command(context_settings={"max_content_width": 110})
@click.argument("main", required=False)
@reading_options
@click.option(
    "--output-format", "--format", type=click.Choice(("text", "json", "httpd")), default="text", show_default=True
)
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True)
def command(main: str | None, output_format: str, color: str, **given: object) -> int:
    """Show which virtual host answers where, and what TLS it offers.

    MAIN is a server's main file, or a folder to look for some in; without it the working folder. The
    table has the order of `httpd -S`: sets of hosts that share an address and port, each with its default
    host first, then the main server, what is listened to, and the hosts that no request can select.

    --format json is one document: `version` (1), `servers` with `addresses`, `hosts`, `listeners` and
    `problems`, and `unread`. Hosts are numbered; 0 is the main server. Each has its names, addresses,
    place with the Include and Use lines that led there, sockets, `engine` with its origin, and `offers`
    with protocols, suites, groups and switches, each with the line that decided.

    --format httpd gives the lines that `httpd -S` prints under "VirtualHost configuration:", as on a
    machine that can look up no name but localhost.

    The exit status is 0, or 2 when something could not be read; the rest is shown all the same.
    """
    read = read_units((main,) if main is not None else (), given)
    servers = [(unit, read.server(unit)) for unit in _chosen(read)]
    seen = view(color)
    if output_format == "json":
        emit(_document(servers, read, seen))
    elif output_format == "httpd":
        emit(line for _, server in servers for line in _httpd(server))
    else:
        emit(_tables(servers, seen))
    return _status(read, servers)


def _chosen(read: Readings) -> list[Unit]:
    """The servers; where there are none, the fragments that hold hosts."""
    roots = [unit for unit in read.units if unit.configuration.role == "main"]
    if roots:
        return roots
    fragments = [unit for unit in read.units if unit.configuration.role == "fragment"]
    return [unit for unit in fragments if any(item.key == "virtualhost" for item in unit.configuration.children)]


def _tables(servers: list[tuple[Unit, Server]], seen: View) -> Iterator[str]:
    from ..views.vhosts import VhostsPicture

    for number, (unit, server) in enumerate(servers):
        if number:
            yield ""
        yield from VhostsPicture(server, seen.path(unit.path), seen, _namer(unit, seen.path)).lines()


def _namer(unit: Unit, shown: Callable[[str], str]) -> Callable[[str], str]:
    """From the server's path of a file to the one that is shown."""
    return lambda path: shown(unit.path_map.real(path))


def _httpd(server: Server) -> Iterator[str]:
    """Bytes as they are for a program, but harmless for a terminal."""
    from ..views.vhosts_httpd import httpd_lines

    clean = view("never").clean if sys.stdout.isatty() else str
    return map(clean, httpd_lines(server))


def _document(servers: list[tuple[Unit, Server]], read: Readings, seen: View) -> Iterator[str]:
    import json

    from .. import __version__
    from ..views.vhosts_data import VERSION, vhosts_data

    def shown(path: str) -> str:
        return path.removeprefix(seen.base.rstrip("/") + "/") if seen.base else path

    document = {
        "version": VERSION,
        "sslint_version": __version__,
        "servers": [vhosts_data(server, shown(unit.path), _namer(unit, shown)) for unit, server in servers],
        "unread": [{"file": shown(one.path), "message": one.message} for one in read.unread],
    }
    yield json.dumps(document, indent=2)


def _status(read: Readings, servers: list[tuple[Unit, Server]]) -> int:
    """Say on standard error what could not be read."""
    told = [f"cannot read {one.path}: {one.message}" for one in read.unread]
    for unit, _ in servers:
        told += unread_parts(unit)
    for line in dict.fromkeys(told):
        complain(line)
    if not servers and not told:
        complain("no configuration with virtual hosts was found there")
    return 0 if servers and not told else 2
