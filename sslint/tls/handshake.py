"""How a client and a server agree: version, signature algorithm, suite and group, or the step that fails.

The server's side follows ssl_choose_server_version, tls1_set_server_sigalgs, ssl3_choose_cipher,
tls1_shared_group, tls_parse_ctos_key_share and tls_choose_sigalg of OpenSSL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypedDict

from ..server import Default
from .clients import Client, Outcome, Step
from .confcmd import commands
from .offer import TlsOffer
from .protocols import Protocol, barred_by_level, policy_floor, series
from .signatures import EDWARDS_KEYS, can_sign, key_curves, needs_algorithm, shared
from .suites import listed, missing_ciphers
from .switches import CHACHA_FIRST, switch

if TYPE_CHECKING:
    from ..openssl import Suite

_EPHEMERAL_ECDH = frozenset({"ECDH", "ECDHEPSK"})
_LIKELY_KEYS = frozenset({"RSA", "ECDSA"})
_ALL_KEYS = frozenset({"RSA", "ECDSA", "DSS"})
_CHACHA = frozenset({"1303", "CCA8", "CCA9", "CCAA", "CCAB", "CCAC", "CCAD", "CCAE"})
_LAST_WITH_ANY_GROUP = (1, 1, 0)
_FIRST_WITH_TUPLES = (3, 5, 0)
_FIRST_WITHOUT_V2_HELLO = (4, 0, 0)
_SHORT_HASHES = frozenset({"sha1", "md5"})


class Refused(TypedDict):
    """The step that fails, and why."""

    step: Step
    reason: str


def code(suite: Suite) -> str:
    """IANA's number of a suite as four hexadecimal digits, as ClientHello lists have it."""
    return suite.hex.replace("0x", "").replace(",", "")


class Handshake:
    """One client meets one host."""

    def __init__(self, client: Client, target: TlsOffer) -> None:
        self.client = client
        self.offer = target
        self.version = series(target.target.openssl)

    def outcome(self) -> Outcome:
        nothing = Outcome(self.client, self.offer.host)
        if self.client.begins_with_sslv2 and self.version >= _FIRST_WITHOUT_V2_HELLO:
            return nothing._replace(step="hello", reason="OpenSSL 4.0 takes no hello in the form of SSLv2")
        protocol = self._protocol()
        if protocol is None or protocol < self.client.lowest:
            return nothing._replace(step="protocol", reason=self._no_protocol())
        begun = nothing._replace(protocol=protocol)
        if protocol >= Protocol.TLS1_2 and not shared(self.client.signature_algorithms, self.offer, protocol):
            return begun._replace(step="signature", reason="no common signature algorithm")
        return self._newest(begun) if protocol is Protocol.TLS1_3 else self._older(begun, protocol)

    def _protocol(self) -> Protocol | None:
        """The newest version that the server agrees to and that is not newer than the client's.

        Whether there is a suite or a group for it is asked later (ssl_choose_server_version).
        """
        if not self.offer.protocols:
            return None
        return max((one for one in _negotiable(self.offer) if one <= self.client.highest), default=None)

    def _no_protocol(self) -> str:
        if not self.offer.protocols and self.offer.failures:
            return self.offer.failures[0]
        offered = [one.protocol.label for one in self.offer.protocols]
        low, high = self.client.lowest, self.client.highest
        span = low.label if low is high else f"{low.label} to {high.label}"
        return f"it speaks {span}, the server {', '.join(offered) or 'nothing'}"

    @property
    def _server_decides(self) -> bool:
        """Whether the server's order of suites and groups counts."""
        return self.offer.honors_server_order.value is True

    @property
    def _heeds_chacha(self) -> bool:
        """Whether a client that wants ChaCha20 first gets it, in spite of the server's order."""
        hosts = dict.fromkeys((self.offer.host, self.offer.default))
        of_hosts = {host: commands(host.all("sslopensslconfcmd")) for host in hosts}
        return switch(CHACHA_FIRST, self.offer.host, self.offer.default, of_hosts).value is True

    def _ordered(self, suites: Sequence[Suite]) -> list[Suite]:
        """The common suites, in the order that counts (ssl3_choose_cipher)."""
        places = {number: place for place, number in reversed(list(enumerate(self.client.ciphers)))}
        common = [suite for suite in suites if code(suite) in places]
        if not self._server_decides:
            return sorted(common, key=lambda suite: places[code(suite)])
        if self.client.ciphers[:1] and self.client.ciphers[0] in _CHACHA and self._heeds_chacha:
            return sorted(common, key=lambda suite: suite.cipher != "CHACHA20/POLY1305")
        return common

    # TLS 1.3

    def _newest(self, begun: Outcome) -> Outcome:
        suites = self._ordered(self.offer.tls13.suites)
        if not suites:
            return begun._replace(step="suite", reason="no common suite of TLS 1.3")
        group = self._group13()
        if not group:
            return begun._replace(step="group", reason=self._no_group(Protocol.TLS1_3))
        keys = self._keys & _LIKELY_KEYS
        if not any(can_sign(key, self.client.signature_algorithms, self.offer, Protocol.TLS1_3) for key in keys):
            return begun._replace(step="signature", reason="no common signature algorithm for the server's keys")
        return self._checked(begun._replace(suite=suites[0], group=group))

    def _group13(self) -> str:
        """The group of a key share that the server takes; else the one that it asks for in a second hello."""
        groups = self.offer.groups_for(Protocol.TLS1_3)
        client = self.client
        if self.version < _FIRST_WITH_TUPLES:
            shared_keys = [group for group in client.key_shares if group in groups and group in client.groups]
            return next(iter(shared_keys or [group for group in groups if group in client.groups]), "")
        for some in _tuples(groups, self.offer.groups.value):
            common = self._preferred(some, client.groups)
            if common:
                return next((group for group in common if group in client.key_shares), common[0])
        return ""

    def _preferred(self, ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
        """The common groups, in the order that counts (tls1_shared_group)."""
        first, second = (ours, theirs) if self._server_decides else (theirs, ours)
        return [group for group in first if group in second]

    # TLS 1.2 and older

    @property
    def _keys(self) -> frozenset[str]:
        """The types of the server's keys; where nobody looked, RSA and ECDSA."""
        keys = self.offer.key_types
        return _LIKELY_KEYS if keys is None else keys

    def _suites(self, protocol: Protocol, keys: frozenset[str]) -> list[Suite]:
        """The common suites for some keys.

        An ECDSA key that may not sign, or whose curve is not among the groups of the client, and up to 1.1.0 of
        the server, is left out; of others that is asked after the choice (ssl_set_masks, tls1_check_cert_param).
        """
        build = self.offer.build
        if build is None:
            return []
        level = self.offer.security_level
        missing = missing_ciphers(self.offer.target)
        if self._is_foreign(protocol) or (protocol is Protocol.TLS1_2 and not self._signs("ECDSA")):
            keys -= {"ECDSA"}
        return self._ordered(listed(self.offer.cipher.text, build, protocol, level, keys, missing))

    def _is_foreign(self, protocol: Protocol) -> bool:
        """Whether a side does not take the curves of the ECDSA keys; Edwards curves sign from TLS 1.2 on only."""
        held = self.offer.curves
        if protocol < Protocol.TLS1_2 and held and held <= EDWARDS_KEYS:
            return True
        curves = key_curves(self.offer)
        sides = [self.client.groups] if self.client.groups else []
        if self.version <= _LAST_WITH_ANY_GROUP:
            sides.append(self.offer.groups_for(protocol))
        return curves is not None and any(curves.isdisjoint(groups) for groups in sides)

    def _older(self, begun: Outcome, protocol: Protocol) -> Outcome:
        common = self._suites(protocol, self._keys)
        if not common:
            return begun._replace(**self._no_suite(protocol))
        group = self._group(protocol)
        suite = next((one for one in common if group or one.key_exchange not in _EPHEMERAL_ECDH), None)
        if suite is None:
            return begun._replace(step="group", reason=self._no_group(protocol))
        begun = begun._replace(suite=suite, group=group if suite.key_exchange in _EPHEMERAL_ECDH else "")
        if protocol is Protocol.TLS1_2 and needs_algorithm(suite, self.version) and not self._signs(suite.au):
            reason = f"no common signature algorithm for the {suite.au} key that {suite.openssl_name} needs"
            return begun._replace(step="signature", reason=reason)
        return self._checked(begun)

    def _signs(self, key: str) -> bool:
        return can_sign(key, self.client.signature_algorithms, self.offer, Protocol.TLS1_2)

    def _group(self, protocol: Protocol) -> str:
        """The first common group. A client that lists none takes any, which OpenSSL knew up to 1.1.0."""
        ours = self.offer.groups_for(protocol)
        if not self.client.groups:
            return ours[0] if ours and self.version <= _LAST_WITH_ANY_GROUP else ""
        return next(iter(self._preferred(ours, self.client.groups)), "")

    def _no_suite(self, protocol: Protocol) -> Refused:
        """Whether other keys would help."""
        other = next(iter(self._suites(protocol, _ALL_KEYS)), None)
        if other is not None:
            return {"step": "certificate", "reason": f"{other.openssl_name} and the like need a key for {other.au}"}
        return {"step": "suite", "reason": f"no common suite of {protocol.label}"}

    def _no_group(self, protocol: Protocol) -> str:
        ours = ", ".join(self.offer.groups_for(protocol)) or "none"
        return f"no common group: it knows {', '.join(self.client.groups) or 'none by name'}, the server {ours}"

    # What the client refuses

    def _checked(self, done: Outcome) -> Outcome:
        """The outcome, unless the key exchange breaks off, or the client finds a key or signature too weak or long."""
        for step, reason in self._objections(done.suite) if done.suite is not None else ():
            return done._replace(step=step, reason=reason)
        return done

    def _objections(self, suite: Suite) -> Iterator[tuple[Step, str]]:
        held, bits = self.offer.credentials, self.offer.dh.bits
        if suite.key_exchange == "DH" and bits is not None and self._refusal("dh", bits):
            yield "dh size", f"DH parameters of {bits} bits: it takes {self._refusal('dh', bits)}"
        if held is None:
            return
        if suite.key_exchange == "DH" and held.spoils_dh:
            yield (
                "dh parameters",
                "the server takes the curve in its certificate file for DH parameters, and breaks off",
            )
        rsa = held.rsa_bits if suite.au == "RSA" or (suite.au == "any" and self._keys == {"RSA"}) else None
        if rsa is not None and self._refusal("rsa", rsa):
            yield "key size", f"an RSA key of {rsa} bits: it takes {self._refusal('rsa', rsa)}"
        leaves = [pair.certificate for pair in held.in_force if pair.certificate is not None]
        if self.client.requires_sha2 and leaves and all(leaf.signature_hash in _SHORT_HASHES for leaf in leaves):
            yield "certificate", "it takes no certificate that is signed with SHA-1"

    def _refusal(self, kind: str, bits: int) -> str:
        least, most = self.client.limits.get(f"min_{kind}_bits"), self.client.limits.get(f"max_{kind}_bits")
        if most is not None and bits > most:
            return f"{most} at most"
        return f"{least} at least" if least is not None and bits < least else ""


def _negotiable(target: TlsOffer) -> list[Protocol]:
    """The versions that are switched on and not barred by level or policy, with or without a suite."""
    floor = policy_floor(target.target) if isinstance(target.protocol_setting.origin, Default) else None
    return [
        one
        for one in target.allowed
        if not barred_by_level(one, target.security_level, target.target)
        and (floor is None or one >= floor or any(each.protocol is one for each in target.protocols))
    ]


def _tuples(groups: Sequence[str], value: str | None) -> list[list[str]]:
    """The groups in the sets of which the first common one counts (OpenSSL 3.5, SSL_CTX_set1_groups_list(3)).

    A list as written has slashes between them; the default is parted by strength and kind.
    """
    if value is None:
        kinds = [[group for group in groups if _kind(group) == kind] for kind in range(4)]
        return [kind for kind in kinds if kind]
    from ..openssl.lists import SAME_GROUP

    sets = []
    for part in value.split("/"):
        names = {SAME_GROUP.get(word.strip(" ?*-"), word.strip(" ?*-")).lower() for word in part.split(":")}
        sets.append([group for group in groups if group.lower() in names])
    return [some for some in sets if some] or [list(groups)]


def _kind(group: str) -> int:
    """Where a default group stands: with ML-KEM, the common curves, the strong curves, finite fields."""
    if "MLKEM" in group:
        return 0
    return 1 if group in ("X25519", "P-256") else 3 if group.startswith("ffdhe") else 2
