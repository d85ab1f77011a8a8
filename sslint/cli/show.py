"""`sslint show`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from ..server import Server, VirtualHost
from ..units import Unit
from .reading import read_server, reading_options, unread_parts
from .terminal import complain, emit, view

if TYPE_CHECKING:
    from ..views.in_force import Place


@click.command(context_settings={"max_content_width": 110})
@click.argument("main")
@click.argument("directives", nargs=-1, metavar="[DIRECTIVE]...")
@reading_options
@click.option(
    "--vhost", "vhosts", multiple=True, metavar="NAME[:PORT]", help="A host: its name, address:port, or main."
)
@click.option("--url", "urls", multiple=True, metavar="URL", help="A request, such as https://host/path.")
@click.option("--clients", "current", is_flag=True, help="Which clients connect, and with what: those in use.")
@click.option("--all-clients", "everything", is_flag=True, help="The same with old clients, too.")
@click.option("--defaults", is_flag=True, help="Show what nothing sets, too.")
@click.option("--output-format", "--format", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True)
def command(
    main: str,
    directives: tuple[str, ...],
    vhosts: tuple[str, ...],
    urls: tuple[str, ...],
    current: bool,
    everything: bool,
    defaults: bool,
    output_format: str,
    color: str,
    **given: object,
) -> int:
    """Show what is in force, and why: the line that won, those that lost, or the default.

    MAIN is the server's main file. Without --vhost and --url all hosts are shown for the DIRECTIVEs, and
    without those a short list of hosts; a server without virtual hosts is shown whole. For a URL the
    sections that apply come first, in the order in which httpd lays them over each other.

    --clients simulates handshakes instead: which of the clients in use (--all-clients: of all that are
    known) connect to each host, with which protocol version, cipher suite and group, and why the others fail.

    --format json is one document: `version` (1), `target` and `places`, each with its `layers` and
    `settings`; a setting has its `value`, `origin`, the `lines` that act, the `losers` with the reason,
    and the lines that `maybe` win, under a condition that can't be told. With --clients it has `hosts`
    instead of `places`: `host`, `default_host`, `key_types`, a `summary`, and `clients` with what each gets.

    The exit status is 0, or 2 when something could not be read or no host answers.
    """
    from ..views.in_force import keys_of

    unit, server = read_server(main, given)
    if current or everything:
        if directives or urls or defaults:
            raise click.UsageError("--clients goes together with --vhost only")
        emit(_clients(server, vhosts, everything, output_format, color))
        return _status(unit, [])
    try:
        keys = keys_of(directives)
        listed = not (vhosts or urls or keys or defaults) and len(server.hosts) > 1
        places = [] if listed else _places(server, unit, vhosts, urls, keys, defaults)
    except (LookupError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    if output_format == "json":
        emit(_document(server, unit, places or _places(server, unit, (), (), keys, defaults)))
    else:
        emit(_picture(server, unit, places, color, with_offers=not (keys or urls)))
    return _status(unit, places)


def _clients(
    server: Server, vhosts: tuple[str, ...], everything: bool, output_format: str, color: str
) -> Iterator[str]:
    """What clients get from the hosts that were asked for, or from all of them."""
    from ..server.requests.asked import hosts_called
    from ..views.clients import client_data, client_lines

    try:
        named = dict.fromkeys(host for text in vhosts for host in hosts_called(server, text))
    except (LookupError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    hosts = list(named) if vhosts else server.hosts
    if output_format == "json":
        yield from _json(server, "hosts", client_data(hosts, everything))
    else:
        yield from client_lines(hosts, view(color), everything)


def _places(
    server: Server, unit: Unit, vhosts: tuple[str, ...], urls: tuple[str, ...], keys: list[str], defaults: bool
) -> list[Place]:
    """The places that were asked for. Raises LookupError or ValueError where there is none."""
    from ..server.requests.asked import asked, hosts_called
    from ..views.in_force import in_force

    hosts: dict[VirtualHost, None] = {}
    for text in vhosts:
        hosts.update(dict.fromkeys(hosts_called(server, text)))
    found = [asked(server, url) for url in urls]
    if not vhosts and not urls:
        hosts = dict.fromkeys(server.hosts)
    places = [in_force(host, None, keys, defaults=defaults) for host in hosts]
    return places + [in_force(one.host, one, keys, defaults=defaults, files=unit.files) for one in found]


def _picture(server: Server, unit: Unit, places: list[Place], color: str, *, with_offers: bool) -> Iterator[str]:
    from ..views.show import ShowPicture

    seen = view(color)
    picture = ShowPicture(server, seen, lambda path: seen.path(unit.path_map.real(path)))
    return picture.lines(places, with_offers) if places else picture.hosts(server.hosts)


def _document(server: Server, unit: Unit, places: list[Place]) -> Iterator[str]:
    from ..views.show_data import place_data_of

    base = view("never").base.rstrip("/") + "/"

    def shown(path: str) -> str:
        return unit.path_map.real(path).removeprefix(base)

    return _json(server, "places", [place_data_of(place, shown) for place in places])


def _json(server: Server, key: str, content: Sequence[object]) -> Iterator[str]:
    """A document with its content under a key."""
    import json

    from .. import __version__
    from ..views.show_data import VERSION

    target = server.target
    document = {
        "version": VERSION,
        "sslint_version": __version__,
        "target": {"httpd": str(target.httpd), "openssl": target.openssl, "preset": target.preset},
        key: content,
    }
    yield json.dumps(document, indent=2)


def _status(unit: Unit, places: list[Place]) -> int:
    """Say on standard error what could not be read."""
    told = [f"cannot read {unit.path_map.real(path)}" for place in places for path in place.unread]
    told += unread_parts(unit)
    for line in dict.fromkeys(told):
        complain(line)
    return 2 if told else 0
