"""Protocol versions, cipher suites and groups of a host in the light of a requirement."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from ...configuration.model import Argument, Directive
from ...server import Unknown
from ...text import enumeration
from ..offer import TlsOffer
from ..protocols import BY_WORD, Protocol, available
from .judge import Fault, inherited, is_open, refusal, weigh, wish
from .model import Item, Mixed, Pattern, Requirement

if TYPE_CHECKING:
    from ...openssl import Suite

_SHOWN = 3
_SHOWN_GROUPS = 6


class Line(NamedTuple):
    """What decides a list: a directive with its words, or a default with what is said of it."""

    directive: Directive | None
    first: Argument | None = None
    last: Argument | None = None
    origin: str = ""


def mixed(requirement: Requirement) -> Mixed:
    """What is asked of a list."""
    assert isinstance(requirement.ask, Mixed)
    return requirement.ask


def title(item: Item) -> str:
    """What people call a thing that is listed."""
    return item.title if isinstance(item, Pattern) else item


def _too_much(requirement: Requirement, found: str, line: Line, extra: tuple[object, ...], why: str) -> Fault:
    return Fault(requirement, found, why, line.directive, line.first, line.last, line.origin, items=extra)


def _missing(
    requirement: Requirement, kind: str, all_of: Sequence[str], one_of: Sequence[str], line: Line
) -> Iterator[Fault]:
    """What is not there, although the requirement wants all or one of it."""
    for names, single in ((all_of, False), (one_of, True)):
        if names:
            several = len(names) > 1
            shown = enumeration(names, _SHOWN_GROUPS)
            what = f"none of the {kind}s {shown} is" if several and single else f"the {kind} {shown} is not"
            if several and not single:
                what = f"the {kind}s {shown} are not"
            yield Fault(requirement, f"{what} offered by {{hosts}}", wish(requirement, names, single),
                        line.directive, line.first, line.last, line.origin)  # fmt: skip


def _default(name: str, offer: TlsOffer) -> str:
    return f"No {name} is in force: this is the default of httpd {offer.target.httpd}."


# Protocol versions


def version(item: Item) -> Protocol:
    """The version of a word."""
    return BY_WORD[str(item).lower()]


def _knows_versions(offer: TlsOffer) -> bool:
    return offer.known and not is_open(offer.protocol_setting.directive)


def protocols(requirement: Requirement, offer: TlsOffer) -> Iterator[Fault]:
    """Versions that are offered and should not be, or are missing."""
    if not _knows_versions(offer):
        return
    offered = offer.protocols
    verdict = weigh(mixed(requirement), [one.protocol for one in offered], lambda item, one: version(item) is one)
    guilty = [one for one in offered if one.protocol in verdict.extra]
    if guilty:
        directive = guilty[0].directive
        words = [one.argument for one in guilty if one.argument is not None and one.directive is directive]
        names = enumeration([one.protocol.label for one in guilty])
        found = f"{names} {'is' if len(guilty) == 1 else 'are'} offered by {{hosts}}"
        why = refusal(requirement, _label, len(guilty))
        yield _too_much(requirement, found, _of_protocols(offer, directive, words), verdict.extra, why)
    for item in verdict.missing:
        yield _absent(requirement, offer, version(item))
    if verdict.lacking and offered:
        names = enumeration([_label(item) for item in verdict.lacking])
        wanted = wish(requirement, [_label(item) for item in verdict.lacking], one_of=True)
        line = _of_protocols(offer, offer.protocol_setting.directive, ())
        yield Fault(requirement, f"none of {names} is offered by {{hosts}}", wanted, line.directive, origin=line.origin)


def _of_protocols(offer: TlsOffer, directive: Directive | None, words: Sequence[Argument]) -> Line:
    """The line that decides the versions, with the run of words that lets some in."""
    if directive is None:
        return Line(None, origin=_default("SSLProtocol", offer))
    places = {argument.span.start: number for number, argument in enumerate(directive.arguments)}
    words = sorted((one for one in words if one.span.start in places), key=lambda one: one.span.start)
    if not words:
        arguments = directive.arguments
        return Line(directive, arguments[0], arguments[-1]) if arguments else Line(directive)
    run = places[words[-1].span.start] - places[words[0].span.start] == len({one.span.start for one in words}) - 1
    return Line(directive, words[0], words[-1] if run else None)


def _absent(requirement: Requirement, offer: TlsOffer, wanted: Protocol) -> Fault:
    line = _of_protocols(offer, offer.protocol_setting.directive, ())
    why = next((one.reason for one in offer.absent if one.protocol is wanted), "")
    can = wanted in available(offer.target)
    return Fault(
        requirement,
        f"{wanted.label} is not offered by {{hosts}}" + (f" ({why})" if why else ""),
        wish(requirement, [wanted.label]),
        line.directive,
        line.first,
        line.last,
        line.origin,
        advice="" if can else f"Only a newer httpd and OpenSSL bring {wanted.label}.",
        items=(wanted,),
    )


def _label(item: Item) -> str:
    return version(item).label


# Cipher suites


def is_suite(item: Item, suite: Suite) -> bool:
    """Whether a suite is meant by an item: a name of OpenSSL or IANA, or a pattern."""
    if isinstance(item, Pattern):
        return item.fits(suite)
    return item in (suite.openssl_name, suite.iana)


def ciphers(requirement: Requirement, offer: TlsOffer) -> Sequence[Fault]:
    """Suites up to TLS 1.2 that are offered and should not be, or are missing."""
    setting, offered = offer.cipher, offer.suites
    if not offered or not setting.known or not _knows_versions(offer):
        return ()
    origin = "" if setting.directive is not None else _default("SSLCipherSuite", offer)
    line = Line(setting.directive, setting.argument, None, origin)
    suites = [one.suite for one in offered]
    return _once(offer, (requirement, offered), line, lambda: _suites(requirement, suites, "cipher suite", line))


def _once(
    offer: TlsOffer, about: tuple[object, ...], line: Line, faults: Callable[[], Iterator[Fault]]
) -> Sequence[Fault]:
    """The faults of things that thousands of hosts share, worked out once for each line that decides them.

    The things are told apart by identity: comparing long lists takes as long as judging them.
    """
    directive = line.directive
    place = (directive.source.path, directive.start) if directive is not None else None
    memory, key = offer.host.server.memory, (_once, *map(id, about), place)
    if key not in memory:
        memory[key] = about, tuple(faults())
    return cast("tuple[object, Sequence[Fault]]", memory[key])[1]


def ciphersuites(requirement: Requirement, offer: TlsOffer) -> Sequence[Fault]:
    """The same of TLS 1.3."""
    setting = offer.tls13
    suites = offer.suites_for(Protocol.TLS1_3)
    if not suites or not _knows_versions(offer) or (offer.host.server.is_fragment and setting.directive is None):
        return ()
    origin = "" if setting.directive is not None else f"This is the default of OpenSSL {offer.target.openssl}."
    line = Line(setting.directive, setting.argument, None, origin)
    return list(_suites(requirement, suites, "TLS 1.3 cipher suite", line))


def _suites(requirement: Requirement, suites: Sequence[Suite], kind: str, line: Line) -> Iterator[Fault]:
    ask = mixed(requirement)
    verdict = weigh(ask, suites, is_suite)
    extra = [suite for suite in suites if suite in verdict.extra]
    if extra:
        names = [suite.openssl_name for suite in extra]
        found = f"the {kind} {names[0]} is offered by {{hosts}}"
        if len(names) > 1:
            found = f"{len(names)} {kind}s are offered by {{hosts}} ({enumeration(names, _SHOWN)})"
        why = refusal(requirement, title, len(extra))
        if ask.only is None:
            kinds = [title(one) for one in ask.forbid if isinstance(one, Pattern) and any(map(one.fits, extra))]
            why += f": {'; '.join(kinds)}" if kinds else ""
        yield _too_much(requirement, found, line, verdict.extra, why)
    yield from _missing(requirement, kind, list(map(title, verdict.missing)), list(map(title, verdict.lacking)), line)


# Groups


@functools.lru_cache(maxsize=512)
def group(name: str) -> str:
    """A group by its shortest usual name; the code points that TLS 1.3 has of its own count as the same."""
    from ...openssl.lists import SAME_GROUP

    short = name.removesuffix("tls13")
    return SAME_GROUP.get(short, SAME_GROUP.get(short.lower(), short))


def offered_groups(offer: TlsOffer) -> list[str]:
    """The groups that some handshake can use, in order."""
    ephemeral = any(one.suite.key_exchange == "ECDH" for one in offer.suites)
    versions = [one.protocol for one in offer.protocols if one.protocol is Protocol.TLS1_3 or ephemeral]
    usable = {name for one in versions for name in offer.groups_for(one)}
    return list(dict.fromkeys(group(name) for name in offer.groups.names if name in usable))


def groups(requirement: Requirement, offer: TlsOffer) -> Iterator[Fault]:
    """Groups that are offered and should not be, or are missing."""
    setting = offer.groups
    names = offered_groups(offer)
    if not names or not _knows_versions(offer) or isinstance(setting.origin, Unknown):
        return
    if offer.host.server.is_fragment and setting.directive is None:
        return
    directive = setting.directive
    word = directive.arguments[-1] if directive is not None and directive.arguments else None
    origin = f"Nothing names groups: these are the default of OpenSSL {offer.target.openssl}."
    line = Line(directive, word, None, inherited(setting.origin, offer) if directive is not None else origin)
    verdict = weigh(mixed(requirement), names, lambda item, one: group(str(item)) == one)
    if verdict.extra:
        extra = [str(one) for one in verdict.extra]
        found = f"the group {extra[0]} is offered by {{hosts}}"
        if len(extra) > 1:
            found = f"the groups {enumeration(extra, _SHOWN_GROUPS)} are offered by {{hosts}}"
        yield _too_much(requirement, found, line, verdict.extra, refusal(requirement, title, len(extra)))
    yield from _missing(
        requirement, "group", list(map(title, verdict.missing)), list(map(title, verdict.lacking)), line
    )
