"""The lists of groups that lines bring into force, each with its hosts."""

from __future__ import annotations

from typing import NamedTuple

from sslint.api import (
    Argument,
    Edit,
    Server,
    Span,
    Spot,
    TlsOffer,
    VirtualHost,
    expand_group_list,
    kept,
    listing,
    offers,
)


class Listed(NamedTuple):
    """One line with a list of groups in force, and the hosts that it holds for."""

    offer: TlsOffer
    argument: Argument
    hosts: list[VirtualHost]

    @property
    def whom(self) -> str:
        """The hosts, for a message."""
        return listing(self.hosts)

    def part(self, name: str) -> tuple[int, int] | None:
        """Where a group stands in the value, by whatever name of it."""
        start = 0
        for word in self.argument.value.split(":"):
            if expand_group_list(word.strip(), self.offer.target) == (name,):
                return start, start + len(word)
            start += len(word) + 1
        return None

    def spot(self, name: str) -> Spot | None:
        """Where a group stands in the source; None where that can't be told."""
        word, found = self.argument.word, self.part(name)
        if found is None or word.end - word.start - len(word.value) not in (0, 2 * len(word.quote)):
            return None
        begin = self.argument.span.start + len(word.quote)
        span = Span(begin + found[0], begin + found[1])
        source, directive = self.argument.source, self.offer.groups.directive
        stands = source.text[span.start : span.end] == word.value[found[0] : found[1]]
        return Spot(source, span, directive.frame) if stands and directive is not None else None

    def without(self, name: str) -> list[Edit]:
        """The edit that takes a group out; nothing where it is the only one, or stands elsewhere than it is read."""
        place = self.spot(name)
        if place is None:
            return []
        text, (start, end) = place.source.text, place.span
        if text[end : end + 1] == ":":
            return [Edit(place.source, Span(start, end + 1), "")]
        return [Edit(place.source, Span(start - 1, end), "")] if text[start - 1] == ":" else []


@kept
def lists(server: Server) -> list[Listed]:
    """The lists of `Groups`, `Curves` and `ECDHParameters` in force."""
    found: dict[object, Listed] = {}
    for host in server.hosts:
        if not host.is_tls:
            continue
        for offer in offers(host):
            line = offer.groups.directive
            if line is None or line.key != "sslopensslconfcmd" or not offer.protocols or not offer.groups.names:
                continue
            listed = found.setdefault((line.source.path, line.start), Listed(offer, line.arguments[-1], []))
            if listed.hosts[-1:] != [host]:
                listed.hosts.append(host)
    return list(found.values())
