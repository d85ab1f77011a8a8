"""A certificate with its key: which lines name them, and why a server does not start with them.

Source: `modssl_ctx_cfg_merge_certkeys_array` in ssl_engine_config.c of mod_ssl.
"""

from __future__ import annotations

from typing import NamedTuple

from ...server import VirtualHost
from ...server.setting import usable
from .certificate import Certificate
from .store import Named, PrivateKey, named

_REPLACING = 3
"""So many of a host's own entries replace the main server's (CERTKEYS_IDX_MAX)."""


class Refusal(NamedTuple):
    """Why the server does not start with a pair: the file, the reason, and the server's error number.

    `at_start` is False where it does start, and every handshake fails: OpenSSL looks at the certificates of
    SSLCertificateChainFile only when it sends them.
    `kind` is that of `Trouble`, `mismatch` where certificate and key don't belong together, or `weak`
    where the security level does not let the certificate through; `certificate` is the one.
    """

    file: Named
    kind: str
    why: str
    code: str
    certificate: Certificate | None = None
    at_start: bool = True

    @property
    def effect(self) -> str:
        """What happens, with the error number where the server writes one."""
        if not self.at_start:
            return "every handshake fails"
        return "the server does not start" + (f" ({self.code})" if self.code else "")


class Pair(NamedTuple):
    """A certificate with its key. What was not read is None.

    `key_file` is None where a server around a fragment may name it. `chain` is what the server sends
    behind the certificate, None where that is not known; `chain_file` names it, if not `file` does.
    """

    file: Named
    key_file: Named | None
    chain_file: Named | None
    certificate: Certificate | None
    chain: tuple[Certificate, ...] | None
    key: PrivateKey | None
    refusals: tuple[Refusal, ...]

    @property
    def matches(self) -> bool | None:
        """Whether the key is the certificate's; None where that is not known."""
        if self.certificate is None or self.key is None or self.key.public is None:
            return None
        return self.certificate.key.digest == self.key.public.digest if self.certificate.key.digest else None

    @property
    def is_self_signed(self) -> bool:
        """Whether the certificate is its own issuer."""
        return self.certificate is not None and self.certificate.is_self_signed


def merged(host: VirtualHost, key: str) -> tuple[Named, ...]:
    """The files of a directive that may come several times.

    A host's first entries replace the main server's; behind the main server's further ones come the
    host's own further ones.
    """
    own = [one for one in usable(host.own.get(key, ())) if one.values]
    if not host.is_main:
        first, further = own[:_REPLACING], own[_REPLACING:]
        above = [one for one in usable(host.server.main.own.get(key, ())) if one.values]
        own = [*first, *above[len(first) :], *further]
    return tuple(named(one, host.server) for one in own)
