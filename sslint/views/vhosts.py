"""The table of virtual hosts for people: who answers where, with which TLS, and who never does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..configuration.dump import place
from ..reporters.excerpt import wrap
from ..reporters.view import View
from ..server import Listener, Server, Unknown, VirtualHost
from ..server.table import AddressSet
from ..server.unmet import Miss, is_unreachable, misses
from ..tls import offers
from .offers import glance, weak_points
from .places import Name, origin_text
from .vhosts_httpd import host_name

_DIM, _RED, _YELLOW, _GREEN = "2", "31", "33", "32"
_WIDEST_NAME = 40


class _Row(NamedTuple):
    """One host in a set: its name, its place, what it speaks, and remarks below."""

    name: str
    place: str
    speaks: str
    style: str
    below: list[str]


class VhostsPicture:
    """One server's table. `name` turns the server's path of a file into the one that is shown."""

    def __init__(self, server: Server, title: str, view: View, name: Name) -> None:
        self._server = server
        self._title = title
        self._view = view
        self._name = name

    def lines(self) -> Iterator[str]:
        """The sets in the order of `httpd -S`, the main server, what is listened to, and who is never met."""
        view, server = self._view, self._server
        yield view.bold(view.clean(self._title))
        yield view.paint(view.clean(f"  read for {describe_target(server)}"), _DIM)
        rows = {one: [self._row(host, one) for host in one.hosts] for one in server.table.sets}
        main = self._main_row()
        columns = self._columns([*(row for group in rows.values() for row in group), *([main] if main else [])])
        for one, group in rows.items():
            yield ""
            yield view.bold(view.clean(str(one.address))) + view.paint(f"  {_kind(one)}", _DIM)
            for row in group:
                yield from self._shown(row, columns)
        if main:
            yield ""
            yield view.bold("main server") + view.paint(f"  {self._met_by_main()}", _DIM)
            yield from self._shown(main, columns)
        yield from self._listens()
        yield from self._never()

    def _columns(self, rows: Sequence[_Row]) -> tuple[int, int] | None:
        """The widths of names and places, where what hosts speak fits beside them."""
        width = max((len(row.name) for row in rows), default=0)
        across = max((len(row.place) for row in rows), default=0)
        room = self._view.width - width - across - 6
        fits = width <= _WIDEST_NAME and all(len(row.speaks) <= room for row in rows)
        return (width, across) if fits else None

    def _shown(self, row: _Row, columns: tuple[int, int] | None) -> Iterator[str]:
        """A row, in columns where they fit."""
        view = self._view
        speaks = view.paint(row.speaks, row.style)
        if columns is not None:
            name, place = row.name.ljust(columns[0]), row.place.ljust(columns[1])
            yield f"  {name}  {view.paint(place, _DIM)}  {speaks}"
        else:
            yield f"  {row.name}  {view.paint(row.place, _DIM)}".rstrip()
            for part in wrap(row.speaks, view.width - 6):
                yield f"      {view.paint(part, row.style)}"
        for line in row.below:
            for part in wrap(line, view.width - 8):
                yield f"      {part}"

    def _row(self, host: VirtualHost, among: AddressSet | None = None) -> _Row:
        name = host_name(host) if host.effective_name else _nameless(host)
        if among is not None and host is among.default and len(among.hosts) > 1:
            name += " (default)"
        speaks, style = self._speaks(host)
        below = self._remarks(host)
        return _Row(self._view.clean(name), self._place(host), speaks, style, below)

    def _place(self, host: VirtualHost) -> str:
        """The place that `httpd -S` gives; of a macro's text that of the use."""
        if host.header is None:
            return ""
        innermost = host.header
        while innermost.frame.macro is not None and innermost.frame.via is not None:
            innermost = innermost.frame.via  # type: ignore[assignment]
        file, line = place(innermost, self._name)
        return f"{file}:{line}"

    def _main_row(self) -> _Row | None:
        main = self._server.main
        if self._server.is_fragment and not main.own:
            return None
        return self._row(main)

    def _speaks(self, host: VirtualHost) -> tuple[str, str]:
        """What a host speaks, in a few words, and the style for them."""
        if host.is_tls is None:
            return "TLS unknown", _DIM
        if not host.sockets and not host.is_main:
            return "nobody can connect", _DIM
        if not host.is_tls:
            return ("TLS by the default host's settings", _YELLOW) if host.tls_sockets else ("plain HTTP", _DIM)
        found = offers(host)
        weak = list(dict.fromkeys(point for one in found for point in weak_points(one)))
        failures = [failure for one in found for failure in one.failures]
        told = "; ".join(dict.fromkeys(glance(one, "–" if self._view.unicode else "-") for one in found))
        if weak:
            told += f", weak: {', '.join(weak)}"
        return self._view.clean(told), _RED if failures else _YELLOW if weak else _GREEN

    def _remarks(self, host: VirtualHost) -> list[str]:
        """Aliases, why TLS is on or off where that is not plain, and what goes wrong."""
        clean = self._view.clean
        found = [f"aliases: {clean(', '.join(host.aliases))}"] if host.aliases else []
        found += [clean(why) for why in why_tls(host, self._name)]
        if host.is_tls:
            found += [clean(one) for one in dict.fromkeys(failure for one in offers(host) for failure in one.failures)]
        if host.condition is not None:
            header = host.condition.header
            found.append(clean(f"only if {header.title} holds"))
        return found

    def _met_by_main(self) -> str:
        sockets = self._server.main.sockets
        if self._server.is_fragment:
            return "unknown: this is a fragment of a configuration"
        met = ", ".join(str(socket.address) for socket in sockets)
        return f"takes what no host takes: {met}" if met else "takes no connection: hosts take them all"

    def _listens(self) -> Iterator[str]:
        listeners = self._server.listeners
        if not listeners and self._server.is_fragment:
            return
        yield ""
        yield self._view.bold("listens")
        if not listeners:
            yield "  nowhere: no Listen was found"
        width = max((len(str(one.address)) for one in listeners), default=0)
        for one in listeners:
            yield f"  {self._listen(one, width)}"

    def _listen(self, one: Listener, width: int) -> str:
        where = ""
        if one.directive is not None:
            where = f"{self._name(one.directive.source.path)}:{one.directive.line}"
        return (
            f"{one.address!s:<{width}}  {self._view.clean(one.protocol):<5}  {self._view.paint(where, _DIM)}".rstrip()
        )

    def _never(self) -> Iterator[str]:
        """Hosts that no request selects, at some of their addresses or at all."""
        found = [(host, missed) for host in self._server.hosts if (missed := misses(host))]
        if found:
            yield ""
            yield self._view.bold("never selected")
        for host, missed in found:
            everywhere = is_unreachable(host)
            name = self._view.clean(host_name(host) if host.effective_name else _nameless(host))
            partly = "" if everywhere else "  (met at its other addresses)"
            painted = self._view.paint(name, _YELLOW) if everywhere else name
            yield f"  {painted}  {self._view.paint(self._place(host), _DIM)}{partly}"
            for one in missed:
                yield from self._miss(one)

    def _miss(self, one: Miss) -> Iterator[str]:
        for part in wrap(self._view.clean(f"at {one.address}: {one.why}"), self._view.width - 8):
            yield f"      {part}"


def describe_target(server: Server) -> str:
    """`httpd 2.4.66 with OpenSSL 3.0.19 (debian-12)`."""
    target = server.target
    return f"httpd {target.httpd} with OpenSSL {target.openssl} ({target.preset})"


def why_tls(host: VirtualHost, name: Name) -> Iterator[str]:
    """What to know about a host's TLS besides SSLEngine: who else decided, or why it counts for nothing."""
    engine = host.engine
    if engine.value and host.is_tls is False:
        on = f"SSLEngine is on ({origin_text(engine.origin, name)})"
        if host.sockets:
            yield f"{on}, but {host.first_on_address.title} decides for its address: plain HTTP"
    elif engine.value is False and host.tls_sockets:
        yield f"SSLEngine is off, but {host.first_on_address.title} speaks TLS for its address"
    elif engine.value and engine.directive is not None and engine.directive.key == "listen":
        yield f"TLS by the https of Listen ({origin_text(engine.origin, name)})"
    elif isinstance(engine.origin, Unknown):
        yield f"whether it speaks TLS: {engine.origin.why}"


def _nameless(host: VirtualHost) -> str:
    return "(no name)" if host.is_main or not host.header_text else "(no ServerName)"


def _kind(one: AddressSet) -> str:
    hosts: Sequence[VirtualHost] = one.hosts
    kind = f"{len(hosts)} hosts by name" if len(hosts) > 1 else "one host"
    if one.address.is_numeric:
        return kind
    if one.address.has_variable:
        return f"{kind}; a variable is not defined here"
    return f"{kind}; {'the server looks the name up' if one.address.may_resolve else 'ignored: no such name can be'}"
