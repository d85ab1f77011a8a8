"""What a profile can ask about, and the rule that judges it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Subject(NamedTuple):
    """One thing that profiles ask about.

    `rule` judges it; empty where no configuration decides it. `title` names it in a table, `related` are the
    ordinary rules whose advice a profile may contradict.
    """

    title: str
    rule: str
    related: tuple[str, ...] = ()


SUBJECTS: Mapping[str, Subject] = MappingProxyType(
    {
        "protocols": Subject(
            "protocol versions",
            "profile-protocol",
            ("weak-ssl-protocol", "tls13-disabled", "ssl-protocol-gap", "ssl-protocol-implicit-default"),
        ),
        "ciphers": Subject(
            "cipher suites up to TLS 1.2",
            "profile-cipher",
            ("weak-cipher-suite", "cipher-no-forward-secrecy", "cipher-cbc", "cipher-obsolete-algo"),
        ),
        "ciphersuites": Subject("cipher suites of TLS 1.3", "profile-cipher", ("tls13-suite-weak",)),
        "groups": Subject("groups for key exchange", "profile-key-exchange", ("curve-weak", "pq-group-missing")),
        "dh-bits": Subject("bits of Diffie-Hellman parameters", "profile-key-exchange", ("dh-params-weak",)),
        "certificate-keys": Subject(
            "kinds of certificate keys", "profile-certificate", ("cert-weak-key", "dual-cert-missing")
        ),
        "certificate-curves": Subject("curves of certificate keys", "profile-certificate", ("cert-weak-key",)),
        "certificate-hashes": Subject(
            "hashes of certificate signatures", "profile-certificate", ("cert-weak-signature",)
        ),
        "rsa-bits": Subject("bits of RSA keys", "profile-certificate", ("cert-weak-key",)),
        "ec-bits": Subject("bits of elliptic-curve keys", "profile-certificate", ("cert-weak-key",)),
        "certificate-days": Subject("lifetime of certificates in days", "profile-certificate", ("cert-long-lived",)),
        "server-cipher-order": Subject("the server's order of suites", "profile-session", ("honor-cipher-order",)),
        "compression": Subject("TLS compression", "profile-session", ("tls-compression",)),
        "insecure-renegotiation": Subject(
            "renegotiation without RFC 5746", "profile-session", ("insecure-renegotiation",)
        ),
        "session-tickets": Subject("session tickets", "profile-session", ("session-tickets-on",)),
        "ocsp-stapling": Subject(
            "OCSP stapling",
            "profile-session",
            ("stapling-without-cache", "must-staple-unmet", "stapling-missing", "stapling-no-responder"),
        ),
        "hsts-seconds": Subject(
            "max-age of Strict-Transport-Security",
            "profile-transport",
            ("hsts-weak", "hsts-not-always", "hsts-missing"),
        ),
        "undecided": Subject("what no configuration decides", ""),
    }
)
