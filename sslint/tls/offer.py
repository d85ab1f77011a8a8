"""What one virtual host would negotiate, and which line decided it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..configuration.model import Argument, Directive
from ..lazily import lazy
from ..server import Default, VirtualHost
from ..server.memory import kept
from .confcmd import last
from .lists import group_setting
from .protocols import (
    Protocol,
    available,
    barred_by_level,
    policy_floor,
    refused_by_level,
    series,
)
from .range import Absence, OfferedProtocol, VersionRange
from .signing import signing_keys
from .suites import KEY_TYPES, OfferedSuite, listed, missing_ciphers

if TYPE_CHECKING:
    from ..openssl import Suite

_NEED_GROUP = frozenset({"ECDH", "ECDHEPSK"})
_NEED_DH = frozenset({"DH", "DHEPSK"})


class TlsOffer(VersionRange):
    """What a host would negotiate with the target's httpd and OpenSSL.

    `protocols` are the versions in order of age, `suites` those of TLS 1.2 and older in the order of
    the list. Nothing here raises: what keeps the server from starting or every client from connecting
    is told in `failures`.
    """

    @lazy
    def _twin(self) -> TlsOffer:
        """The server's first offer that follows from equal lines; it is asked for all that names no place.

        Thousands of hosts tend to share a few texts: working their offers out one by one takes most
        of the time of a check.
        """
        host = self.host
        lines = (
            self.decider.winner("sslprotocol"),
            host.winner("sslciphersuite", "SSL"),
            host.winner("sslciphersuite", "TLSv1.3"),
        )
        texts = tuple(None if line is None else line.text for line in lines)
        mine = _texts(host)
        appended = (mine, *(mine if one is host else _texts(one) for one in (self.decider, self.default)))
        held = (self.key_types, self.strong_key_types, self.curves, self._curve, self.spoils_dh)
        key = (TlsOffer, texts, appended, self._has_srp, held, self._blocked)
        found = host.server.memory.setdefault(key, self)
        assert isinstance(found, TlsOffer)
        return found

    # Protocol versions

    @property
    def allowed(self) -> frozenset[Protocol]:
        """The versions that the lines leave switched on, whether or not the library offers them."""
        return self._twin._allowed

    @lazy
    def _allowed(self) -> frozenset[Protocol]:
        return frozenset(self._bounds.allowed)

    @lazy
    def protocols(self) -> tuple[OfferedProtocol, ...]:
        """The versions that a client can get."""
        allowed = self._bounds.allowed
        return tuple(
            OfferedProtocol(one, by, self._directive(by))
            for one, by in sorted(allowed.items())
            if not self._twin._barriers[one]
        )

    def _directive(self, argument: Argument | None) -> Directive | None:
        """The directive that a word belongs to."""
        for command in self._commands_of[self.decider]:
            if command.argument is argument:
                return command.directive
        return None if argument is None else self.protocol_setting.directive

    @lazy
    def absent(self) -> tuple[Absence, ...]:
        """Every version that is not offered, with the reason."""
        offered = {one.protocol for one in self.protocols}
        return tuple(self._absence(one) for one in Protocol if one not in offered)

    @lazy
    def _barriers(self) -> dict[Protocol, str]:
        return {protocol: self._barrier(protocol) for protocol in self._allowed}

    def _barrier(self, protocol: Protocol) -> str:
        """Why the library refuses a version that is switched on; empty if it does not."""
        floor = policy_floor(self.target) if isinstance(self.protocol_setting.origin, Default) else None
        if floor is not None and protocol < floor and not self.is_ruled_by_commands:
            return f"the crypto policy of {self.target.preset} starts at {floor.label}"
        barred = barred_by_level(protocol, self.security_level, self.target)
        if barred and (refused_by_level(protocol, self.security_level, self.target) or not self._usable(protocol)):
            return f"OpenSSL {self.target.openssl} refuses it at security level {self.security_level}"
        if self._blocked:
            return self._blocked
        if self.build is None or self._usable(protocol) or (protocol is not Protocol.TLS1_3 and self._is_open):
            return ""
        return self._without_suite(protocol)

    @property
    def _is_open(self) -> bool:
        """Whether the cipher string can't be judged: refused, or set where nobody looked."""
        return self.cipher.selected is None or not self.cipher.known

    def _without_suite(self, protocol: Protocol) -> str:
        """What leaves a version without a suite."""
        if not self.keys_for(protocol):
            return "no key of the server may sign at the security level and with the signature algorithms in force"
        if protocol is not Protocol.TLS1_3:
            return "no cipher suite of the list works with it"
        if self.tls13.suites and not self.groups_for(protocol):
            return "no group of the list works with it"
        return "no cipher suite is left for it"

    @property
    def _blocked(self) -> str:
        """Why the library refuses every connection to the address.

        The default host must leave a version, and its newest version a suite, whatever its keys ("no
        protocols available", "no ciphers enabled for max supported SSL/TLS version": tls_setup_handshake
        in ssl/statem/statem_lib.c, since 1.1.1). Both are looked at before any name is.
        """
        default = self.default
        lines = (default.winner("sslprotocol"), default.winner("sslciphersuite", "TLSv1.3"))
        if lines == (None, None) and not default.all("sslopensslconfcmd"):
            return ""
        first = self._first
        if first.build is None or series(self.target.openssl) < (1, 1, 1):
            return ""
        whose = "" if first is self else f" in the default host of the address, {self.default.title}"
        newest = first._newest
        if newest is None:
            return f"no version is left{whose}: the library refuses every connection"
        if first._has_suite(newest):
            return ""
        return f"{newest.label} is switched on without a cipher suite{whose}: the library refuses every connection"

    @property
    def _newest(self) -> Protocol | None:
        """What the library takes for the newest version: it looks no higher than a hole that `Protocol` left.

        `ssl_get_min_max_version` in ssl/statem/statem_lib.c.
        """
        newest = None
        for one in Protocol:
            if one not in self._allowed or refused_by_level(one, self.security_level, self.target):
                if newest is not None:
                    break
            else:
                newest = one
        return newest

    def _has_suite(self, protocol: Protocol) -> bool:
        """Whether a version has a suite, if not the keys for it; True where the list can't be judged."""
        if protocol is Protocol.TLS1_3:
            return bool(self.tls13.suites or self.tls13.error)
        if self.cipher.selected is None or not self.cipher.known:
            return True
        from ..openssl import PROTOCOLS

        rank = PROTOCOLS.index(protocol.word)
        return any(PROTOCOLS.index(suite.protocol) <= rank for suite in self.cipher.selected.suites)

    @lazy
    def _first(self) -> TlsOffer:
        """The offer of the default host, which is worked out once for all hosts of its address."""
        if self.default is self.host:
            return self
        found = self.host.server.memory.setdefault((TlsOffer, self.default), TlsOffer(self.default, self.default))
        assert isinstance(found, TlsOffer)
        return found

    def _absence(self, protocol: Protocol) -> Absence:
        bounds = self._bounds
        if protocol in bounds.allowed:
            return Absence(protocol, self._twin._barriers[protocol], True, bounds.allowed[protocol])
        if protocol not in available(self.target):
            return Absence(protocol, f"httpd {self.target.httpd} with OpenSSL {self.target.openssl} does not have it")
        remover = bounds.remover(protocol)
        if remover is not None:
            return Absence(protocol, f"SSLOpenSSLConfCmd {remover.name} {remover.value} takes it out")
        if protocol in self.switched_on:
            return Absence(protocol, "a newer version is switched off, which cuts off everything below it")
        return Absence(protocol, "it is not switched on")

    # Cipher suites

    @property
    def suites(self) -> tuple[OfferedSuite, ...]:
        """The suites that a client of some offered version up to TLS 1.2 can get, in the order of the list."""
        return self._twin._suites

    @lazy
    def _suites(self) -> tuple[OfferedSuite, ...]:
        if self.cipher.selected is None:
            return ()
        versions: dict[Suite, list[Protocol]] = {}
        for one in self.protocols:
            if one.protocol is not Protocol.TLS1_3:
                for suite in self._usable(one.protocol):
                    versions.setdefault(suite, []).append(one.protocol)
        return tuple(
            OfferedSuite(suite, tuple(versions[suite])) for suite in self.cipher.selected.suites if suite in versions
        )

    def suites_for(self, protocol: Protocol) -> tuple[Suite, ...]:
        """What a handshake of a version can end with, in the order of the list; empty for one that is not offered."""
        if all(one.protocol is not protocol for one in self.protocols):
            return ()
        return self._twin._usable(protocol)

    def _usable(self, protocol: Protocol) -> tuple[Suite, ...]:
        """The configured suites that work with a version; none where the library refuses the list."""
        keys, groups = self.keys_for(protocol), self.groups_for(protocol)
        if self.build is None:
            return ()
        if protocol is Protocol.TLS1_3:
            from ..openssl import usable

            able = bool(groups) and not keys.isdisjoint(("RSA", "ECDSA"))
            suites = dict.fromkeys(self.tls13.suites)
            return usable(self.build, suites, protocol.word, self.security_level) if able else ()
        found = listed(self.cipher.text, self.build, protocol, self.security_level, keys, missing_ciphers(self.target))
        lost = (_NEED_GROUP if not groups else frozenset()) | (_NEED_DH if self.spoils_dh else frozenset())
        return tuple(one for one in found if one.key_exchange not in lost) if lost else found

    def keys_for(self, protocol: Protocol) -> frozenset[str]:
        """What the server can authenticate with in a version, as `openssl.usable` takes it."""
        held = KEY_TYPES if self.strong_key_types is None else self.strong_key_types
        listed, version = self.signature_algorithms.value, series(self.target.openssl)
        able = held & signing_keys(
            listed, protocol, self.security_level, version, self.curves, self.suite_b is not None
        )
        more = {"ECDH"} if "ECDSA" in able else set()
        return able | more | ({"SRP"} if self._has_srp else set())

    @property
    def _has_srp(self) -> bool:
        """Whether SRP is set up: a connection keeps what the default host has (SSL_SRP_CTX_init in SSL_new)."""
        return bool(self.default.all("sslsrpverifierfile"))

    # What goes wrong

    @property
    def failures(self) -> tuple[str, ...]:
        """What keeps the server from starting, or every client from connecting."""
        found = []
        if not self.switched_on:
            found.append("SSLProtocol leaves no version: the server does not start (AH02231)")
        elif not self.protocols:
            found.append("no version is left that the library would negotiate: every handshake fails")
        if self.cipher.error:
            found.append(f"{self.cipher.error}: the server does not start (AH01898)")
        if self.tls13.error:
            found.append(f"{self.tls13.error}: the server does not start ({self._ciphersuites_code})")
        own_groups = group_setting(self.commands, self.build, self.target)
        if own_groups.error:
            found.append(f"{own_groups.error}: the server does not start (AH02407)")
        return tuple(found)

    @property
    def _ciphersuites_code(self) -> str:
        return "AH02407" if last(self.commands, "Ciphersuites") else "AH10127"


def _texts(host: VirtualHost) -> tuple[str, ...]:
    return tuple(one.text for one in host.all("sslopensslconfcmd"))


def offer(host: VirtualHost, decider: VirtualHost | None = None) -> TlsOffer:
    """What a host would negotiate at its first address; `decider` stands for the host whose SSLProtocol counts."""
    return offers(host)[0] if decider is None else TlsOffer(host, decider)


@kept
def offers(host: VirtualHost) -> list[TlsOffer]:
    """What a host would negotiate at its addresses, once for each default host that they have."""
    deciders = host.deciders
    if deciders != (host,):
        return [TlsOffer(host, decider, decider) for decider in deciders]
    defaults = dict.fromkeys(socket.default for socket in host.tls_sockets)
    return [TlsOffer(host, host, default) for default in defaults or (host,)]
