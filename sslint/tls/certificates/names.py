"""Whether a certificate is valid for a name (RFC 9525 section 6)."""

from __future__ import annotations

from .certificate import Certificate


def covers(certificate: Certificate, name: str) -> bool:
    """Whether clients take the certificate for a host of this name or IP address; the common name counts for nothing.

    A `*` stands for one whole label, the leftmost. A ServerAlias with `*` is covered by the same name only.
    """
    import ipaddress

    wanted = name.lower().rstrip(".").strip("[]")
    try:
        address = ipaddress.ip_address(wanted)
    except ValueError:
        return any(_matches(one.rstrip("."), _ascii(wanted)) for one in certificate.names)
    return str(address) in certificate.addresses


def _matches(pattern: str, name: str) -> bool:
    if pattern == name:
        return True
    first, dot, rest = name.partition(".")
    return bool(dot) and pattern == f"*.{rest}" and first not in ("", "*")


def _ascii(name: str) -> str:
    """The A-labels of an internationalised name, which certificates hold; other names as they are."""
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name
