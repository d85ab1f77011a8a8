"""Which hosts offer weak protocol versions, grouped by the line that lets them in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sslint.api import (
    Argument,
    Directive,
    Edit,
    OfferedProtocol,
    Place,
    Protocol,
    Server,
    Severity,
    TlsOffer,
    VirtualHost,
    enumeration,
    listing,
    offers,
    replace,
    spot,
)


class Group:
    """Hosts that offer the same weak versions because of the same line; `directive` is None for a default."""

    def __init__(
        self,
        weak: tuple[Protocol, ...],
        directive: Directive | None,
        arguments: tuple[Argument, ...],
        offer: TlsOffer,
        severity: Severity,
    ) -> None:
        self.weak = weak
        self.directive = directive
        self.arguments = arguments
        self.offer = offer
        self.severity = severity
        self.hosts: list[VirtualHost] = []
        self.deciders: list[VirtualHost] = []

    @property
    def place(self) -> Place:
        """The run of words that lets the versions in; of a default, the word that switches TLS on."""
        if self.directive is not None:
            return spot(self.directive, self.arguments[0], self._last)
        return self.deciders[0].engine_place

    @property
    def _last(self) -> Argument:
        """The last of the guilty words that follow the first without another between."""
        assert self.directive is not None
        starts = [argument.span.start for argument in self.directive.arguments]
        last = self.arguments[0]
        for argument in self.arguments[1:]:
            if starts.index(argument.span.start) != starts.index(last.span.start) + 1:
                break
            last = argument
        return last

    @property
    def losers(self) -> tuple[Directive, ...]:
        """The lines that the winning one overrides."""
        setting = self.offer.protocol_setting
        return setting.losers if setting.directive is self.directive and self.directive is not None else ()

    @property
    def label(self) -> str:
        """The short text at the place."""
        if self.directive is None:
            return "without SSLProtocol"
        offered = {one.protocol for one in self.offer.protocols}
        return f"{'lets in' if offered.issuperset(self.weak) else 'switches on'} {join(self.weak)}"

    @property
    def message(self) -> str:
        """What happens, and to whom."""
        names, hosts = join(self.weak), listing(self.hosts)
        verb = "is" if len(self.weak) == 1 else "are"
        why = next((absence.reason for absence in self.offer.absent if absence.protocol == self.weak[-1]), "")
        if len(self.weak) > 1:
            why = why.replace(" it at ", " them at ").removesuffix(" it") + (" them" if why.endswith(" it") else "")
        if self.severity is Severity.ERROR and not self.offer.protocols:
            return f"nobody can connect to {hosts}: only {names} {verb} switched on, and {why}"
        if self.severity is Severity.INFO:
            return f"{names} {verb} switched on for {hosts}, but not offered: {why}"
        return f"{names} {verb} offered by {hosts}"

    def edits(self, rewrite: Callable[[Directive], Iterable[Edit]], good: list[Protocol]) -> Iterator[Edit]:
        """The edits that mend the line."""
        assert self.directive is not None
        if self.directive.key == "sslprotocol":
            yield from rewrite(self.directive)
        elif self.directive.values[0].lower() == "minprotocol" and not good[0].is_weak:
            yield replace(self.directive.arguments[1], good[0].word)


def groups(server: Server) -> list[Group]:
    """Every line, or default, that lets weak versions in."""
    found: dict[object, Group] = {}
    for host in server.possible_tls_hosts:
        for offer in offers(host):
            is_weak = any(protocol.is_weak for protocol in offer.allowed)
            if is_weak and offer.known and (host.is_tls or offer.protocol_setting.directive is not None):
                _add(found, host, offer)
    return list(found.values())


def _add(found: dict[object, Group], host: VirtualHost, offer: TlsOffer) -> None:
    severity, guilty = _guilty(offer)
    if not guilty:
        return
    weak = tuple(one.protocol for one in guilty)
    directive = guilty[0].directive
    key = (weak, severity, (directive.source.path, directive.start) if directive is not None else None)
    group = found.get(key)
    if group is None:
        named = {one.argument.span.start: one.argument for one in guilty if one.argument and one.directive is directive}
        arguments = tuple(named[start] for start in sorted(named))
        group = found[key] = Group(weak, directive, arguments, offer, severity)
    if group.hosts[-1:] != [host]:
        group.hosts.append(host)
    if offer.decider not in group.deciders:
        group.deciders.append(offer.decider)


def _guilty(offer: TlsOffer) -> tuple[Severity, list[OfferedProtocol]]:
    """The weak versions: offered, or all that is switched on, or named one by one though the library refuses them."""
    weak = [one for one in offer.protocols if one.protocol.is_weak]
    if weak:
        return Severity.ERROR, weak
    held = [absence for absence in offer.absent if absence.held_back and absence.protocol.is_weak]
    setting = offer.protocol_setting
    named = [
        OfferedProtocol(absence.protocol, absence.argument, setting.directive)
        for absence in held
        if absence.argument is not None and absence.argument in (setting.value or ())
    ]
    if not offer.protocols:
        return Severity.ERROR, named
    return Severity.INFO, [one for one in named if one.argument and one.argument.value.lstrip("+").lower() != "all"]


def join(protocols: Iterable[Protocol]) -> str:
    """`SSLv3, TLS 1.0 and TLS 1.1`."""
    return enumeration([protocol.label for protocol in protocols])
