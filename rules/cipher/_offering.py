"""Which hosts offer which cipher suites, grouped by the string that brings them in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Fix,
    OfferedSuite,
    Place,
    Protocol,
    Related,
    Server,
    Span,
    Spot,
    Suite,
    TlsOffer,
    VirtualHost,
    above_engines,
    add_to,
    assumption,
    enumeration,
    kept,
    listing,
    offers,
    set_value,
    with_value,
)


class Offering:
    """Hosts that offer the same suites because of the same string."""

    def __init__(self, offer: TlsOffer, suites: tuple[OfferedSuite, ...], hosts: list[VirtualHost]) -> None:
        self.offer = offer
        self.suites = suites
        self.hosts = hosts

    @property
    def directive(self) -> Directive | None:
        """The line that the string stands in; None for a default."""
        return self.offer.cipher.directive

    @property
    def whom(self) -> str:
        """The hosts, for a message."""
        return listing(self.hosts)

    @cached_property
    def places(self) -> list[tuple[Span, int]]:
        """The elements that bring the suites in, each with how many, in the order of the string."""
        cipher = self.offer.cipher
        elements = [element for one in self.suites if (element := cipher.element(one.suite)) is not None]
        counts = Counter(element.start for element in elements)
        by_start = {element.start: element for element in elements}
        spans = ((cipher.place(by_start[start]), count) for start, count in sorted(counts.items()))
        return [(span, count) for span, count in spans if span is not None]

    def place(self) -> Place:
        """The element that brings in most; else the string; of a default, the line that switches TLS on."""
        directive, argument = self.directive, self.offer.cipher.argument
        if directive is not None and argument is not None:
            places = self.places
            if not places:
                return argument
            span = max(places, key=lambda place: (place[1], -place[0].start))[0]
            return Spot(directive.source, span, directive.frame)
        return self.offer.host.engine_place

    def report(self, context: Context, message: str, fix: Fix | None) -> Diagnostic:
        """The finding about the suites, with the elements that bring them in and the lines that lost."""
        place = self.place()
        counts = self.places
        related = [
            Related(place.source, span, f"brings in {count} more") for span, count in counts if span != place.span
        ]
        losers = self.offer.cipher.setting.losers[-3:]
        notes = [*assumption(self.directive, *(host.condition for host in self.hosts[:1]))]
        if self.directive is None:
            notes.append("No SSLCipherSuite is in force: this is the default list of OpenSSL "
                         f"{self.offer.target.openssl}.")  # fmt: skip
        return context.report(
            place,
            message,
            label=f"brings in {dict(counts).get(place.span, len(self.suites))}",
            related=[*related, *((loser, "overridden here") for loser in losers)],
            notes=notes,
            fix=fix,
        )

    def policy(self, context: Context, what: str, exclusion: Callable[[Suite], str]) -> Diagnostic:
        """The finding of a rule about one kind of suites; `exclusion` is the element that takes a suite of it out."""
        count, names = len(self.suites), enumeration([one.suite.openssl_name for one in self.suites], 3)
        subject = f"1 suite {what} is" if count == 1 else f"{count} suites {what} are"
        value = excluding(self.offer, {one.suite for one in self.suites}, exclusion)
        fix = mend(context, self, value, "exclude them") if value is not None else None
        return self.report(context, f"{subject} offered by {self.whom}: {names}", fix)


@kept
def offerings(server: Server) -> list[Offering]:
    """Every string, or default, with what it lets hosts offer."""
    found: dict[object, Offering] = {}
    for host in server.possible_tls_hosts:
        for offer in offers(host):
            suites = offer.suites
            if suites and offer.cipher.known and (host.is_tls or offer.cipher.argument is not None):
                directive = offer.cipher.directive
                line = (directive.source.path, directive.start) if directive is not None else None
                group = found.setdefault((line, id(suites)), Offering(offer, suites, []))  # comparing suites is slow
                if group.hosts[-1:] != [host]:
                    group.hosts.append(host)
    return list(found.values())


def having(server: Server, is_meant: Callable[[Suite], bool]) -> Iterator[Offering]:
    """The offerings with suites of a kind, narrowed down to these."""
    chosen: dict[int, tuple[OfferedSuite, ...]] = {}
    for one in offerings(server):
        key = id(one.suites)
        if key not in chosen:
            chosen[key] = tuple(offered for offered in one.suites if is_meant(offered.suite))
        if chosen[key]:
            yield Offering(one.offer, chosen[key], one.hosts)


def has_tls13(offer: TlsOffer) -> bool:
    """Whether clients get TLS 1.3, which has suites of its own."""
    return any(one.protocol is Protocol.TLS1_3 for one in offer.protocols)


def _has_secrecy(suites: Iterable[Suite]) -> bool:
    return any(suite.forward_secret for suite in suites)


def excluding(offer: TlsOffer, bad: set[Suite], exclusion: Callable[[Suite], str]) -> str | None:
    """The string in force with elements that take out exactly the bad suites of its list; None if none does."""
    selected = offer.cipher.selected
    if selected is None or any(not exclusion(suite) for suite in bad):
        return None
    words = dict.fromkeys(exclusion(suite) for suite in selected.suites if suite in bad)
    candidate = ":".join(["DEFAULT" if offer.cipher.value is None else offer.cipher.value, *words])
    after = with_value(candidate, offer.target)
    lost = {suite for suite in selected.suites if exclusion(suite) in words}
    good = [suite.name for suite in selected.suites if suite not in lost]
    left = [one.suite for one in offer.suites if one.suite not in lost]
    if not left or _has_secrecy(left) < _has_secrecy(one.suite for one in offer.suites):
        return None  # nobody could connect with what is left, or with forward secrecy
    return candidate if after is not None and list(after.names) == good else None


def mend(context: Context, offering: Offering, value: str, title: str) -> Fix | None:
    """The fix that puts a value in the string's place; where the value only adds to the string, behind it."""
    argument, directive = offering.offer.cipher.argument, offering.directive
    if argument is None or directive is None:
        edits = above_engines(offering.hosts, f"SSLCipherSuite {value}")
        return context.fix("write a sound list", *edits) if edits else None
    if not argument.stands:
        return None
    if value.startswith(argument.value):
        return context.fix(title, add_to(argument, value.removeprefix(argument.value)))
    return context.fix("write a sound list", set_value(argument, value))
