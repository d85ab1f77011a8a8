"""The certificates that a host shows to its backends: SSLProxyMachineCertificateFile.

Sources: `ssl_init_proxy_certs` in ssl_engine_init.c, `PEM_X509_INFO_read_bio` in OpenSSL's
crypto/pem/pem_info.c; measured with httpd 2.4.71.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...server import Server, VirtualHost
from . import pem
from .certificate import Certificate, PublicKey, read_certificate, read_key
from .pair import Refusal
from .store import Named, Trouble, named, store

_Entry = tuple[pem.Block | None, pem.Block | None]


def machine_certificate(host: VirtualHost) -> Named | None:
    """The file in force where SSLProxyEngine is on."""
    engine = host.setting("sslproxyengine").value
    if not engine or engine[0].value.lower() != "on":
        return None
    directive = host.winner("sslproxymachinecertificatefile")
    return named(directive, host.server) if directive is not None and directive.values else None


def machine_refusal(file: Named, server: Server) -> Refusal | None:
    """Why the server does not start with such a file.

    Its kind is `encrypted`, `mismatch`, or `none` where the server starts and shows no certificate.
    """
    blocks = store(server).blocks(file.path)
    if isinstance(blocks, Trouble):
        return None
    entries = [] if any(block.error for block in blocks) else [one for one in _entries(blocks) if one[1] is not None]
    if not entries:
        return Refusal(file, "none", "it holds no certificate with a private key", "AH02206")
    return next(filter(None, (_refusal(file, *entry) for entry in entries)), None)


def _entries(blocks: list[pem.Block]) -> Iterator[_Entry]:
    """Certificates and keys as they are paired: each takes the next of the other kind, whichever comes first."""
    certificate: pem.Block | None = None
    key: pem.Block | None = None
    for block in blocks:
        if block.label in pem.CERTIFICATE:
            if certificate is not None:
                yield certificate, key
                certificate = key = None
            certificate = block
        elif block.label in pem.PRIVATE_KEY:
            if key is not None:
                yield certificate, key
                certificate = key = None
            key = block
    if certificate is not None or key is not None:
        yield certificate, key


def _refusal(file: Named, shown: pem.Block | None, key: pem.Block | None) -> Refusal | None:
    if key is None or key.encrypted:
        why = "its private key is encrypted, and nobody is asked for the pass phrase"
        return Refusal(file, "encrypted", why, "AH02252")
    if shown is None:
        return Refusal(file, "mismatch", "the key has no certificate", "AH02326")
    certificate, public = read_certificate(shown.der), read_key(key.der)
    if not isinstance(certificate, Certificate) or not isinstance(public, PublicKey):
        return None
    if certificate.key.digest and certificate.key.digest != public.digest:
        return Refusal(file, "mismatch", "the key is not that of the certificate", "AH02326", certificate)
    return None
