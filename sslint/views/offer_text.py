"""What a host offers to TLS clients, for people: each element with its origin, each absence with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..openssl import Suite
from ..reporters.excerpt import wrap
from ..reporters.view import View
from ..tls import Absence, OfferedProtocol, Protocol, TlsOffer, withheld
from .places import Name, origin_text, place_text

_DIM, _RED, _YELLOW, _GREEN = "2", "31", "33", "32"
_LABEL = 15
_MOST_SUITES = 6


class OfferPicture:
    """One offer. `name` turns the server's path of a file into the one that is shown."""

    def __init__(self, offer: TlsOffer, view: View, name: Name) -> None:
        self._offer = offer
        self._view = view
        self._name = name

    def lines(self) -> Iterator[str]:
        """Versions with their suites, what is absent, then the rest of a handshake."""
        offer = self._offer
        yield f"TLS, as clients meet it{self._whose()}"
        for failure in offer.failures:
            yield from self._row("fails", failure, "", _RED)
        if not offer.known:
            yield from self._row("versions", "depend on the server that includes this file", "", _YELLOW)
        for one in reversed(offer.protocols):
            style = _RED if one.protocol.is_weak else _GREEN
            yield from self._row(one.protocol.label, self._suites(one), self._version_origin(one), style)
        for absence in reversed(offer.absent):
            if absence.protocol >= Protocol.TLS1 or absence.held_back:
                yield from self._row(f"no {absence.protocol.label}", _why(absence), "")
        yield from self._never()
        yield from self._keys()
        yield from self._switches()

    def _whose(self) -> str:
        """Which addresses are meant, where that makes a difference."""
        offer = self._offer
        if offer.default is offer.host:
            return ""
        return f" where {self._view.clean(offer.default.title)} is the default"

    def _suites(self, one: OfferedProtocol) -> str:
        return _listing(self._offer.suites_for(one.protocol))

    def _version_origin(self, one: OfferedProtocol) -> str:
        if one.directive is not None:
            return place_text(one.directive, self._name)
        return origin_text(self._offer.protocol_setting.origin, self._name)

    def _never(self) -> Iterator[str]:
        """The cipher string, and how many of its suites nobody gets, by reason."""
        cipher = self._offer.cipher
        if cipher.text:
            origin = cipher.directive and place_text(cipher.directive, self._name)
            yield from self._row("cipher string", cipher.text, origin or origin_text(cipher.setting.origin, self._name))
        reasons = Counter(one.reason for one in withheld(self._offer))
        for reason, count in reasons.most_common():
            yield from self._row("", f"{count} of its suites never: {reason}", "")

    def _keys(self) -> Iterator[str]:
        offer = self._offer
        types = offer.key_types
        yield from self._row("keys", ", ".join(sorted(types)) if types else "not read: suites count for every key", "")
        groups = offer.groups
        yield from self._row("groups", ", ".join(groups.names) or "none", origin_text(groups.origin, self._name))
        if groups.unheeded is not None:
            place = place_text(groups.unheeded.directive, self._name)
            yield from self._row("", f"{groups.unheeded.value} counts for nothing", place, _YELLOW)
        if any(suite.key_exchange == "DH" for one in offer.protocols for suite in offer.suites_for(one.protocol)):
            size = f"{offer.dh.bits} bits, {offer.dh.why}" if offer.dh.bits else offer.dh.why
            yield from self._row("DH", size, place_text(offer.dh.directive, self._name) if offer.dh.directive else "")
        algorithms = offer.signature_algorithms
        if algorithms.value is not None and algorithms.directive is not None:
            yield from self._row("signatures", algorithms.value, place_text(algorithms.directive, self._name))
        yield from self._row("level", f"security level {offer.security_level}", "")

    def _switches(self) -> Iterator[str]:
        offer = self._offer
        rows = (
            ("order", offer.honors_server_order, "the server's", "the client's"),
            ("tickets", offer.tickets, "given out", "none"),
            ("compression", offer.compression, "on", ""),
            ("renegotiation", offer.insecure_renegotiation, "insecure", ""),
            ("stapling", offer.stapling, "on", "off"),
        )
        for label, setting, on, off in rows:
            if setting.value or off:
                yield from self._row(label, on if setting.value else off, origin_text(setting.origin, self._name))
        asked = offer.verify_client
        if asked.value != "none":
            text = f"{asked.value}, at most {offer.verify_depth.value} issuers"
            yield from self._row("client cert", text, origin_text(asked.origin, self._name))

    def _row(self, label: str, text: str, origin: str, style: str = "") -> Iterator[str]:
        """One line, or several where the text is long; the origin behind it, or below."""
        view = self._view
        room = view.width - _LABEL - 2
        parts = wrap(view.clean(text), room) or [""]
        head = f"  {view.clean(label):<{_LABEL}}"
        for index, part in enumerate(parts):
            shown = view.paint(part, style) if style else part
            last = index == len(parts) - 1
            start = head if index == 0 else " " * len(head)
            if last and origin and len(part) + 2 + len(origin) <= room:
                yield f"{start}{shown}  {view.paint(view.clean(origin), _DIM)}"
                return
            yield f"{start}{shown}".rstrip()
        if origin:
            for part in wrap(view.clean(origin), room):
                yield " " * len(head) + view.paint(part, _DIM)


def _listing(suites: Sequence[Suite]) -> str:
    """The first few suites by name, and how many there are."""
    names = [suite.openssl_name for suite in suites]
    if len(names) <= _MOST_SUITES:
        return ", ".join(names)
    return f"{', '.join(names[:_MOST_SUITES])} and {len(names) - _MOST_SUITES} more"


def _why(absence: Absence) -> str:
    return f"{absence.reason}{', although it is switched on' if absence.held_back else ''}"
