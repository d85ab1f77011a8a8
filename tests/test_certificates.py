"""Certificates and keys: how they are read and paired, and what the installed httpd makes of the same files."""

from __future__ import annotations

import base64
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as forms
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from sslint.analysis import analyse
from sslint.configuration import expand
from sslint.files import DiskFiles, MemoryFiles, OverlayFiles, ReadError
from sslint.knowledge.targets import DEFAULT, preset
from sslint.server import VirtualHost, build
from sslint.server.material import LARGEST
from sslint.settings import Settings
from sslint.tls.certificates import Certificate, Credentials, covers, credentials, machine_certificate, machine_refusal
from sslint.tls.certificates.certificate import Unreadable, read_certificate, read_key
from sslint.tls.certificates.der import DerError, curve, dh_parameters
from sslint.tls.certificates.pem import blocks
from sslint.tls.certificates.strength import hash_strength, key_strength, modulus_strength

FIXTURES = Path(__file__).parent.parent / "fixtures" / "certificates"
BEGIN = datetime(2026, 9, 1, tzinfo=timezone.utc)
PEM = forms.Encoding.PEM
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | dsa.DSAPrivateKey


def name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def certificate(key: Key, issuer: tuple[str, Key] | None = None, *more: x509.ExtensionType, cn: str = "leaf") -> bytes:
    above, signer = issuer or (cn, key)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(cn))
        .issuer_name(name(above))
        .public_key(key.public_key())
        .serial_number(4711)
        .not_valid_before(BEGIN)
        .not_valid_after(BEGIN + timedelta(days=90))
    )
    for extension in more:
        builder = builder.add_extension(extension, critical=False)
    digest = None if isinstance(signer, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(signer, digest).public_bytes(PEM)


def private(key: Key, form: forms.PrivateFormat = forms.PrivateFormat.PKCS8, phrase: bytes = b"") -> bytes:
    guard = forms.BestAvailableEncryption(phrase) if phrase else forms.NoEncryption()
    return key.private_bytes(PEM, form, guard)


def read(pem: bytes) -> Certificate:
    found = read_certificate(blocks(pem)[0].der)
    assert isinstance(found, Certificate)
    return found


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Certificates and keys of every kind, whole and damaged."""
    keys: dict[str, Key] = {
        "rsa": rsa.generate_private_key(65537, 2048),
        "small": rsa.generate_private_key(65537, 1024),
        "p256": ec.generate_private_key(ec.SECP256R1()),
        "p384": ec.generate_private_key(ec.SECP384R1()),
        "p224": ec.generate_private_key(ec.SECP224R1()),
        "p192": ec.generate_private_key(ec.SECP192R1()),
        "ed25519": ed25519.Ed25519PrivateKey.generate(),
        "dsa": dsa.generate_private_key(1024),
    }
    made: dict[str, bytes] = {path.name: path.read_bytes() for path in FIXTURES.glob("*.[pk]e[my]")}
    for kind, key in keys.items():
        made[f"{kind}.crt"], made[f"{kind}.key"] = certificate(key, cn=kind), private(key)
    issued = certificate(keys["rsa"], ("p256", keys["p256"]))
    crt, plain = made["rsa.crt"], made["rsa.key"]
    garbage = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    opened = b"BEGIN CERTIFICATE-----\n"
    der = keys["rsa"].private_bytes(forms.Encoding.DER, forms.PrivateFormat.TraditionalOpenSSL, forms.NoEncryption())
    public = keys["rsa"].public_key().public_bytes(PEM, forms.PublicFormat.SubjectPublicKeyInfo)
    ecparam = b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
    return made | {
        "issued.crt": issued + made["p256.crt"],
        "trusted-chain.crt": crt + armor(b"TRUSTED CERTIFICATE", b"soon"),
        "reversed.crt": made["p256.crt"] + issued,
        "text.crt": b"Certificate:\n    Data:\n" + crt + b"the end\n",
        "crlf.crt": crt.replace(b"\n", b"\r\n"),
        "indented.crt": crt.replace(b"-----BEGIN", b" -----BEGIN"),
        "blanks.crt": crt.replace(b"CERTIFICATE-----\n", b"CERTIFICATE-----  \t\n"),
        "bom.crt": b"\xef\xbb\xbf" + crt,
        "open.crt": crt.replace(b"-----END CERTIFICATE-----\n", b""),
        "x509.crt": crt.replace(b"CERTIFICATE", b"X509 CERTIFICATE"),
        "trusted.crt": armor(b"TRUSTED CERTIFICATE", read_der(crt) + b"\x30\x00"),
        "trailing.crt": armor(b"CERTIFICATE", read_der(crt) + b"\x30\x00"),
        "base64.crt": crt[:200] + b"!!!!" + crt[204:],
        "garbage.crt": garbage,
        "behind.crt": crt + garbage,
        "request.crt": crt.replace(b"CERTIFICATE", b"CERTIFICATE REQUEST"),
        "word.crt": b"soon\n",
        "whole.crt": plain + crt,
        "other-first.crt": b"-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----\n" + crt,
        "line.crt": b"-----BEGIN CERTIFICATE-----\n"
        + b"".join(crt.split(b"\n")[1:-2])
        + b"\n-----END CERTIFICATE-----",
        "blank.crt": crt.replace(opened, opened + b"\n"),
        "two-blanks.crt": crt.replace(opened, opened + b"\n\n"),
        "header.crt": crt.replace(opened, opened + b"Comment: none\n\n"),
        "der.crt": read_der(crt),
        "der.key": der,
        "traditional.key": private(keys["rsa"], forms.PrivateFormat.TraditionalOpenSSL),
        "encrypted.key": private(keys["rsa"], phrase=b"secret"),
        "encrypted-old.key": private(keys["rsa"], forms.PrivateFormat.TraditionalOpenSSL, b"secret"),
        "public.key": public,
        "two.key": made["p256.key"] + plain,
        "ecparam.key": ecparam + made["p256.key"],
        "word.key": b"soon\n",
        "bare.key": b"key: none\n" + b"\n".join(plain.split(b"\n")[1:]),
        "misspelt.key": plain.replace(b"BEGIN PRIVATE", b"BEGIN PRIVAT"),
        "split.key": plain[:200] + b"\n\n" + plain[200:],
        "lower.key": plain.replace(b"END PRIVATE KEY", b"end private key"),
        "lower.crt": crt.replace(b"END CERTIFICATE", b"end certificate") + made["p256.crt"],
        "feed.crt": crt[:200] + b"\f" + crt[200:],
        "damaged.key": plain[:200] + b"!!!!" + plain[204:],
    }


def armor(label: bytes, der: bytes) -> bytes:
    return b"-----BEGIN %b-----\n%b-----END %b-----\n" % (label, base64.encodebytes(der), label)


def read_der(pem: bytes) -> bytes:
    return blocks(pem)[0].der


# What the installed server makes of the same files

HTTPD = shutil.which("apache2") or shutil.which("httpd")
MODULES = Path("/usr/lib/apache2/modules")
live = pytest.mark.skipif(not (HTTPD and MODULES.is_dir()), reason="no httpd with its modules here")
PRELUDE = "".join(
    f"LoadModule {one}_module {MODULES}/mod_{one}.so\n" for one in "mpm_event authz_core socache_shmcb ssl".split()
)
LEVELS = {"rsa": "03", "small": "0125", "p256": "34", "p384": "45", "p224": "23", "p192": "12", "ed25519": "34",
          "dsa": "12"}  # fmt: skip
"""Security levels on both sides of what a key is good for."""
WHOLE = "lower text crlf blanks bom x509 whole other-first line blank".split()
BROKEN = "feed indented open base64 garbage behind request word two-blanks header der reversed".split()
GOOD_KEYS = "bare.key misspelt.key split.key lower.key traditional.key der.key rsa.key".split()
BAD_KEYS = "public.key two.key word.key damaged.key encrypted.key encrypted-old.key p256.key".split()


def pair(crt: str, key: str = "", more: str = "") -> str:
    named = f"SSLCertificateKeyFile {key}\n" if key else ""
    return f"SSLCertificateFile {crt}\n{named}{more}\n"


CASES = {
    **{f"{kind} at {level}": pair(f"{kind}.crt", f"{kind}.key", f"SSLCipherSuite ALL:@SECLEVEL={level}")
       for kind, levels in LEVELS.items() for level in levels},
    **{one: pair(f"{one}.crt", "rsa.key") for one in WHOLE + BROKEN},
    **{one: pair("rsa.crt", one) for one in GOOD_KEYS + BAD_KEYS},
    "no key": pair("rsa.crt"),
    "key in the file": pair("whole.crt"),
    "curve before the key": pair("p256.crt", "ecparam.key"),
    "trusted": pair("trusted.crt", "rsa.key"),
    "trailing": pair("trailing.crt", "rsa.key"),
    "trusted with a chain file": pair("trusted.crt", "rsa.key", "SSLCertificateChainFile p256.crt"),
    "chain file is the certificate's": pair("issued.crt", "rsa.key", "SSLCertificateChainFile issued.crt"),
    "trusted in the chain": pair("trusted-chain.crt", "rsa.key"),
    "chain": pair("issued.crt", "rsa.key"),
    "chain file": pair("rsa.crt", "rsa.key", "SSLCertificateChainFile p256.crt"),
    "chain file of words": pair("rsa.crt", "rsa.key", "SSLCertificateChainFile word.crt"),
    "broken chain file": pair("rsa.crt", "rsa.key", "SSLCertificateChainFile garbage.crt"),
    "chain file hides a broken chain": pair("behind.crt", "rsa.key", "SSLCertificateChainFile p256.crt"),
    "chain file before a file of words": pair("word.crt", "rsa.key", "SSLCertificateChainFile p256.crt"),
    "SHA-1": pair("sha1.pem", "www.key"),
    "SHA-1 at 0": pair("sha1.pem", "www.key", "SSLCipherSuite ALL:@SECLEVEL=0"),
    "a command is too late": pair("small.crt", "small.key", "SSLOpenSSLConfCmd CipherString ALL:@SECLEVEL=0"),
    "a command is too late to refuse": pair("rsa.crt", "rsa.key", "SSLOpenSSLConfCmd CipherString ALL:@SECLEVEL=5"),
    "two pairs": pair("rsa.crt", "rsa.key") + pair("p256.crt", "p256.key"),
    "crossed": "SSLCertificateKeyFile p256.key\n" + pair("rsa.crt", "rsa.key") + "SSLCertificateFile p256.crt",
    "a key too few": pair("rsa.crt", "rsa.key") + pair("p256.crt"),
    "a key too many": pair("rsa.crt", "rsa.key") + "SSLCertificateKeyFile word.key",
}  # fmt: skip
MERGED = {
    "inherited": (pair("rsa.crt", "rsa.key"), ""),
    "the main server's key": (pair("p256.crt", "p256.key"), pair("whole.crt")),
    "the main server's second": (
        pair("p256.crt", "p256.key") + pair("word.crt", "rsa.key"), pair("rsa.crt", "rsa.key")),
    "replaced": (pair("word.crt", "word.key"), pair("rsa.crt", "rsa.key")),
    "four of its own": (pair("p256.crt", "p256.key"), "".join(
        pair(f"{one}.crt", f"{one}.key") for one in ("rsa", "p256", "p384")) + pair("word.crt", "word.key")),
    "behind the main server's fourth": ("".join(pair(f"{one}.crt", f"{one}.key") for one in ("rsa", "p256", "p384"))
        + pair("word.crt", "word.key"), "".join(
        pair(f"{one}.crt", f"{one}.key") for one in ("rsa", "p256", "p384", "ed25519"))),
}  # fmt: skip
EVERY = {title: ("", lines) for title, lines in CASES.items()} | MERGED


def configuration(root: Path, port: int, main: str, lines: str) -> str:
    return (
        f"ServerRoot {root}\nPidFile {root}/pid\nErrorLog {root}/log\nMutex file:{root}\nServerName main.example\n"
        f"{PRELUDE}{main}Listen 127.0.0.1:{port}\n<VirtualHost *:{port}>\nServerName leaf\nSSLEngine on\n{lines}\n"
        "</VirtualHost>\n"
    )


def free_port() -> int:
    for port in range(24000, 24100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise OSError("no free port")


@contextmanager
def running(main: Path) -> Iterator[bool]:
    """Run the server as long as the block lasts; tells whether it came up."""
    root = main.parent
    for old in ("pid", "log"):
        (root / old).unlink(missing_ok=True)
    with subprocess.Popen(
        [str(HTTPD), "-X", "-f", str(main)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        for _ in range(1000):
            if (root / "pid").exists() or process.poll() is not None:
                break
            time.sleep(0.01)
        try:
            yield process.poll() is None
        finally:
            process.kill()


def start(main: Path) -> str:
    """The error number with which a start ends; empty when the server runs."""
    with running(main) as up:
        pass
    log = (main.parent / "log").read_text(errors="replace")
    codes = re.findall(r"(?m)^(?:.*\[ssl:emerg\].*?)?(AH02252|AH02326|(?<=.)AH\d+)", log)
    return "" if up else next(one for one in codes if one != "AH02312")


def host_of(text: str, root: Path) -> VirtualHost:
    disk = DiskFiles()
    main = root / "httpd.conf"
    main.write_text(text)
    read_text = expand(str(main), disk, preset("debian-12"), modules_certain=True)
    return build(read_text, read=disk.read, status=disk.status).hosts[-1]


@pytest.fixture(scope="module")
def folder(files: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("pairs")
    for path, data in files.items():
        (root / path).write_bytes(data)
    return root


def predicted(held: Credentials) -> str:
    """The error number of the first pair that the server does not load; a pass phrase can't be given either."""
    for one in held.pairs:
        codes = [refusal.code for refusal in one.refusals if refusal.kind in ("refused", "mismatch", "weak")]
        order = ["AH01903", "AH02561", "AH02562", "AH02564", "AH02565"]
        if codes:
            return min(codes, key=order.index)
        if one.key is not None and one.key.encrypted:
            return "AH02564"
    return ""


@live
@pytest.mark.parametrize("case", EVERY)
def test_the_server_starts_or_not_as_predicted(case: str, folder: Path) -> None:
    text = configuration(folder, free_port(), *EVERY[case])
    expected = predicted(credentials(host_of(text, folder)))
    assert start(folder / "httpd.conf") == expected


MACHINE = {
    "both": "rsa.crt rsa.key", "certificate alone": "rsa.crt", "key alone": "rsa.key",
    "encrypted": "rsa.crt encrypted.key",
    "encrypted in the old form": "rsa.crt encrypted-old.key",
    "mismatch": "rsa.crt p256.key", "words": "word.crt",
    "two": "rsa.crt rsa.key p256.crt p256.key", "the second alone": "rsa.crt rsa.key p256.crt",
    "two with one key": "rsa.crt p256.crt rsa.key", "damaged": "base64.crt rsa.key", "key first": "rsa.key rsa.crt",
    "small": "small.crt small.key", "keys first": "rsa.key p256.key rsa.crt p256.crt", "SHA-1": "sha1.pem www.key",
}  # fmt: skip


@live
@pytest.mark.parametrize("case", MACHINE)
def test_certificates_for_backends(case: str, files: Mapping[str, bytes], folder: Path) -> None:
    (folder / "machine.pem").write_bytes(b"".join(files[path] for path in MACHINE[case].split()))
    proxy = f"LoadModule proxy_module {MODULES}/mod_proxy.so\n"
    lines = pair("rsa.crt", "rsa.key", "SSLProxyEngine on\nSSLProxyMachineCertificateFile machine.pem")
    host = host_of(configuration(folder, free_port(), proxy, lines), folder)
    file = machine_certificate(host)
    assert file is not None
    found = machine_refusal(file, host.server)
    expected = "" if found is None or found.kind == "none" else found.code
    assert start(folder / "httpd.conf") == expected
    assert ("AH02206" in (folder / "log").read_text()) == (found is not None and found.kind == "none")


# The model


def held(lines: str, files: Mapping[str, bytes], main: str = "", target: str = "debian-12") -> Credentials:
    text = f"Listen 443\n{main}<VirtualHost *:443>\nServerName leaf\nSSLEngine on\n{lines}</VirtualHost>\n"
    memory = MemoryFiles({f"/etc/apache2/{path}": data for path, data in files.items()} | {"/etc/apache2/m": text})
    read_text = expand("/etc/apache2/m", memory, preset(target))
    return credentials(build(read_text, read=memory.read).hosts[-1])


def test_a_pair(files: dict[str, bytes]) -> None:
    found = held(pair("www.pem", "www.key"), files)
    one = found.pairs[0]
    assert one.certificate is not None
    assert one.chain is not None
    assert one.certificate.names == ("www.example.org", "example.org")
    assert one.certificate.key.title == "EC P-256"
    assert (one.certificate.not_before, one.certificate.not_after) == (BEGIN, BEGIN + timedelta(days=90))
    assert one.certificate.signature_hash == "sha256"
    assert one.certificate.issuer_urls == ("http://ca.example/intermediate.der",)
    assert [above.subject for above in one.chain] == ["CN=Example Issuing"]
    assert one.certificate.is_issued_by(one.chain[0])
    assert (one.matches, one.is_self_signed, one.refusals) == (True, False, ())
    assert (found.key_types, found.rsa_bits, found.dh_bits) == (frozenset({"ECDSA"}), None, None)


@pytest.mark.parametrize(
    ("kinds", "types", "bits"),
    [
        ("rsa", {"RSA"}, 2048),
        ("rsa p256", {"RSA", "ECDSA"}, 2048),
        ("ed25519", {"ECDSA"}, None),
        ("dsa", {"DSS"}, 1024),
        ("small", {"RSA"}, 1024),
    ],
)
def test_key_types(kinds: str, types: set[str], bits: int | None, files: dict[str, bytes]) -> None:
    found = held("".join(pair(f"{kind}.crt", f"{kind}.key") for kind in kinds.split()), files)
    assert (found.key_types, found.min_bits) == (frozenset(types), bits)


def test_the_last_of_a_kind_is_in_force(files: dict[str, bytes]) -> None:
    found = held(pair("small.crt", "small.key") + pair("p256.crt", "p256.key") + pair("rsa.crt", "rsa.key"), files)
    assert [one.file.argument.value for one in found.in_force] == ["p256.crt", "rsa.crt"]
    assert found.rsa_bits == 2048


@pytest.mark.parametrize("lines", ["", pair("nowhere.crt"), pair("${FILE}"), pair("pkcs11:www"), pair("word.crt"),
                                   pair("rsa.crt", "rsa.key") + "MDomain leaf\n"])  # fmt: skip
def test_key_types_that_are_not_known(lines: str, files: dict[str, bytes]) -> None:
    assert held(lines, files).key_types is None


def test_a_domain_that_is_managed_for_another_host(files: dict[str, bytes]) -> None:
    assert held(pair("rsa.crt", "rsa.key"), files, "MDomain www.example.org auto\n").key_types == frozenset({"RSA"})


def test_nothing_is_read_unless_allowed(files: dict[str, bytes]) -> None:
    text = f"<VirtualHost *:443>\nSSLEngine on\n{pair('/rsa.crt')}</VirtualHost>\n"
    memory = MemoryFiles({"/m": text, "/rsa.crt": files["rsa.crt"]})
    found = credentials(build(expand("/m", memory, DEFAULT)).hosts[-1])
    assert found.key_types is None
    assert [one.kind for one in found.pairs[0].refusals] == ["unknown"]


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "large.pem").write_bytes(b" " * (LARGEST + 1))
    host = host_of(f"<VirtualHost *:443>\nSSLEngine on\n{pair(str(tmp_path / 'large.pem'))}</VirtualHost>\n", tmp_path)
    with pytest.raises(ReadError, match="larger than 1 MiB"):
        host.server.material.read(str(tmp_path / "large.pem"))
    assert {one.kind for one in credentials(host).pairs[0].refusals} == {"unreadable"}


def test_hosts_with_the_same_lines_share_their_answer(files: dict[str, bytes]) -> None:
    memory = MemoryFiles(
        {
            "/m": pair("/rsa.crt") + "<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>\n" * 2,
            "/rsa.crt": files["whole.crt"],
        }
    )
    hosts = build(expand("/m", memory, DEFAULT), read=memory.read).hosts
    assert credentials(hosts[1]) is credentials(hosts[2])


def test_an_old_server_sends_what_the_chain_file_holds(files: dict[str, bytes]) -> None:
    found = held(pair("www.pem", "www.key"), files, target="rhel-7")
    assert found.pairs[0].chain == ()


def test_parameters(files: dict[str, bytes]) -> None:
    found = held(pair("dh.pem", "www.key"), files)
    assert found.dh_bits == 1024
    assert held(pair("curve.pem", "www.key"), files | {"curve.pem": files["ecparam.key"]}).curve == "P-256"
    assert dh_parameters(bytes.fromhex("3006020117020105")) == (5, "")
    for data in (b"", b"\x30", b"\x30\x82\xff", b"\x04\x00", b"\x30\x02\x04\x00"):
        with pytest.raises(DerError):
            dh_parameters(data)
        with pytest.raises(DerError):
            curve(data)


def test_extensions(files: dict[str, bytes]) -> None:
    assert read(files["staple.pem"]).must_staple
    assert read(files["ca.pem"]).is_ca
    assert not read(files["client.pem"]).serves
    assert not read(files["nosan.pem"]).has_san
    assert read(files["sha1.pem"]).signature_hash == "sha1"
    assert read(files["selfsigned.pem"]).is_self_signed


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("www.example.org", True), ("WWW.Example.org.", True), ("a.example.net", True), ("example.net", False),
        ("a.b.example.net", False), (".example.net", False), ("*.example.net", True), ("*.example.org", False),
        ("bücher.example", True), ("192.0.2.1", True), ("192.0.2.2", False), ("[2001:db8:0::1]", True), ("leaf", False),
    ],
)  # fmt: skip
def test_names(asked: str, answer: bool) -> None:
    import ipaddress

    dns = ("www.example.org", "*.example.net", "xn--bcher-kva.example")
    addresses = [x509.IPAddress(ipaddress.ip_address(one)) for one in ("192.0.2.1", "2001:db8::1")]
    names = x509.SubjectAlternativeName([*map(x509.DNSName, dns), *addresses])
    one = read(certificate(ec.generate_private_key(ec.SECP256R1()), None, names))
    assert covers(one, asked) is answer


def test_strengths() -> None:
    """Sizes as NIST SP 800-57 gives them, in both families of OpenSSL."""
    sizes = {1024: 80, 2048: 112, 3072: 128, 7680: 192, 15360: 256}
    for openssl in ("1.1.1", "3.0.19"):
        assert {bits: modulus_strength(bits, openssl) for bits in sizes} == sizes
    assert modulus_strength(512, "3.0.19") < 80
    assert modulus_strength(4, "3.0.19") == 0
    assert [key_strength("ECDSA", bits, "3.0") for bits in (160, 192, 224, 256, 384, 521)] == [
        80,
        80,
        112,
        128,
        192,
        256,
    ]
    assert (hash_strength("sha1", "1.1.1"), hash_strength("sha1", "3.0")) == (80, 63)
    assert hash_strength("", "3.0") >= 256


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_anything_is_taken_apart(data: bytes) -> None:
    whole = b"-----BEGIN CERTIFICATE-----\n" + data + b"\n-----END CERTIFICATE-----\n"
    for block in (*blocks(data), *blocks(whole)):
        assert isinstance(read_certificate(block.der), Certificate | Unreadable)
    read_key(data)


def test_damaged_certificates_are_no_tracebacks(files: dict[str, bytes]) -> None:
    der = read_der(files["www.pem"])
    for place in range(0, len(der), 7):
        damaged = der[:place] + bytes([der[place] ^ 0x55]) + der[place + 1 :]
        assert isinstance(read_certificate(damaged), Certificate | Unreadable)


def test_what_lies_outside_is_not_looked_at(tmp_path: Path) -> None:
    for place in ("inside", "outside"):
        (tmp_path / place).write_text("four")
    disk = DiskFiles(boundary=[str(tmp_path / "inside")])
    found = disk.status(str(tmp_path / "inside"))
    assert found is not None
    assert found.size == 4
    assert disk.status(str(tmp_path / "outside")) is None
    assert disk.status(str(tmp_path / "nowhere")) is None
    overlay = OverlayFiles(disk, {"/new": b"abc"})
    assert overlay.status("/new") == MemoryFiles({"/new": "abc"}).status("/new")
    assert overlay.status(str(tmp_path / "inside")) == found


# The command line

SITE = "Listen 443\n<VirtualHost *:443>\nServerName www.example.org\nSSLEngine on\n{lines}</VirtualHost>\n"


@pytest.fixture
def tree(files: Mapping[str, bytes], tmp_path: Path) -> Path:
    (tmp_path / "inside").mkdir()
    (tmp_path / "outside").mkdir()
    for place in ("inside", "outside"):
        for path in ("www.pem", "www.key", "expired.pem"):
            (tmp_path / place / path).write_bytes(files[path])
            (tmp_path / place / path).chmod(0o600)
    return tmp_path


def check(tree: Path, lines: str, *options: str) -> tuple[int, str, str]:
    main = tree / "inside" / "httpd.conf"
    main.write_text(f"ServerRoot {tree}/inside\n" + SITE.format(lines=lines))
    command = [sys.executable, "-m", "sslint", "check", "--isolated", "--select", "certificate", "-q"]
    answer = subprocess.run(
        [*command, "--format", "concise", *options, str(main)],
        capture_output=True, text=True, check=False, timeout=60, cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    return answer.returncode, answer.stdout, answer.stderr


def test_files_in_the_tree_are_read(tree: Path) -> None:
    status, out, _ = check(tree, pair("expired.pem", "www.key"), "--now", "2026-11-24")
    assert (status, "expired on 2026-08-22" in out) == (1, True)
    assert check(tree, pair("www.pem", "www.key"), "--now", "2026-10-01")[:2] == (0, "")
    assert "expires on" in check(tree, pair("www.pem", "www.key"), "--now", "2026-11-29T12:00Z")[1]


def test_files_elsewhere_are_read_on_demand(tree: Path) -> None:
    lines = pair(f"{tree}/outside/expired.pem", f"{tree}/outside/www.key")
    assert check(tree, lines, "--now", "2026-11-24")[:2] == (0, "")
    status, out, _ = check(tree, lines, "--now", "2026-11-24", "--check-files")
    assert (status, "expired on 2026-08-22" in out) == (1, True)


def test_files_that_are_not_there(tree: Path) -> None:
    lines = pair("gone.pem", "www.key")
    assert check(tree, lines)[:2] == (0, "")
    status, out, _ = check(tree, lines, "--check-files")
    assert (status, "gone.pem: it does not exist" in out) == (1, True)
    assert "SSL0401" not in check(tree, lines, "--check-files", "--check-environment")[1]


def test_files_that_cannot_be_read_are_no_clean_run(tree: Path) -> None:
    (tree / "inside" / "folder.pem").mkdir()
    status, _, err = check(tree, pair("folder.pem", "www.key"), "--check-files")
    assert (status, "folder.pem" in err) == (2, True)


def test_a_date_that_is_none(tree: Path) -> None:
    status, _, err = check(tree, "", "--now", "soon")
    assert (status, "--now takes a date" in err) == (2, True)


@pytest.mark.parametrize(
    ("mode", "folder", "found"), [(0o644, 0o755, True), (0o644, 0o700, False), (0o640, 0o755, False)]
)
def test_permissions(mode: int, folder: int, found: bool, files: Mapping[str, bytes], tree: Path) -> None:
    with tempfile.TemporaryDirectory() as open_to_all:
        place = Path(open_to_all) / "tls"
        if not all(one.stat().st_mode & 0o001 for one in place.parent.parents):
            pytest.skip("the folder for temporary files is closed to others")
        place.parent.chmod(0o755)
        place.mkdir()
        for path in ("www.pem", "www.key"):
            (place / path).write_bytes(files[path])
            (place / path).chmod(mode)
        place.chmod(folder)
        out = check(tree, pair(f"{place}/www.pem", f"{place}/www.key"), "--check-files")[1]
    assert ("everybody on this machine may read the private key" in out) is found


def test_nothing_is_imported_for_nothing(tree: Path) -> None:
    """`cryptography` takes longer to import than a small configuration to check."""
    main = tree / "inside" / "httpd.conf"
    main.write_text(SITE.format(lines=pair("/elsewhere/www.pem")))
    code = (
        "import sys\nfrom sslint.cli import run\nrun(['check', '--isolated', sys.argv[1]])\n"
        "sys.stderr.write(str('cryptography' in sys.modules))\n"
    )
    answer = subprocess.run([sys.executable, "-c", code, str(main)], capture_output=True, text=True, check=False)
    assert answer.stderr.endswith("False"), answer.stderr


# What clients say to the certificates that rules find fault with

TODAY = datetime.now(timezone.utc)
REFUSED = {
    "cert-chain-incomplete", "cert-expired", "cert-name-mismatch", "cert-missing-san", "cert-not-for-servers",
    "cert-not-yet-valid", "cert-self-signed",
}  # fmt: skip
"""Rules whose findings a client that checks what it is shown must agree with."""


class Authority:
    """A certificate that signs others; `below` makes one that it signed."""

    def __init__(self, common: str, above: Authority | None = None) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = common
        self.pem = (above or self).below(common, self.key, is_ca=True)

    def below(
        self,
        common: str,
        key: Key,
        names: tuple[str, ...] = (),
        is_ca: bool = False,
        begin: int = -10,
        usage: x509.ObjectIdentifier | None = None,
    ) -> bytes:
        url = x509.UniformResourceIdentifier("http://ca.example/ca.der")
        access = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, url)
        more: list[x509.ExtensionType] = [
            x509.BasicConstraints(is_ca, None),
            x509.AuthorityInformationAccess([access]),
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()),
            x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
        ]
        if names:
            more.append(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]))
        if usage is not None:
            more.append(x509.ExtendedKeyUsage([usage]))
        builder = x509.CertificateBuilder().subject_name(name(common)).issuer_name(name(self.name))
        start = TODAY + timedelta(days=begin)
        builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(start).not_valid_after(start + timedelta(days=60))
        for one in more:
            builder = builder.add_extension(one, critical=False)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(PEM)


AUTHORITIES = {
    "completed": "SSLCACertificateFile issuing.pem",
    "chained": "SSLCACertificateFile issuing.pem",
    "uncompleted": "SSLCACertificateFile other.pem",
}
"""Hosts that name authorities for clients, with which OpenSSL completes a chain of one."""


def shown(key: Key, issuing: Authority, other: Authority, root: Authority) -> dict[str, bytes]:
    """Certificates for the host of each name, sound ones and others."""

    def leaf(host: str, *names: str, **how: object) -> bytes:
        return issuing.below(f"{host}.example.org", key, names or (f"{host}.example.org",), **how)  # type: ignore[arg-type]

    return {
        "sound": leaf("sound") + issuing.pem,
        "wildcard": leaf("wildcard", "*.example.org") + issuing.pem,
        "root-sent": leaf("root-sent") + issuing.pem + root.pem,
        "disordered": leaf("disordered") + root.pem + issuing.pem,
        "alone": leaf("alone"),
        "completed": leaf("completed"),
        "uncompleted": leaf("uncompleted"),
        "chained": leaf("chained", "chained.example.org") + other.pem,
        "foreign": leaf("foreign") + other.pem,
        "another": leaf("another", "www.example.org") + issuing.pem,
        "deep": leaf("deep", "*.org", "*.deep.example.org") + issuing.pem,
        "partial": leaf("partial", "part*.example.org") + issuing.pem,
        "nameless": issuing.below("nameless.example.org", key) + issuing.pem,
        "expired": leaf("expired", begin=-61) + issuing.pem,
        "future": leaf("future", begin=1) + issuing.pem,
        "client": leaf("client", usage=ExtendedKeyUsageOID.CLIENT_AUTH) + issuing.pem,
        "server": leaf("server", usage=ExtendedKeyUsageOID.SERVER_AUTH) + issuing.pem,
        "self-signed": certificate(key, cn="self-signed.example.org"),
    }


def accepted(port: int, host: str, trusted: str) -> bool:
    """Whether a client that trusts one authority connects."""
    context = ssl.create_default_context(cadata=trusted)
    context.hostname_checks_common_name = False  # as browsers do
    try:
        with socket.create_connection(("127.0.0.1", port), 10) as plain:
            context.wrap_socket(plain, server_hostname=host).close()
    except ssl.SSLCertVerificationError:
        return False
    return True


@live
def test_clients_refuse_what_rules_find_fault_with(tmp_path: Path) -> None:
    key, root = ec.generate_private_key(ec.SECP256R1()), Authority("root")
    issuing, other = Authority("issuing", root), Authority("other", root)
    hosts = shown(key, issuing, other, root)
    (tmp_path / "leaf.key").write_bytes(private(key))
    (tmp_path / "issuing.pem").write_bytes(issuing.pem)
    (tmp_path / "other.pem").write_bytes(other.pem)
    port, text = free_port(), ""
    for host, pem in hosts.items():
        (tmp_path / f"{host}.pem").write_bytes(pem)
        lines = pair(f"{host}.pem", "leaf.key", AUTHORITIES.get(host, ""))
        text += f"<VirtualHost *:{port}>\nServerName {host}.example.org\nSSLEngine on\n{lines}</VirtualHost>\n"
    main = tmp_path / "httpd.conf"
    main.write_text(configuration(tmp_path, port, "", "").partition("<VirtualHost")[0] + text)
    report = analyse(DiskFiles(), [str(main)], Settings(select=("certificate",), now=TODAY), everything=True)
    blamed = {one.source.text[slice(*one.span)] for one in report.diagnostics if one.slug in REFUSED}
    with running(main):
        said = {host: accepted(port, f"{host}.example.org", root.pem.decode()) for host in hosts}
    assert {host for host, fine in said.items() if not fine} == {file.removesuffix(".pem") for file in blamed}
