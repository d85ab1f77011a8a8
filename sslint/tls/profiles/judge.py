"""What hosts do that a profile does not want, grouped by the lines that make them do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ...configuration.model import Argument, Directive
from ...diagnostic import Severity
from ...server import Inherited, Origin, Server, Spot, VirtualHost, spot
from ...text import enumeration
from ..offer import TlsOffer, offers
from .model import Item, Level, Mixed, Profile, Requirement

if TYPE_CHECKING:
    from ...knowledge.targets import Target
    from .remedy import Remedy

T = TypeVar("T")
_WEIGHTS = {
    (Level.MUST, True): Severity.ERROR,
    (Level.MUST, False): Severity.WARNING,
    (Level.SHOULD, True): Severity.WARNING,
    (Level.SHOULD, False): Severity.INFO,
}


def severity(requirement: Requirement) -> Severity:
    """How much a broken requirement weighs: less where it is advice, and less where it was only recalled."""
    return _WEIGHTS.get((requirement.level, requirement.verified), Severity.INFO)


HOSTS = "{hosts}"
"""Stands for the hosts in what a fault says; names out of certificates may hold braces too."""


class Fault(NamedTuple):
    """One thing that a host does, without the name of who does it.

    `found` is a sentence in which `{hosts}` stands for the hosts, `demand` what the profile says to that.
    `place` is where it is decided: `directive`, or a default with the note `origin`. `advice` is what to write.
    `items` are the suites, versions … that it is about.
    """

    requirement: Requirement
    found: str
    demand: str
    directive: Directive | None
    argument: Argument | None = None
    last: Argument | None = None
    origin: str = ""
    advice: str = ""
    items: tuple[object, ...] = ()
    weighs: Severity | None = None
    """Where it weighs less than the requirement does."""


class Breach:
    """A fault, the profile that finds it, and the hosts that have it."""

    def __init__(self, profile: Profile, fault: Fault, host: VirtualHost, offer: TlsOffer) -> None:
        self.profile = profile
        self.fault = fault
        self.offer = offer
        self.hosts: list[VirtualHost] = [host]
        self.offers: list[TlsOffer] = [offer]
        self.origins: dict[str, None] = {fault.origin: None}

    def remedy(self, profiles: Sequence[Profile]) -> Remedy | None:
        """A fix that no chosen profile has anything against."""
        from .remedy import remedy

        return remedy(self, profiles)

    @property
    def requirement(self) -> Requirement:
        """What is broken."""
        return self.fault.requirement

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return self.fault.weighs or severity(self.requirement)

    def place(self) -> Spot | Argument | VirtualHost:
        """The words that decide it; of a default, the word that switches TLS on."""
        fault = self.fault
        if fault.directive is not None:
            return spot(fault.directive, fault.argument, fault.last)
        return self.hosts[0].engine_place

    def message(self, hosts: str) -> str:
        """What happens, to whom, and who wants it otherwise."""
        found, one = self.fault.found.replace(HOSTS, hosts), self.requirement
        return f"{found}: {self.profile.label} ({one.section}) {self.fault.demand}"

    def notes(self, profiles: Sequence[Profile]) -> Iterator[str]:
        """Where the value comes from, who asks for another, who contradicts, and what to write."""
        fault, one = self.fault, self.requirement
        yield from [one for one in self.origins if one][:2]
        if fault.advice:
            yield fault.advice
        dated = f", since {one.since}" if one.since else ""
        dated += f", to be done by {one.until}" if one.until else ""
        told = f": {one.note}" if one.note else ""
        yield f"Asked for by {self.profile.cite(one.section)}{dated}{told}."
        if not one.verified:
            yield "This requirement was recalled, never verified against the text, and weighs less."
        yield from self._against(profiles)

    def _against(self, profiles: Sequence[Profile]) -> Iterator[str]:
        """The chosen profiles that nothing meets together with this requirement."""
        if len(profiles) > 1:
            from .contradictions import against
            from .words import asked

            for one in against(self.requirement, self.profile, profiles):
                what = f"{one.other.label} ({one.theirs.section}) asks for {asked(one.theirs)}"
                yield f"{what}: nothing meets both profiles, so neither is written by itself."

    def tags(self) -> tuple[str, ...]:
        """The profile's section, and the publisher's own numbers."""
        return self.profile.tag(self.requirement.section), *self.requirement.tags


Judge = Callable[[Requirement, TlsOffer], Iterable[Fault]]
"""The faults of one host's offer in the light of one requirement."""


def breaches(profiles: Iterable[Profile], server: Server, subjects: Sequence[str], judge: Judge) -> list[Breach]:
    """What the hosts do against requirements on some subjects, one entry for each line that several share."""
    met = list(_met(server))
    found: dict[object, Breach] = {}
    for profile in profiles:
        asked = [one for one in profile.requirements if one.subject in subjects and one.level is not Level.MAY]
        asked.sort(key=severity, reverse=True)
        for host, offer in met if asked else ():
            claimed: set[object] = set()
            for requirement in asked:
                for fault in judge(requirement, offer):
                    if (host.is_tls is None and fault.directive is None) or is_open(fault.directive):
                        continue  # a fragment is judged by what it sets itself
                    if fault.items and claimed.issuperset(fault.items):
                        continue  # a graver requirement of the profile has told of them
                    claimed.update(fault.items)
                    _add(found, profile, fault, host, offer)
    return list(found.values())


def _add(found: dict[object, Breach], profile: Profile, fault: Fault, host: VirtualHost, offer: TlsOffer) -> None:
    line = fault.directive
    place = (line.source.path, line.start, line.frame.chain) if line is not None else None
    key = (profile.label, fault.requirement.subject, fault.requirement.section, fault.found, place)
    before = found.get(key)
    if before is None:
        found[key] = Breach(profile, fault, host, offer)
        return
    before.offers.append(offer)
    before.origins[fault.origin] = None
    if before.hosts[-1] is not host:
        before.hosts.append(host)


def _met(server: Server) -> Iterator[tuple[VirtualHost, TlsOffer]]:
    """The hosts that handshakes reach, with each of their offers; of a fragment, what it sets itself."""
    for host in server.hosts:
        if host.is_tls is False or (host.is_main and not server.is_fragment and not host.tls_sockets):
            continue
        for offer in offers(host):
            yield host, offer


def is_open(directive: Directive | None) -> bool:
    """Whether a variable that nothing here defines stands in a line: its value is not known."""
    return directive is not None and "${" in directive.text


def is_known(name: str, target: Target) -> bool:
    """Whether the target's httpd has a directive."""
    from ...knowledge.directives import directives

    found = directives().lookup(name, section=False)
    return found is not None and found.exists(target.httpd)


def inherited(origin: Origin, offer: TlsOffer) -> str:
    """Whose a value is that a host has from the default host of its address; empty where it is its own."""
    if not isinstance(origin, Inherited) or origin.host.is_main or origin.host is offer.host:
        return ""
    return f"{offer.host.title} has it from {origin.host.title}, the default host of the address."


class Verdict(NamedTuple):
    """What a list has too much, and what it lacks: all of `missing`, or one of `lacking`."""

    extra: tuple[object, ...] = ()
    missing: tuple[Item, ...] = ()
    lacking: tuple[Item, ...] = ()


def weigh(ask: Mixed, have: Sequence[T], fits: Callable[[Item, T], bool]) -> Verdict:
    """A list in the light of what is asked of it."""

    def listed(items: Iterable[Item], one: T) -> bool:
        return any(fits(item, one) for item in items)

    extra = [one for one in have if (ask.only is not None and not listed(ask.only, one)) or listed(ask.forbid, one)]
    missing = [item for item in ask.require if not any(fits(item, one) for one in have)]
    lacking = ask.any if ask.any and not any(listed(ask.any, one) for one in have) else ()
    return Verdict(tuple(extra), tuple(missing), lacking)


def refusal(requirement: Requirement, title: Callable[[Item], str], count: int) -> str:
    """What a profile says of something that is too much."""
    ask, must = requirement.ask, requirement.level is Level.MUST
    assert isinstance(ask, Mixed)
    if ask.only is not None:
        names = [title(one) for one in ask.only]
        if 0 < len(names) <= 4:
            return f"{'allows' if must else 'recommends'} {enumeration(names)} only"
        return f"does not {'allow' if must else 'recommend'} {'it' if count == 1 else 'them'}"
    return f"{'forbids' if must else 'advises against'} {'it' if count == 1 else 'them'}"


def wish(requirement: Requirement, names: Sequence[str], one_of: bool = False) -> str:
    """What a profile says of something that is missing."""
    verb = "requires" if requirement.level is Level.MUST else "recommends"
    return f"{verb} {'one of ' if one_of and len(names) > 1 else ''}{enumeration(names, 6)}"
