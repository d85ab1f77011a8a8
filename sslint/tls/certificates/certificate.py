"""One certificate or private key, read with `cryptography`, which is imported only here and only when needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from .der import BITS, INTEGER, SEQUENCE, DerError, first, members

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes, PublicKeyTypes

    E = TypeVar("E", bound=x509.ExtensionType)

KEY_NAMES = {"RSA": "RSA", "DSS": "DSA", "ECDSA": "EC", "ED25519": "Ed25519", "ED448": "Ed448"}
"""What people call the kinds of keys."""
_CURVES = {"secp192r1": "P-192", "secp224r1": "P-224", "secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}
_SERVER_AUTH = ("1.3.6.1.5.5.7.3.1", "2.5.29.37.0")
_STATUS_REQUEST = 5


class PublicKey(NamedTuple):
    """A key's kind (`RSA`, `ECDSA`, `DSS`, `ED25519`, `ED448`, empty for others), size, and a digest to compare."""

    kind: str
    bits: int
    curve: str
    digest: bytes

    @property
    def title(self) -> str:
        """What people call it: `RSA 2048`, `EC P-256`, `Ed25519`."""
        name = KEY_NAMES.get(self.kind, "unknown key")
        detail = self.curve or (str(self.bits) if self.kind in ("RSA", "DSS", "ECDSA") else "")
        return f"{name} {detail}".strip()


class Certificate(NamedTuple):
    """What one X.509 certificate says. Times are in UTC; `signature_hash` is empty where the signature has none of
    its own, as with Ed25519.

    `names` are the DNS names and `addresses` the IP addresses of its subjectAltName (RFC 5280 4.2.1.6);
    `has_san` tells an empty one from none. `serves` is whether its extendedKeyUsage, if it has one,
    allows TLS servers. `responders` are the URLs for OCSP, `issuer_urls` those where its issuer's certificate
    lies (RFC 5280 4.2.2.1). `digest` is the SHA-256 of all of it.
    """

    subject: str
    issuer: str
    common_name: str
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    has_san: bool
    not_before: datetime
    not_after: datetime
    key: PublicKey
    signature_hash: str
    is_ca: bool
    serves: bool
    responders: tuple[str, ...]
    issuer_urls: tuple[str, ...]
    must_staple: bool
    serial: int
    digest: bytes
    subject_der: bytes
    issuer_der: bytes
    key_identifier: bytes | None
    authority_identifier: bytes | None

    def is_issued_by(self, other: Certificate) -> bool:
        """Whether another may be its issuer by names and key identifiers (`X509_check_issued`)."""
        if self.issuer_der != other.subject_der:
            return False
        known = self.authority_identifier is not None and other.key_identifier is not None
        return not known or self.authority_identifier == other.key_identifier

    @property
    def is_self_signed(self) -> bool:
        """Whether it is its own issuer, as OpenSSL tells (EXFLAG_SS)."""
        return self.is_issued_by(self)

    @property
    def title(self) -> str:
        """What people call it: its first name, or its subject."""
        return self.names[0] if self.names else self.common_name or self.subject or "a certificate without names"


class Unreadable(NamedTuple):
    """Why bytes are no certificate or key. `certain` is False where OpenSSL may yet read them."""

    why: str
    certain: bool


def read_certificate(der: bytes) -> Certificate | Unreadable:
    """A certificate, or why it can't be read."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        alone = first(der)
        if members(alone) != [SEQUENCE, SEQUENCE, BITS]:  # RFC 5280 4.1
            raise DerError("wrong tag")
    except DerError as error:
        return Unreadable(f"its block holds no certificate ({error})", True)
    try:
        return _certificate(x509.load_der_x509_certificate(alone))
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
        return Unreadable(f"its certificate can't be read ({error})", False)


def read_key(der: bytes) -> PublicKey | Unreadable:
    """The public side of an unencrypted private key. Nothing of the private side is kept."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    try:
        alone = first(der)
        if members(alone)[:1] != [INTEGER]:  # the version, in all forms: RFC 5958, RFC 8017, RFC 5915
            raise DerError("wrong tag")
    except DerError as error:
        return Unreadable(f"it holds no private key ({error})", True)
    try:
        private = load_der_private_key(alone, None, unsafe_skip_rsa_key_validation=True)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return Unreadable("its private key can't be read", False)
    return _public(private.public_key())


def _certificate(cert: x509.Certificate) -> Certificate:
    import hashlib

    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

    names, addresses, has_san = _alternatives(cert)
    common = cert.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    basic = _extension(cert, x509.BasicConstraints)
    access = _extension(cert, x509.AuthorityInformationAccess)
    own, above = _extension(cert, x509.SubjectKeyIdentifier), _extension(cert, x509.AuthorityKeyIdentifier)
    return Certificate(
        subject=cert.subject.rfc4514_string(),
        issuer=cert.issuer.rfc4514_string(),
        common_name=str(common[-1].value) if common else "",
        names=names,
        addresses=addresses,
        has_san=has_san,
        not_before=cert.not_valid_before_utc,
        not_after=cert.not_valid_after_utc,
        key=_certified(cert),
        signature_hash=_signature_hash(cert),
        is_ca=basic is not None and basic.ca,
        serves=_serves(_extension(cert, x509.ExtendedKeyUsage)),
        responders=_urls(access, AuthorityInformationAccessOID.OCSP),
        issuer_urls=_urls(access, AuthorityInformationAccessOID.CA_ISSUERS),
        must_staple=_must_staple(_extension(cert, x509.TLSFeature)),
        serial=cert.serial_number,
        digest=hashlib.sha256(cert.public_bytes(Encoding.DER)).digest(),
        subject_der=cert.subject.public_bytes(),
        issuer_der=cert.issuer.public_bytes(),
        key_identifier=own.digest if own is not None else None,
        authority_identifier=above.key_identifier if above is not None else None,
    )


def _extension(cert: x509.Certificate, kind: type[E]) -> E | None:
    from cryptography.x509 import ExtensionNotFound

    try:
        return cert.extensions.get_extension_for_class(kind).value
    except ExtensionNotFound:
        return None


def _alternatives(cert: x509.Certificate) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """The DNS names in lower case, the IP addresses, and whether there is a subjectAltName at all."""
    from cryptography import x509

    found = _extension(cert, x509.SubjectAlternativeName)
    if found is None:
        return (), (), False
    names = tuple(name.lower() for name in found.get_values_for_type(x509.DNSName))
    return names, tuple(str(one) for one in found.get_values_for_type(x509.IPAddress)), True


def _serves(usage: x509.ExtendedKeyUsage | None) -> bool:
    return usage is None or any(one.dotted_string in _SERVER_AUTH for one in usage)


def _urls(access: x509.AuthorityInformationAccess | None, method: x509.ObjectIdentifier) -> tuple[str, ...]:
    """The URLs that an authorityInfoAccess has for a method."""
    from cryptography.x509 import UniformResourceIdentifier

    return tuple(
        one.access_location.value
        for one in access or ()
        if one.access_method == method and isinstance(one.access_location, UniformResourceIdentifier)
    )


def _must_staple(features: x509.TLSFeature | None) -> bool:
    """Whether the TLS feature extension asks for a stapled response (RFC 7633)."""
    return any(one.value == _STATUS_REQUEST for one in features or ())


def _signature_hash(cert: x509.Certificate) -> str:
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        algorithm = cert.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return "unknown"
    return algorithm.name if algorithm is not None else ""


def _certified(cert: x509.Certificate) -> PublicKey:
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        return _public(cert.public_key())
    except (ValueError, UnsupportedAlgorithm):
        return PublicKey("", 0, "", b"")


def _public(key: CertificatePublicKeyTypes | PublicKeyTypes) -> PublicKey:
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa

    kind, bits, curve = "", 0, ""
    if isinstance(key, rsa.RSAPublicKey):
        kind, bits = "RSA", key.key_size
    elif isinstance(key, ec.EllipticCurvePublicKey):
        kind, bits, curve = "ECDSA", key.key_size, _CURVES.get(key.curve.name, key.curve.name)
    elif isinstance(key, dsa.DSAPublicKey):
        kind, bits = "DSS", key.key_size
    elif isinstance(key, ed25519.Ed25519PublicKey):
        kind, bits = "ED25519", 256
    elif isinstance(key, ed448.Ed448PublicKey):
        kind, bits = "ED448", 448
    return PublicKey(kind, bits, curve, _digest(key))


def _digest(key: CertificatePublicKeyTypes | PublicKeyTypes) -> bytes:
    """What tells one key from another: its numbers, since one key may have several encodings (RSA and RSA-PSS)."""
    import hashlib

    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        return hashlib.sha256(f"{numbers.n},{numbers.e}".encode()).digest()
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
