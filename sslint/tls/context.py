"""The library contexts that a connection to a host passes, and what they settle besides versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..configuration.model import Directive
from ..files import below
from ..lazily import lazy
from ..server import Inherited, Setting, VirtualHost
from ..text import leading_number
from . import switches
from .confcmd import Command, commands, last, signed_words
from .lists import DhSetting, GroupSetting, ListSetting, Tls13Setting, dh_setting, group_setting, tls13_setting
from .protocols import Protocol
from .suite_b import SuiteB, suite_b
from .suites import CipherSetting, cipher_line, cipher_setting, default_level, target_library

if TYPE_CHECKING:
    from .certificates import Credentials

_FIRST_LEVEL_WITHOUT_TICKETS = 3


class Context:
    """What a host's directives and commands make of the library's contexts.

    A connection begins with the context of the `default` host of its address. When the client
    names another host, mod_ssl puts that host's context in its place (`ssl_find_vhost` in
    ssl_engine_kernel.c): certificates, suites, signature algorithms and client verification are then
    that host's, groups stay, and option bits add up. `decider` is the host whose SSLProtocol counts.
    """

    def __init__(
        self, host: VirtualHost, decider: VirtualHost | None = None, default: VirtualHost | None = None
    ) -> None:
        self.host = host
        self.decider = decider or host.deciders[0]
        if default is not None:
            self.default = default
        self.target = host.server.target
        self.build = target_library(self.target)

    @lazy
    def default(self) -> VirtualHost:
        """The default host of its (first) address, unless the caller names another's."""
        if self.decider is not self.host:
            return self.decider
        return self.host.tls_sockets[0].default if self.host.tls_sockets else self.host

    @lazy
    def commands(self) -> list[Command]:
        """The host's SSLOpenSSLConfCmd lines, in the order of their application."""
        return commands(self.host.all("sslopensslconfcmd"))

    @lazy
    def _commands_of(self) -> dict[VirtualHost, list[Command]]:
        """Those of the hosts that have a say."""
        hosts = dict.fromkeys((self.host, self.decider, self.default))
        return {one: self.commands if one is self.host else commands(one.all("sslopensslconfcmd")) for one in hosts}

    @lazy
    def cipher(self) -> CipherSetting:
        """The cipher string for TLS 1.2 and older, as the library gets it."""
        return cipher_setting(self.host.choose("sslciphersuite", "SSL"), self.commands, self.target)

    @lazy
    def suite_b(self) -> SuiteB | None:
        """What the cipher string restricts besides suites, where it begins with `SUITEB…`."""
        return suite_b(self.cipher)

    @lazy
    def tls13(self) -> Tls13Setting:
        """The TLS 1.3 suites that are configured."""
        return tls13_setting(self.host.choose("sslciphersuite", "TLSv1.3"), self.commands, self.build)

    @lazy
    def security_level(self) -> int:
        """The security level in force, 0 before OpenSSL 1.1.0.

        It is that of the last cipher string that sets one, even where a later string replaced its
        suites; else the target's.
        """
        level = self.cipher.security_level
        strings = [command.directive for command in self.commands if command.name == "CipherString"]
        if level is None and strings:
            plain = cipher_setting(self.host.choose("sslciphersuite", "SSL"), (), self.target)
            lines = [plain, *(cipher_line(directive, self.target) for directive in strings)]
            levels = [one.security_level for one in lines if one is not None]
            level = next((one for one in reversed(levels) if one is not None), None)
        return default_level(self.target) if level is None else level

    @lazy
    def credentials(self) -> Credentials | None:
        """The host's certificates and keys; None where no files may be read, or none are named."""
        return _credentials(self.host)

    @property
    def key_types(self) -> frozenset[str] | None:
        """The types of the host's keys, `RSA`, `ECDSA`, `DSS`; None where its certificates were not read."""
        return None if self.credentials is None else self.credentials.key_types

    @lazy
    def strong_key_types(self) -> frozenset[str] | None:
        """`key_types` without those whose key is too small for the level in force.

        Certificates are loaded under the level of SSLCipherSuite; where a command raises it afterwards,
        handshakes with a smaller key fail (`ssl_add_cert_to_wpacket` in ssl/statem/statem_lib.c).
        """
        held = self.credentials
        if held is None or held.key_types is None or self.security_level <= held.security_level:
            return self.key_types
        return held.strong(self.security_level)

    @lazy
    def curves(self) -> frozenset[str] | None:
        """The curves of the host's keys for ECDSA, `ED25519` and `ED448` among them; None where they were not read."""
        if self.credentials is None or self.credentials.key_types is None:
            return None
        keys = [pair.certificate.key for pair in self.credentials.in_force if pair.certificate is not None]
        return frozenset(key.curve or key.kind for key in keys if key.kind not in ("RSA", "DSS"))

    @lazy
    def groups(self) -> GroupSetting:
        """The groups for key exchange: those of the default host of the address, but for Suite B's."""
        if self.suite_b is not None:
            return GroupSetting(None, self.cipher.directive or self.cipher.setting.origin, self.suite_b.groups)
        setting = self._curve or group_setting(self._commands_of[self.default], self.build, self.target)
        if self.default is self.host:
            return setting
        own = last(self.commands, "Groups")
        unheeded = own if own is not None and own.directive is not setting.directive else None
        if isinstance(setting.origin, Directive) and own is not None and own.directive is setting.origin:
            return setting
        origin = Inherited(setting.origin, self.default) if isinstance(setting.origin, Directive) else setting.origin
        return setting._replace(origin=origin, unheeded=unheeded)

    @lazy
    def _curve(self) -> GroupSetting | None:
        """The one curve that EC PARAMETERS behind the default host's certificate leave, where no command says else.

        `ssl_init_server_certs` in ssl_engine_init.c.
        """
        held = _credentials(self.default)
        if held is None or not held.curve or last(self._commands_of[self.default], "Groups", "ECDHParameters"):
            return None
        return GroupSetting(None, held.certificate_files[0].directive, (held.curve,))

    def groups_for(self, protocol: Protocol) -> tuple[str, ...]:
        """The groups that a handshake of a version can use."""
        if self.build is None:
            return ()
        from ..openssl import usable_groups

        return usable_groups(self.groups.names, self.build, protocol.word, self.security_level)

    @property
    def signature_algorithms(self) -> ListSetting:
        """The signature algorithms, where a command sets them or Suite B does."""
        if self.suite_b is not None:
            return ListSetting(self.suite_b.signature_algorithms, self.cipher.directive)
        command = last(self.commands, "SignatureAlgorithms")
        return ListSetting(command.value, command.directive) if command else ListSetting(None, None)

    @property
    def spoils_dh(self) -> bool:
        """Whether a curve stands where parameters for Diffie-Hellman are looked for: no DHE handshake succeeds."""
        return self.credentials is not None and self.credentials.spoils_dh

    @lazy
    def dh(self) -> DhSetting:
        """The parameters for ephemeral Diffie-Hellman."""
        held, command = self.credentials, last(self.commands, "DHParameters")
        if held is None:
            return dh_setting(self.target, self.security_level, self.commands, None, None)
        path = below(self.host.server.configuration.server_root, command.value) if command is not None else None
        found = held.store.dh(path)
        commanded = found.bits if found is not None else None
        return dh_setting(self.target, self.security_level, self.commands, held.dh_bits, held.rsa_bits, commanded)

    def _switch(self, one: switches.Switch) -> Setting[bool]:
        return switches.switch(one, self.host, self.default, self._commands_of)

    @lazy
    def honors_server_order(self) -> Setting[bool]:
        """Whether the server's order of suites counts, or the client's."""
        setting = self._switch(switches.SERVER_ORDER)
        if self.suite_b is not None and not setting.value:
            return Setting(True, self.cipher.directive or setting.origin, setting.losers)
        return setting

    @lazy
    def prefers_chacha(self) -> Setting[bool]:
        """Whether ChaCha20 comes first for clients that put it first, although the server's order counts."""
        return self._switch(switches.CHACHA_FIRST)

    @lazy
    def tickets(self) -> Setting[bool]:
        """Whether session tickets are given out; level 3 forbids them (SSL_SECOP_TICKET)."""
        setting = self._switch(switches.TICKETS)
        if setting.value and self.security_level >= _FIRST_LEVEL_WITHOUT_TICKETS:
            return Setting(False, self.cipher.directive or setting.origin, setting.losers)
        return setting

    @lazy
    def compression(self) -> Setting[bool]:
        """Whether records are compressed, if the library can and the client wants it."""
        return self._switch(switches.COMPRESSION)

    @lazy
    def insecure_renegotiation(self) -> Setting[bool]:
        """Whether clients without RFC 5746 may renegotiate."""
        return self._switch(switches.INSECURE_RENEGOTIATION)

    @lazy
    def stapling(self) -> Setting[bool]:
        """Whether OCSP responses are stapled, where the certificate names a responder."""
        return switches.flag(self.host.setting("sslusestapling"), False)

    @lazy
    def verify_client(self) -> Setting[str]:
        """What the handshake asks of clients: `none`, `optional`, `require`, `optional_no_ca`.

        The command VerifyMode can ask for more than the directive does; mod_ssl then looks at no certificate.
        """
        asked = switches.verification(self.host.setting("sslverifyclient"))
        for command in self.commands:
            modes = [name.lower() for on, name in signed_words(command.value) if on]
            if command.name != "VerifyMode" or not modes:
                continue
            more = "require" if any(mode.startswith("require") for mode in modes) else "optional_no_ca"
            if asked.value == "none" or more == "require":
                asked = Setting(more, command.directive, asked.losers)
        return asked

    @lazy
    def verify_depth(self) -> Setting[int]:
        """How many issuers a client's chain may have."""
        setting = self.host.setting("sslverifydepth")
        digits = setting.value[0].value if setting.value else "1"
        return Setting(leading_number(digits), setting.origin, setting.losers)


def _credentials(host: VirtualHost) -> Credentials | None:
    if not host.server.material.may_read or host.winner("sslcertificatefile") is None:
        return None
    from .certificates import credentials

    return credentials(host)
