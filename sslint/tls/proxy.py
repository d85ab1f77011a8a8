"""The other side: what a host offers as a client of TLS backends, and how it checks them.

Sources: `modssl_ctx_init_proxy`, `ssl_config_proxy_merge` in ssl_engine_config.c; `ssl_io_filter_handshake`
in ssl_engine_io.c.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..configuration.model import Argument, Directive
from ..knowledge.versions import HttpdVersion
from ..lazily import lazy
from ..server import Scope, Setting, VirtualHost
from ..server.host import of_kind
from .lists import Tls13Setting, tls13_setting
from .protocols import Protocol, available, default_protocols, refused_by_level, switch_on, without_gaps
from .range import OfferedProtocol
from .suites import CipherSetting, OfferedSuite, cipher_setting, default_level, listed, missing_ciphers, target_library
from .switches import flag, verification

if TYPE_CHECKING:
    from ..openssl import Suite

FIRST_CHECK_BY_DEFAULT = HttpdVersion(2, 4, 0)
FIRST_CHECK_OF_NAME = HttpdVersion(2, 4, 5)
_ANY_KEY = frozenset({"RSA", "ECDSA", "DSS", "ECDH"})


class ProxyOffer:
    """What a host says to the TLS backends of a `<Proxy>` section (`scope`), or to all others.

    Nothing here raises. `enabled` is SSLProxyEngine; without it every request to an https backend
    fails. The backend's choice is not known: suites are what the host offers, in its order.
    """

    def __init__(self, host: VirtualHost, scope: Scope | None = None) -> None:
        self.host = host
        self.scope = scope
        self.target = host.server.target
        self.build = target_library(self.target)

    def setting(self, key: str, kind: str | None = None) -> Setting[tuple[Argument, ...]]:
        """The directive in force: the section's last one, else the host's, else the main server's.

        `kind` picks among SSLProxyCipherSuite lines: `TLSv1.3`, or `SSL` for the plain form.
        """
        inner = of_kind(self.scope.directives.get(key, ()), kind) if self.scope is not None else []
        outer = self.host.choose(key, kind)
        if not inner:
            return outer
        lost = (*outer.losers, *((outer.directive,) if outer.directive is not None else ()))
        return Setting(inner[-1].arguments, inner[-1], (*lost, *inner[:-1]))

    def _flag(self, key: str, default: bool) -> Setting[bool]:
        return flag(self.setting(key), default)

    @lazy
    def enabled(self) -> Setting[bool]:
        """SSLProxyEngine."""
        return self._flag("sslproxyengine", False)

    # What is offered

    @lazy
    def protocol_setting(self) -> Setting[tuple[Argument, ...]]:
        """SSLProxyProtocol."""
        return self.setting("sslproxyprotocol")

    @lazy
    def cipher(self) -> CipherSetting:
        """SSLProxyCipherSuite for TLS 1.2 and older."""
        return cipher_setting(self.setting("sslproxyciphersuite", "SSL"), (), self.target)

    @lazy
    def tls13(self) -> Tls13Setting:
        """SSLProxyCipherSuite TLSv1.3."""
        return tls13_setting(self.setting("sslproxyciphersuite", "TLSv1.3"), [], self.build)

    @property
    def security_level(self) -> int:
        """The security level in force: the cipher string's, else the target's."""
        level = self.cipher.security_level
        return default_level(self.target) if level is None else level

    @lazy
    def protocols(self) -> tuple[OfferedProtocol, ...]:
        """The versions that a backend can get, in order of age."""
        setting = self.protocol_setting
        if setting.value is None:
            wanted: dict[Protocol, Argument | None] = dict.fromkeys(default_protocols(self.target))
        else:
            indexes = switch_on((word.value for word in setting.value), self.target)
            wanted = {one: setting.value[index] for one, index in indexes.items()}
        kept = without_gaps(wanted, self.target) & available(self.target)
        return tuple(
            OfferedProtocol(one, wanted[one], setting.directive if wanted[one] is not None else None)
            for one in sorted(kept)
            if self._connects(one)
        )

    def _connects(self, protocol: Protocol) -> bool:
        """Whether a backend can get a version; True where the list can't be judged."""
        if refused_by_level(protocol, self.security_level, self.target):
            return False
        if self.build is None or self.cipher.selected is None:
            return True
        return bool(self.tls13.suites if protocol is Protocol.TLS1_3 else self._listed(protocol))

    def _listed(self, protocol: Protocol) -> tuple[Suite, ...]:
        """The suites of the list that a version can end with."""
        if self.build is None:
            return ()
        missing = missing_ciphers(self.target)
        return listed(self.cipher.text, self.build, protocol, self.security_level, _ANY_KEY, missing, client=True)

    @lazy
    def suites(self) -> tuple[OfferedSuite, ...]:
        """The suites up to TLS 1.2 that a backend can choose, in the order of the list."""
        selected = self.cipher.selected
        if selected is None or self.build is None:
            return ()
        versions: dict[Suite, list[Protocol]] = {}
        for one in self.protocols:
            if one.protocol is not Protocol.TLS1_3:
                for suite in self._listed(one.protocol):
                    versions.setdefault(suite, []).append(one.protocol)
        return tuple(OfferedSuite(one, tuple(versions[one])) for one in selected.suites if one in versions)

    # How the backend is checked

    @lazy
    def verify(self) -> Setting[str]:
        """SSLProxyVerify: `none`, `optional`, `require`, `optional_no_ca`."""
        return verification(self.setting("sslproxyverify"))

    @lazy
    def authorities(self) -> Directive | None:
        """The directive that names the certificate authorities to trust."""
        for key in ("sslproxycacertificatefile", "sslproxycacertificatepath"):
            directive = self.setting(key).directive
            if directive is not None:
                return directive
        return None

    @lazy
    def checks_expiry(self) -> Setting[bool]:
        """Whether an expired certificate is refused."""
        return self._flag("sslproxycheckpeerexpire", self.target.httpd >= FIRST_CHECK_BY_DEFAULT)

    @lazy
    def checks_name(self) -> Setting[bool]:
        """Whether a certificate for another name is refused.

        SSLProxyCheckPeerName has the say from 2.4.5 on, unless it is not set and SSLProxyCheckPeerCN is
        off; where the name is off, SSLProxyCheckPeerCN on still compares the common name.
        """
        by_default = self.target.httpd >= FIRST_CHECK_BY_DEFAULT
        common_name = self._flag("sslproxycheckpeercn", by_default)
        if self.target.httpd < FIRST_CHECK_OF_NAME:
            return common_name
        name = self._flag("sslproxycheckpeername", True)
        name_is_set, cn_is_set = name.directive is not None, common_name.directive is not None
        if name_is_set and not name.value:
            return common_name if cn_is_set and common_name.value else name
        if not name_is_set and cn_is_set:
            return common_name
        return name

    @property
    def authenticates(self) -> bool:
        """Whether a backend needs a certificate that a trusted authority has signed."""
        return self.verify.value == "require" and self.authorities is not None


def proxy_offer(host: VirtualHost, scope: Scope | None = None) -> ProxyOffer:
    """What a host offers to backends: those of a `<Proxy>` section, or all without one of their own."""
    return ProxyOffer(host, scope)
