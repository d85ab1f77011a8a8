"""What to write instead: lines that no chosen profile has anything against."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ...configuration.model import Directive
from ...server import Spot, VirtualHost, spot
from ...text import enumeration
from ..lists import expand_group_list
from ..offer import TlsOffer
from ..protocols import Protocol, available
from ..suites import with_value
from .judge import Breach, is_known, weigh
from .lists import group, is_suite, mixed, offered_groups, version
from .model import Bound, Level, Mixed, Profile, Requirement
from .switched import SWITCHES
from .transport import worth

if TYPE_CHECKING:
    from ...openssl import Suite

_MOST_SUITES = 24
_USUAL = frozenset({"AESGCM", "CHACHA20/POLY1305"})
"""What is left of a list that would be too long to read."""
_CURVE_NAMES = MappingProxyType({"P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1"})


class Change(NamedTuple):
    """A text for a place; `above` puts it on a line of its own before it."""

    place: Spot
    text: str
    above: bool = False


class Remedy(NamedTuple):
    """A fix: what it does, whether it changes nothing else, and how."""

    title: str
    safe: bool
    changes: tuple[Change, ...]


def remedy(breach: Breach, profiles: Sequence[Profile]) -> Remedy | None:
    """A fix for a breach; None where there is none that all chosen profiles can live with."""
    make = _MAKERS.get(breach.requirement.subject)
    return make(breach, profiles) if make is not None else None


def _asked(profiles: Iterable[Profile], subject: str) -> Iterator[Requirement]:
    for profile in profiles:
        yield from (one for one in profile.requirements if one.subject == subject and one.level is not Level.MAY)


def _lists(profiles: Iterable[Profile], subject: str) -> list[Mixed]:
    return [mixed(one) for one in _asked(profiles, subject)]


# Protocol versions


def _protocols(breach: Breach, profiles: Sequence[Profile]) -> Remedy | None:
    offer = breach.offer
    asks = _lists(profiles, "protocols")
    offered = {one.protocol for one in offer.protocols}
    wanted = {version(item) for ask in asks for item in ask.require} & available(offer.target)
    kept = {one for one in offered | wanted if not any(_too_much(ask, one) for ask in asks)}
    verdicts = [weigh(ask, sorted(kept), lambda item, one: version(item) is one) for ask in asks]
    lacks = any(one.lacking or not wanted.isdisjoint(map(version, one.missing)) for one in verdicts)
    if not kept or lacks or kept == offered or _has_gap(kept):
        return None
    value = " ".join(["-all", *(f"+{one.word}" for one in sorted(kept))])
    changes = _line(breach, "sslprotocol", "SSLProtocol", value, of_decider=True)
    safe = kept < offered and breach.fault.directive is not None
    names = enumeration([one.label for one in sorted(kept)])
    return Remedy(f"offer {names} only", safe, changes) if changes else None


def _too_much(ask: Mixed, one: Protocol) -> bool:
    return bool(weigh(ask, [one], lambda item, other: version(item) is other).extra)


def _has_gap(kept: Iterable[Protocol]) -> bool:
    places = sorted(list(Protocol).index(one) for one in kept)
    return places[-1] - places[0] != len(places) - 1


# Cipher suites


def _ciphers(breach: Breach, profiles: Sequence[Profile]) -> Remedy | None:
    """The profile's own list where it is short, else what is left of the list in force, or the best of that."""
    offer, ask = breach.offer, mixed(breach.requirement)
    if offer.cipher.selected is None or not breach.fault.items:
        return None
    asks = _lists(profiles, "ciphers")
    candidates = list(_recommended(ask, offer) or _offered(offer))
    kept = [one for one in candidates if not any(weigh(other, [one], is_suite).extra for other in asks)]
    if len(kept) > _MOST_SUITES:
        kept = [one for one in kept if one.forward_secret and one.cipher in _USUAL]
    lacks = any(weigh(other, kept, is_suite)[1:] != ((), ()) for other in asks)
    names = [one.openssl_name for one in kept]
    after = with_value(":".join(names), offer.target) if 0 < len(names) <= _MOST_SUITES else None
    held = offer.key_types
    signs = held is None or any(one.au in held for one in kept)
    if after is None or lacks or not signs or [one.openssl_name for one in after.suites] != names:
        return None
    changes = _line(breach, "sslciphersuite", "SSLCipherSuite", ":".join(names))
    return Remedy("offer what the profile leaves", False, changes) if changes else None


def _offered(offer: TlsOffer) -> list[Suite]:
    """Those that are offered now, but for keys that hardly anybody has."""
    return [one.suite for one in offer.suites if one.suite.au in ("RSA", "ECDSA")]


def _recommended(ask: Mixed, offer: TlsOffer) -> list[Suite]:
    """The suites that the target knows of a short list of names, in the order of the list."""
    names = [one for one in ask.only or () if isinstance(one, str)]
    found = with_value(":".join(names), offer.target) if 0 < len(names) <= _MOST_SUITES else None
    return list(found.suites) if found is not None else []


def _ciphersuites(breach: Breach, profiles: Sequence[Profile]) -> Remedy | None:
    asks = _lists(profiles, "ciphersuites")
    suites = breach.offer.suites_for(Protocol.TLS1_3)
    kept = [one for one in suites if not any(weigh(ask, [one], is_suite).extra for ask in asks)]
    if not kept or len(kept) == len(suites):
        return None
    value = ":".join(one.openssl_name for one in kept)
    line = breach.fault.directive
    if line is not None and line.key == "sslopensslconfcmd":
        return None
    if line is None:
        changes = _above(breach, f"SSLCipherSuite TLSv1.3 {value}", of_decider=False)
    else:
        changes = _words(line, value, last=True)
    return Remedy("offer what the profile leaves", False, changes) if changes else None


# Groups


def _groups(breach: Breach, profiles: Sequence[Profile]) -> Remedy | None:
    offer, ask = breach.offer, mixed(breach.requirement)
    asks = _lists(profiles, "groups")
    names = [group(str(one)) for one in ask.only or ask.require or ask.any] or offered_groups(offer)
    for one in offered_groups(offer):
        if ask.only is None and one not in names:
            names.append(one)
    known = [one for one in names if expand_group_list(_CURVE_NAMES.get(one, one), offer.target)]
    kept = [one for one in known if not any(weigh(other, [one], _is_group).extra for other in asks)]
    lacks = any(weigh(other, kept, _is_group)[1:] != ((), ()) for other in asks)
    line = breach.fault.directive
    value = ":".join(_CURVE_NAMES.get(one, one) for one in kept)
    if not kept or lacks or offer.target.openssl.startswith(("0.", "1.0.0", "1.0.1")):
        return None
    if line is None and offer.default is offer.host:
        changes = _above(breach, f"SSLOpenSSLConfCmd Curves {value}", of_decider=False)
    elif line is not None and line.key == "sslopensslconfcmd":
        changes = _words(line, value, last=True)
    else:
        return None
    return Remedy("name the groups", False, changes) if changes else None


def _is_group(item: object, one: str) -> bool:
    return group(str(item)) == one


# Switches, and the time of HSTS


def _switch(breach: Breach, profiles: Sequence[Profile]) -> Remedy | None:
    """On or off, unless another profile wants the opposite."""
    one = breach.requirement
    if any(other.ask is not one.ask for other in _asked(profiles, one.subject)):
        return None
    name, word = SWITCHES[one.subject].directive, "on" if one.ask else "off"
    if one.subject == "ocsp-stapling" and (
        breach.offer.host.server.main.winner("sslstaplingcache") is None or breach.fault.weighs is not None
    ):
        return None
    changes = _line(breach, name.lower(), name, word)
    safe = breach.fault.directive is not None and one.subject not in ("ocsp-stapling", "server-cipher-order")
    return Remedy(f"switch it {word}", safe, changes) if changes else None


def _hsts(breach: Breach, profiles: Sequence[Profile]) -> Remedy | None:
    """The longest time that is asked for."""
    bounds = [one.ask for one in _asked(profiles, "hsts-seconds") if isinstance(one.ask, Bound)]
    least = max((worth(one) for one in bounds), default=0)
    if any(one.most is not None and one.most < least for one in bounds):
        return None
    line, word = breach.fault.directive, breach.fault.argument
    configuration = breach.offer.host.server.configuration
    if line is None and configuration.modules_certain and "headers_module" not in configuration.loaded:
        return None  # the server would not start
    if line is None:
        text = f'Header always set Strict-Transport-Security "max-age={least}"'
        changes = _above(breach, text, of_decider=False)
    elif word is not None and _as_written(line):
        value = re.sub(r"(max-age\s*=\s*)\"?\d+\"?", rf"\g<1>{least}", word.value, flags=re.IGNORECASE)
        changes = (Change(spot(line, word), f'"{value}"'),) if value != word.value else ()
    else:
        return None
    return Remedy(f"ask for {least} seconds", False, changes) if changes else None


# Edits


def _line(breach: Breach, key: str, name: str, value: str, *, of_decider: bool = False) -> tuple[Change, ...]:
    """The edits that give a directive a value: in its line, or in a new one for each host that has none."""
    line = breach.fault.directive
    if line is None:
        return _above(breach, f"{name} {value}", of_decider)
    return _words(line, value) if line.key == key else ()


def _words(line: Directive, value: str, *, last: bool = False) -> tuple[Change, ...]:
    """The edit that replaces a line's words, or the last of them."""
    arguments = line.arguments
    if not arguments or not _as_written(line):
        return ()
    first = arguments[-1] if last or line.key == "sslciphersuite" else arguments[0]
    one_line = line.source.line(first.span.start) == line.source.line(arguments[-1].span.end)
    return (Change(spot(line, first, arguments[-1]), value),) if one_line or first is arguments[-1] else ()


def _as_written(line: Directive) -> bool:
    """Whether every word stands in the source itself, not in a variable or a macro's argument."""
    text = line.source.text
    written = (text[one.span.start : one.span.end] for one in line.arguments)
    values = [one.value for one in line.arguments]
    return [re.sub(r"\\\r?\n", "", word).strip("\"'") for word in written] == values


def _above(breach: Breach, text: str, of_decider: bool) -> tuple[Change, ...]:
    """The edits that put a line before the SSLEngine of each host; none where one is switched on otherwise."""
    hosts: list[VirtualHost] = [offer.decider if of_decider else offer.host for offer in breach.offers]
    engines = [host.engine.directive for host in dict.fromkeys(hosts)]
    lines = [one for one in engines if one is not None and one.key == "sslengine" and one.frame.macro is None]
    if len(lines) < len(engines) or not is_known(text.partition(" ")[0], breach.offer.target):
        return ()
    places = {(one.source.path, one.start): one for one in lines}
    return tuple(Change(spot(one), text, above=True) for one in places.values())


_MAKERS: Mapping[str, Callable[[Breach, Sequence[Profile]], Remedy | None]] = MappingProxyType(
    {
        "protocols": _protocols,
        "ciphers": _ciphers,
        "ciphersuites": _ciphersuites,
        "groups": _groups,
        "hsts-seconds": _hsts,
        **dict.fromkeys(SWITCHES, _switch),
    }
)
