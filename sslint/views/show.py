"""What is in force here and why, for people: each setting, the line that won, and those that lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ..configuration.model import Condition, Directive
from ..reporters.excerpt import wrap
from ..reporters.view import View
from ..server import Default, Server, Unknown, VirtualHost
from ..server.merging.fold import Line, Loser
from ..server.merging.layers import Layer
from ..tls import offers
from .answers import answer_lines
from .in_force import InForce, Place
from .offer_text import OfferPicture
from .places import Name, place_text

_DIM, _YELLOW, _GREEN = "2", "33", "32"


class ShowPicture:
    """The places of one server. `name` turns the server's path of a file into the one that is shown."""

    def __init__(self, server: Server, view: View, name: Name) -> None:
        self._server = server
        self._view = view
        self._name = name

    def lines(self, places: Sequence[Place], with_offers: bool = False) -> Iterator[str]:
        """All places, one after the other; `with_offers` adds what TLS hosts offer."""
        yield from self._read_for()
        for place in places:
            yield ""
            yield from self._heading(place)
            if place.asked is not None:
                yield from self._sections(place)
            if with_offers:
                yield from self._offers(place.host)
            yield from self._settings(place)

    def hosts(self, hosts: Sequence[VirtualHost]) -> Iterator[str]:
        """A short list, where there are several hosts and nobody said which."""
        yield from self._read_for()
        for host in hosts:
            yield ""
            yield self._view.bold(self._clean(host.title))
            yield f"  {self._dim(self._clean(self._place_of(host)))}"
            names = dict.fromkeys(item.name for item in host.children if not item.name.startswith("<"))
            for part in wrap(" ".join(names) or "(nothing of its own)", self._view.width - 4):
                yield f"  {self._clean(part)}"
        yield ""
        yield self._dim("--vhost NAME or --url URL shows what is in force in one of them; a directive's name, in all.")

    def _offers(self, host: VirtualHost) -> Iterator[str]:
        """What a host offers at its addresses, if it speaks TLS."""
        for offer in offers(host) if host.is_tls and (host.is_main is False or host.tls_sockets) else ():
            yield ""
            yield from OfferPicture(offer, self._view, self._name).lines()

    # Headings

    def _read_for(self) -> Iterator[str]:
        target = self._server.target
        yield self._dim(f"read for httpd {target.httpd} with OpenSSL {target.openssl} ({target.preset})")
        if self._server.is_fragment:
            yield self._view.paint("the server around this file is not known: what that sets counts, too", _YELLOW)

    def _heading(self, place: Place) -> Iterator[str]:
        yield self._view.bold(self._clean(place.host.title))
        yield f"  {self._dim(self._clean(self._place_of(place.host)))}"
        if place.asked is None:
            return
        where = place.asked.where
        if where.backend is not None:
            aim = f"goes to {where.backend}"
        elif where.path is not None:
            aim = f"is {where.path}"
        else:
            aim = "is mapped to what can't be told"
        yield f"  {self._clean(place.asked.url)} {self._clean(aim)}"
        if place.answer is not None:
            yield from answer_lines(place.answer, self._view, self._name)

    def _place_of(self, host: VirtualHost) -> str:
        if host.header is None:
            return self._name(host.source.path)
        return self._chain(host.header)

    def _sections(self, place: Place) -> Iterator[str]:
        """The sections that apply, in the order in which they are laid over each other."""
        inner = [layer for layer in place.layers if not layer.is_server]
        if inner:
            yield ""
            yield "Sections that apply, each over those before it"
            width = min(60, max(len(self._clean(layer.title)) for layer in inner))
            for layer in inner:
                yield from self._layer(layer, width)
        for path in place.unseen:
            yield self._dim(f"  {self._name(path)} counts too, if it is there: nobody looked")
        for path in place.unread:
            yield self._view.paint(f"  {self._name(path)} can't be read: it may change all of this", _YELLOW)

    def _layer(self, layer: Layer, width: int) -> Iterator[str]:
        title = self._clean(layer.title)
        where = self._chain(layer.scope.section) if layer.scope is not None else ""
        yield from self._placed(f"  {title:<{width}}" if where else f"  {title}", where, "      ")
        if layer.truth is None:
            yield self._view.paint("      if its condition holds, which can't be told", _YELLOW)
        for directive in layer.refused:
            text = f"{directive.name} is not allowed there (line {directive.line}): every request is answered with 500"
            yield self._view.paint(f"    {self._clean(text)}", _YELLOW)

    # Settings

    def _settings(self, place: Place) -> Iterator[str]:
        if not place.settings:
            yield ""
            yield "  Nothing is set here."
        for module, group in groupby(place.settings, lambda one: one.module):
            yield ""
            yield self._dim(module)
            for one in group:
                yield from self._setting(one, place)

    def _setting(self, one: InForce, place: Place) -> Iterator[str]:
        value = self._value(one)
        head = f"  {self._view.bold(self._clean(one.name))} "
        if one.effective.is_list and len(one.effective.lines) > 1:
            yield head.rstrip() + self._dim(f"  {len(one.effective.lines)} lines, in the order in which they act")
            for line in one.effective.lines:
                yield f"    {self._clean(self._text(line.directive))}"
                yield from self._origin(line, place, "      ", one.effective.rule.record == "global")
        else:
            yield f"{head}{value}".rstrip()
            yield from self._origins(one, place)
        if one.note:
            yield f"      {self._view.paint(self._clean(one.note), _YELLOW)}"
        for line in one.effective.maybe:
            yield from self._maybe(line)
        for loser in one.effective.losers:
            yield from self._loser(loser)

    def _value(self, one: InForce) -> str:
        effective = one.effective
        if effective.lines and effective.words is None:
            return self._view.paint(f"{self._clean(effective.part)} is taken away", _GREEN)
        if one.value is None:
            return self._dim("not set")
        return self._view.paint(self._clean(one.value), _GREEN)

    def _origins(self, one: InForce, place: Place) -> Iterator[str]:
        """Where a value comes from: its lines, or who decides where nobody set it."""
        lines = one.effective.lines
        for line in lines:
            if len(lines) > 1:
                yield f"      {self._clean(self._text(line.directive))}"
            indent = "          " if len(lines) > 1 else "      "
            yield from self._origin(line, place, indent, one.effective.rule.record == "global")
        origin = one.effective.origin
        if isinstance(origin, Default) and not one.note:
            yield self._dim(f"      default of {origin.of}" if one.value is not None else f"      in {origin.of}")
        elif isinstance(origin, Unknown):
            yield self._dim(f"      {origin.why}")

    def _origin(self, line: Line, place: Place, indent: str, is_global: bool) -> Iterator[str]:
        text = self._chain(line.directive)
        if not line.layer.is_server and not line.layer.htaccess:
            text += f", in {line.layer.title}"
        elif line.layer.is_server and line.layer.host is not place.host:
            text += ", for the whole server" if is_global else ", inherited from the main server"
        if line.limit is not None:
            text += f", for {line.limit.title} only"
        for part in wrap(self._clean(text), self._view.width - len(indent)):
            yield indent + self._dim(part)
        for condition in _conditions(line.directive):
            yield indent + self._view.paint(self._clean(f"if {condition} holds"), _YELLOW)

    def _maybe(self, line: Line) -> Iterator[str]:
        text = f"but {self._text(line.directive)} where {line.layer.title} holds"
        yield from self._placed(f"      {self._clean(text)}", self._chain(line.directive), "          ", _YELLOW)

    def _loser(self, loser: Loser) -> Iterator[str]:
        directive = loser.line.directive
        yield from self._placed(f"      not {self._clean(self._text(directive))}", self._chain(directive), "          ")
        for condition in _conditions(directive):
            yield f"          {self._dim(self._clean(f'under {condition}'))}"
        yield f"          {self._dim(self._clean(loser.why))}"

    # Words

    def _text(self, directive: Directive) -> str:
        return f"{directive.name} {directive.text}".strip()

    def _chain(self, directive: Directive) -> str:
        """The place, and the Include and Use lines that led there."""
        arrow = " ← " if self._view.unicode else " < "
        places = [place_text(directive, self._name)]
        for link in directive.frame.chain:
            how = "used at" if link.key == "use" else "included at"
            places.append(f"{how} {place_text(link, self._name)}")
        return arrow.join(places)

    def _placed(self, head: str, place: str, indent: str, style: str = "") -> Iterator[str]:
        """Some text with a place behind it, or below it where that is too long for the line."""
        shown = self._view.paint(head, style) if style else head
        if len(head) + 2 + len(place) <= self._view.width:
            yield f"{shown}  {self._dim(self._clean(place))}".rstrip()
        else:
            yield shown.rstrip()
            yield from (indent + self._dim(part) for part in wrap(self._clean(place), self._view.width - len(indent)))

    def _clean(self, text: str) -> str:
        return self._view.clean(text)

    def _dim(self, text: str) -> str:
        return self._view.paint(text, _DIM)


def _conditions(directive: Directive) -> Iterator[str]:
    """The sections around a line whose truth can't be known."""
    condition: Condition | None = directive.condition
    while condition is not None:
        yield condition.header.title
        condition = condition.outer
