"""What the keys and parameters in certificate files change about an offer."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Mapping

import pytest

from sslint.configuration import expand
from sslint.files import MemoryFiles
from sslint.knowledge.targets import preset
from sslint.server import build
from sslint.tls import Protocol, TlsOffer, offers

pytest.importorskip("cryptography", reason="certificates are not read without it")

CURVE = b"-----BEGIN EC PARAMETERS-----\nBgUrgQQAIg==\n-----END EC PARAMETERS-----\n"
"""That is secp384r1."""


def certificate(kind: str) -> bytes:
    """A certificate that an RSA or Ed25519 key signed itself, and the key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

    key = rsa.generate_private_key(65537, 2048) if kind == "rsa" else ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "one.example")])
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + datetime.timedelta(9))
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return made.sign(key, hashes.SHA256() if kind == "rsa" else None).public_bytes(pem) + private


def parameters(bits: int) -> bytes:
    """Parameters for Diffie-Hellman of a size: the size alone is looked at."""
    prime = (2**bits - 1).to_bytes(bits // 8 + 1, "big")
    body = b"\x02\x82" + len(prime).to_bytes(2, "big") + prime + b"\x02\x01\x02"
    encoded = base64.encodebytes(b"\x30\x82" + len(body).to_bytes(2, "big") + body)
    return b"-----BEGIN DH PARAMETERS-----\n" + encoded + b"-----END DH PARAMETERS-----\n"


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    rsa, edwards = certificate("rsa"), certificate("ed25519")
    small, large = parameters(1024), parameters(3072)
    return {
        "/rsa.pem": rsa,
        "/curve.pem": rsa + CURVE,
        "/ed25519.pem": edwards,
        "/dh.pem": rsa + large,
        "/parameters.pem": small,
    }


def two(files: Mapping[str, bytes], first: str, second: str, target: str = "debian-12") -> tuple[TlsOffer, TlsOffer]:
    """The offers of the default host and of another; the first word of each text is its certificate."""
    text = "Listen 443\n"
    for name, words in (("one", first), ("two", second)):
        key, _, lines = words.partition(" ")
        text += f"<VirtualHost *:443>\nServerName {name}.example\nSSLEngine on\n"
        text += f"SSLCertificateFile /{key}.pem\n{lines}\n</VirtualHost>\n"
    configuration = expand("/apache2.conf", MemoryFiles({"/apache2.conf": text}), preset(target))
    server = build(configuration, read=files.__getitem__)
    one, two = (offers(host)[0] for host in server.hosts[1:])
    return one, two


def test_a_curve_behind_the_certificate_is_the_only_group(files: Mapping[str, bytes]) -> None:
    one, other = two(files, "curve", "rsa SSLOpenSSLConfCmd Groups X25519")
    assert one.groups.names == other.groups.names == ("P-384",)
    assert one.groups.directive is not None
    assert one.groups.directive.name == "SSLCertificateFile"
    assert two(files, "curve SSLOpenSSLConfCmd Groups X25519", "rsa")[0].groups.names == ("X25519",)
    assert len(two(files, "rsa", "curve")[1].groups.names) > 5


def test_a_curve_behind_the_certificate_spoils_dhe(files: Mapping[str, bytes]) -> None:
    def exchanges(offer: TlsOffer) -> set[str]:
        return {suite.key_exchange for suite in offer.suites_for(Protocol.TLS1_2)}

    one, other = two(files, "curve", "rsa")
    assert exchanges(one) == {"ECDH", "RSA"}
    assert exchanges(other) == exchanges(two(files, "curve", "rsa", "debian-11")[0]) == {"ECDH", "DH", "RSA"}


@pytest.mark.parametrize(
    ("key", "target", "bits"), [("rsa", "debian-12", 2048), ("dh", "debian-12", 1024), ("rsa", "debian-11", 1024)]
)
def test_a_command_replaces_parameters_behind_the_certificate(
    key: str, target: str, bits: int, files: Mapping[str, bytes]
) -> None:
    lines = "SSLCipherSuite DHE:@SECLEVEL=0\nSSLOpenSSLConfCmd DHParameters /parameters.pem"
    dh = two(files, f"{key} {lines}", "rsa", target)[0].dh
    assert dh.bits == bits
    assert (dh.directive is not None) is (bits == 1024)


def test_a_level_that_comes_after_the_certificate_makes_its_key_useless(files: Mapping[str, bytes]) -> None:
    lines = "SSLCipherSuite ALL:@SECLEVEL=1\nSSLOpenSSLConfCmd CipherString ALL:@SECLEVEL=3"
    one, _ = two(files, f"rsa {lines}", "rsa")
    assert one.protocols == ()
    assert "every handshake fails" in one.failures[0]
    assert one.absent[-1].reason.startswith("no key of the server may sign at the security level")


def test_edwards_curves_sign_from_tls12_on(files: Mapping[str, bytes]) -> None:
    one, _ = two(files, "ed25519 SSLProtocol all\nSSLCipherSuite ALL:@SECLEVEL=0", "rsa")
    assert [offered.protocol for offered in one.protocols] == [Protocol.TLS1_2, Protocol.TLS1_3]
