"""Which hosts offer weak cipher suites, grouped by the string that brings them in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sslint.api import (
    Directive,
    OfferedSuite,
    Place,
    Server,
    Span,
    Spot,
    Suite,
    TlsOffer,
    VirtualHost,
    listing,
    offers,
    spot,
    with_value,
)

CLASSES = {
    "null": "no encryption",
    "anonymous": "no authentication",
    "export": "export-grade keys",
    "sslv2": "SSLv2",
    "rc4": "RC4",
    "des": "single DES",
    "64-bit-block": "",
    "md5": "MD5",
    "weak-key": "less than 112 bits",
}
"""The weaknesses that count here, gravest first, as messages call them; empty where the cipher's name says it."""
_EXCLUSIONS = {
    "null": "!eNULL", "anonymous": "!aNULL", "export": "!EXP", "sslv2": "!SSLv2", "rc4": "!RC4", "des": "!DES",
    "md5": "!MD5", "weak-key": "!LOW",
}  # fmt: skip
RECOMMENDED = (
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
    "DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384",
    "HIGH:!aNULL:!eNULL:!EXP:!LOW:!MEDIUM:!MD5:!RC4:!3DES:!IDEA",
)
"""Lists to fall back on; the first that the target's OpenSSL makes something harmless of is taken."""


class Group:
    """Hosts that offer the same weak suites because of the same string."""

    def __init__(self, offer: TlsOffer, weak: tuple[OfferedSuite, ...]) -> None:
        self.offer = offer
        self.weak = weak
        self.hosts: list[VirtualHost] = []

    @property
    def directive(self) -> Directive | None:
        """The line that the string stands in; None for a default."""
        return self.offer.cipher.directive

    @property
    def places(self) -> list[tuple[Span, int]]:
        """The elements that bring weak suites in, each with how many, in the order of the string."""
        counts: dict[Span, int] = {}
        for one in self.weak:
            element = self.offer.cipher.element(one.suite)
            span = self.offer.cipher.place(element) if element is not None else None
            if span is not None:
                counts[span] = counts.get(span, 0) + 1
        return sorted(counts.items())

    def place(self) -> Place:
        """The element that brings in most; else the string; of a default, the line that switches TLS on."""
        directive, argument = self.directive, self.offer.cipher.argument
        if directive is not None and argument is not None:
            places = self.places
            if not places:
                return spot(directive, argument)
            span = max(places, key=lambda place: (place[1], -place[0].start))[0]
            return Spot(directive.source, span, directive.frame)
        engine = self.offer.host.engine.directive
        if engine is not None and engine.key == "sslengine" and engine.arguments:
            return spot(engine, engine.arguments[0])
        return self.offer.host

    @property
    def message(self) -> str:
        """What happens, and to whom."""
        count = len(self.weak)
        verb = "weak cipher suite is" if count == 1 else "weak cipher suites are"
        return f"{count} {verb} offered by {listing(self.hosts)}: {_classes(self.weak)}"


def _classes(weak: Iterable[OfferedSuite]) -> str:
    """The suites by their gravest weakness, each class with examples."""
    found: dict[str, list[str]] = {}
    for one in sorted(weak, key=lambda one: list(CLASSES).index(gravest(one))):
        slug = gravest(one)
        found.setdefault(CLASSES[slug] or one.suite.cipher, []).append(one.suite.openssl_name)
    return "; ".join(f"{name} ({_some(names)})" for name, names in found.items())


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def gravest(one: OfferedSuite) -> str:
    """The slug of a suite's gravest weakness that counts here; empty without one."""
    return next((weakness.slug for weakness in one.weaknesses if weakness.slug in CLASSES), "")


def groups(server: Server) -> list[Group]:
    """Every string, or default, that lets weak suites in."""
    found: dict[object, Group] = {}
    lists: dict[int, tuple[tuple[OfferedSuite, ...], tuple[OfferedSuite, ...]]] = {}  # by identity: comparing is slow
    for host in server.hosts:
        if host.is_tls is False or (host.is_main and not server.is_fragment and not host.tls_sockets):
            continue
        for offer in offers(host):
            suites = offer.suites
            if id(suites) not in lists:
                lists[id(suites)] = suites, tuple(one for one in suites if gravest(one))
            weak = lists[id(suites)][1]
            if weak and offer.cipher.known and (host.is_tls or offer.cipher.argument is not None):
                directive = offer.cipher.directive
                line = (directive.source.path, directive.start) if directive is not None else None
                group = found.setdefault((line, id(suites)), Group(offer, weak))
                if group.hosts[-1:] != [host]:
                    group.hosts.append(host)
    return list(found.values())


def mended(offer: TlsOffer) -> str | None:
    """A value that leaves exactly the good suites; else a recommended one; None where none is harmless."""
    selected = offer.cipher.selected
    if selected is not None:
        exclusions = {suite: exclusion(suite) for suite in selected.suites}
        good = {suite.name for suite, word in exclusions.items() if not word}
        words = dict.fromkeys(word for word in exclusions.values() if word)
        candidate = ":".join(["DEFAULT" if offer.cipher.value is None else offer.cipher.value, *words])
        after = with_value(candidate, offer.target)
        if good and after is not None and set(after.names) == good:
            return candidate
    return next((value for value in RECOMMENDED if _is_harmless(value, offer)), None)


def exclusion(suite: Suite) -> str:
    """The element that takes a weak suite out, with others of its kind; empty for a good suite."""
    slug = gravest(OfferedSuite(suite, ()))
    return "!" + suite.cipher if slug == "64-bit-block" else _EXCLUSIONS.get(slug, "")


def _is_harmless(value: str, offer: TlsOffer) -> bool:
    after = with_value(value, offer.target)
    return after is not None and not any(map(exclusion, after.suites))
