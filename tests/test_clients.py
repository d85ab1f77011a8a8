"""What known clients get: the data, the handshake in single steps, the pictures, and the real server."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import Run
from handshakes.daemon import HTTPD, LOADED, MODULES, OPENSSL, free_ports, make_certificates, serving
from handshakes.hello import VERSIONS, say
from handshakes.impersonate import hello

from sslint import data
from sslint.configuration import expand
from sslint.files import DiskFiles
from sslint.knowledge.targets import Target, preset
from sslint.openssl import libraries, library, tls13_suites
from sslint.reporters.view import View
from sslint.server import Server, build
from sslint.tls import Protocol, TlsOffer, offer
from sslint.tls.clients import Client, Outcome, clients, simulate
from sslint.tls.handshake import code
from sslint.views.clients import client_data, client_lines, simulations

Site = Callable[[str], Path]
BY_NAME = {client.name: client for client in clients()}
HEAD = "Listen 443\nSSLCertificateFile c.pem\n"


def server(lines: str, folder: Path, target: Target | None = None) -> Server:
    (folder / "httpd.conf").write_text(HEAD + lines)
    chosen = target or preset("debian-12")
    chosen = chosen.replace(assumed_modules=chosen.assumed_modules | {"ssl_module"})
    return build(expand(str(folder / "httpd.conf"), DiskFiles(), chosen))


def one_host(lines: str, folder: Path, openssl: str = "") -> TlsOffer:
    target = preset("upstream").with_openssl(openssl) if openssl else None
    text = f"<VirtualHost *:443>\nServerName a\nSSLEngine on\n{lines}</VirtualHost>\n"
    return offer(server(text, folder, target).hosts[1])


def got(name: str, lines: str, folder: Path, openssl: str = "") -> Outcome:
    return simulate(BY_NAME[name], one_host(lines, folder, openssl))


# The data


def test_the_clients_are_there_in_order() -> None:
    known = clients()
    assert len(known) == 182 and len({client.name for client in known}) > 175
    assert known[0].name == "Android 2.3.7" and not known[0].names_host
    curl = BY_NAME["curl 7.88.1 (OpenSSL 3.0.19 Debian)"]
    assert curl.ciphers[:3] == ("1302", "1303", "1301") and curl.groups[:2] == ("X25519", "P-256")
    assert curl.key_shares == ("X25519",) and curl.is_current
    assert (curl.lowest, curl.highest) == (Protocol.TLS1, Protocol.TLS1_3)


def test_the_data_say_where_they_come_from() -> None:
    head = [line for line in data.read("clients.txt").splitlines() if line.startswith("#")]
    assert any("SSL Labs" in line for line in head) and all(client.source for client in clients())


def test_every_number_is_one() -> None:
    for client in clients():
        for number in (*client.ciphers, *client.signature_algorithms):
            assert 0 <= int(number, 16) <= 0xFFFF and len(number) == 4
        assert client.lowest <= client.highest and set(client.key_shares) <= set(client.groups)


def test_suites_of_all_libraries_have_such_numbers() -> None:
    for name in libraries():
        for suite in (*library(name).suites, *tls13_suites(name).values()):
            assert len(code(suite)) == (6 if suite.protocol == "SSLv2" else 4)


# Single steps


def test_the_newest_common_version_counts(tmp_path: Path) -> None:
    assert got("OpenSSL 3.0.12", "", tmp_path).protocol is Protocol.TLS1_3
    assert got("OpenSSL 3.0.12", "SSLProtocol TLSv1.2\n", tmp_path).protocol is Protocol.TLS1_2
    assert got("OpenSSL 1.0.2r", "", tmp_path).protocol is Protocol.TLS1_2


def test_no_common_version(tmp_path: Path) -> None:
    outcome = got("OpenSSL 1.0.2r", "SSLProtocol TLSv1.3\n", tmp_path)
    assert (outcome.connects, outcome.step) == (False, "protocol")
    assert "TLS 1.3" in outcome.reason and outcome.suite is None


def test_who_orders_the_suites(tmp_path: Path) -> None:
    lines = "SSLProtocol TLSv1.2\nSSLCipherSuite AES128-SHA:ECDHE-RSA-AES256-GCM-SHA384\n"
    mine = got("OpenSSL 3.0.12", lines + "SSLHonorCipherOrder on\n", tmp_path)
    theirs = got("OpenSSL 3.0.12", lines, tmp_path)
    assert mine.suite is not None and theirs.suite is not None
    assert (mine.suite.name, mine.forward_secret) == ("AES128-SHA", False)
    assert (theirs.suite.name, theirs.forward_secret) == ("ECDHE-RSA-AES256-GCM-SHA384", True)


def test_no_common_suite(tmp_path: Path) -> None:
    outcome = got("IE 8 XP", "SSLProtocol all\nSSLCipherSuite ECDHE+AESGCM:@SECLEVEL=0\n", tmp_path)
    assert (outcome.step, outcome.protocol) == ("suite", Protocol.TLS1)


def test_no_common_group(tmp_path: Path) -> None:
    lines = "SSLProtocol TLSv1.2\nSSLCipherSuite ECDHE\nSSLOpenSSLConfCmd Groups X448\n"
    outcome = got("Android 6.0", lines, tmp_path)
    assert outcome.step == "group" and "X448" in outcome.reason


def test_a_suite_without_group_is_the_way_out(tmp_path: Path) -> None:
    lines = "SSLProtocol TLSv1.2\nSSLCipherSuite ECDHE:AES128-SHA\nSSLOpenSSLConfCmd Groups X448\n"
    outcome = got("Android 6.0", lines, tmp_path)
    assert outcome.connects and outcome.suite is not None and outcome.suite.name == "AES128-SHA" and not outcome.group


def test_no_common_signature_algorithm(tmp_path: Path) -> None:
    lines = "SSLProtocol TLSv1.2\nSSLOpenSSLConfCmd SignatureAlgorithms ed25519\n"
    assert got("Android 6.0", lines, tmp_path).step == "signature"


def test_a_key_share_saves_a_round_trip(tmp_path: Path) -> None:
    lines = "SSLOpenSSLConfCmd Groups P-521:X25519\n"
    assert got("OpenSSL 3.0.12", lines, tmp_path).group == "X25519"
    assert got("OpenSSL 3.0.12", "SSLOpenSSLConfCmd Groups P-521:P-384\n", tmp_path).group == "P-521"


def test_since_3_5_the_first_set_of_groups_counts(tmp_path: Path) -> None:
    assert got("OpenSSL 3.5.9", "", tmp_path, "3.5").group == "X25519MLKEM768"
    assert got("OpenSSL 3.0.12", "", tmp_path, "3.5").group == "X25519"
    assert got("OpenSSL 3.5.9", "", tmp_path, "3.4").group == "X25519"


def test_java_6_and_long_dh_parameters(tmp_path: Path) -> None:
    lines = "SSLProtocol all\nSSLCipherSuite DHE-RSA-AES128-SHA:@SECLEVEL=0\n"
    chosen = one_host(lines, tmp_path)
    for bits, step in ((1024, ""), (2048, "dh size")):
        chosen.__dict__["dh"] = chosen.dh._replace(bits=bits)
        outcome = simulate(BY_NAME["Java 6u45"], chosen)
        assert outcome.step == step and (not step or "1024 at most" in outcome.reason)


def test_a_client_that_names_no_host_meets_the_default(tmp_path: Path) -> None:
    text = "<VirtualHost *:443>\nServerName a\nSSLEngine on\nSSLCipherSuite AES256-SHA\n</VirtualHost>\n"
    text += "<VirtualHost *:443>\nServerName b\nSSLEngine on\nSSLCipherSuite AES128-SHA\n</VirtualHost>\n"
    _, first, second = server("SSLProtocol TLSv1.2\n" + text, tmp_path).hosts
    nameless = BY_NAME["OpenSSL 1.0.2r"]._replace(names_host=False)
    met = [(outcome.host, outcome.suite and outcome.suite.name) for outcome in
           (simulate(nameless, offer(second)), simulate(BY_NAME["OpenSSL 1.0.2r"], offer(second)))]  # fmt: skip
    assert met == [(first, "AES256-SHA"), (second, "AES128-SHA")]


def test_hellos_in_the_form_of_sslv2(tmp_path: Path) -> None:
    assert got("IE 6 XP", "", tmp_path, "4.0").step == "hello"


@pytest.mark.parametrize("version", ["0.9.8zh", "1.0.1u", "1.0.2k", "1.1.0h", "1.1.1w", "3.0", "3.2", "3.5", "4.0"])
def test_every_client_ends_somehow_with_every_library(version: str, tmp_path: Path) -> None:
    for lines in ("", "SSLCipherSuite ALL\nSSLHonorCipherOrder on\n", "SSLProtocol TLSv1\n", "SSLCipherSuite FOO\n"):
        chosen = one_host(lines, tmp_path, version)
        for client in clients():
            outcome = simulate(client, chosen)
            assert bool(outcome.step) == bool(outcome.reason)
            assert not outcome.connects or (outcome.suite is not None and outcome.protocol is not None)


# The pictures


def test_lines_count_and_tell_why(tmp_path: Path) -> None:
    hosts = server("<VirtualHost *:443>\nServerName a\nSSLEngine on\n</VirtualHost>\n", tmp_path)
    lines = client_lines(hosts, View(width=100))
    current = [client for client in clients() if client.is_current]
    assert f"51 of {len(current)} current clients connect, 50 with forward secrecy; 5 fail" in "\n".join(lines)
    failing = lines[lines.index("  FAILS AT") :]
    assert sum(line.startswith("  protocol: it speaks SSLv") for line in failing) == 2
    assert "      IE 8 Win 7, IE 8 XP, Java 7u25, OpenSSL 0.9.8e (RHEL 5)" in failing
    assert max(map(len, lines)) <= 100
    assert f" of {len(clients())} known clients connect" in "\n".join(client_lines(hosts, View(), everything=True))


def test_hosts_with_equal_outcomes_share_a_table(tmp_path: Path) -> None:
    text = "".join(f"<VirtualHost *:443>\nServerName h{i}\nSSLEngine on\n</VirtualHost>\n" for i in range(9))
    lines = client_lines(server(text, tmp_path), View())
    assert sum(line.startswith("h") for line in lines) == 9 and sum("clients connect" in line for line in lines) == 1


def test_a_server_without_tls_is_said_to_be_one(tmp_path: Path) -> None:
    assert client_lines(server("", tmp_path), View()) == ["no host speaks TLS"]


def test_data_agree_with_the_simulation(tmp_path: Path) -> None:
    hosts = server("<VirtualHost *:443>\nServerName a\nSSLEngine on\n</VirtualHost>\n", tmp_path)
    told = json.loads(json.dumps(client_data(hosts, everything=True)))
    (one,) = simulations(hosts, everything=True)
    assert [entry["connects"] for entry in told[0]["clients"]] == [outcome.connects for outcome in one.outcomes]
    assert told[0]["summary"]["connect"] == one.connecting and told[0]["key_types"] is None


TWO = """\
#--- httpd.conf
Listen 443
<VirtualHost *:443>
ServerName one.example
SSLEngine on
SSLCertificateFile c.pem
</VirtualHost>
<VirtualHost *:443>
ServerName two.example
SSLEngine on
SSLCertificateFile c.pem
SSLProtocol TLSv1.3
</VirtualHost>
"""


def test_show_has_the_clients(sslint: Run, site: Site) -> None:
    folder = site(TWO)
    run = sslint("show", "httpd.conf", "--clients", cwd=folder)
    assert run.returncode == 0 and run.stdout.count("clients connect") == 2, run.stderr
    run = sslint("show", "httpd.conf", "--all-clients", "--vhost", "two.example", "--format", "json", cwd=folder)
    (told,) = json.loads(run.stdout)["hosts"]
    assert told["host"].startswith("two.example") and told["summary"]["clients"] == len(clients())
    there = [entry for entry in told["clients"] if entry["connects"] and entry["meets"] == told["host"]]
    assert {entry["protocol"] for entry in there} == {"TLSv1.3"}


def test_show_clients_takes_hosts_only(sslint: Run, site: Site) -> None:
    folder = site(TWO)
    assert sslint("show", "httpd.conf", "SSLEngine", "--clients", cwd=folder).returncode == 2
    assert sslint("show", "httpd.conf", "--clients", "--vhost", "nobody", cwd=folder).returncode == 2


# The real server

live = pytest.mark.skipif(not (HTTPD and MODULES.is_dir() and OPENSSL), reason="no httpd with its modules here")
LIVE = {
    "the default": ("rsa ec", ""),
    "own order and one key": ("rsa", "SSLHonorCipherOrder on\nSSLCipherSuite ECDHE+AESGCM:DHE+AESGCM:RSA+AES\n"),
    "all at level 0": ("rsa ec", "SSLProtocol all\nSSLCipherSuite ALL:@SECLEVEL=0\n"),
    "ECDSA alone": ("ec384", "SSLHonorCipherOrder on\n"),
    "groups": ("rsa", "SSLOpenSSLConfCmd Groups P-521:X448:P-384\n"),
    "signatures": ("rsa ec", "SSLOpenSSLConfCmd SignatureAlgorithms RSA+SHA256:rsa_pss_rsae_sha256\n"),
    "TLS 1.2 alone": ("rsa", "SSLProtocol TLSv1.2\nSSLCipherSuite DHE:AES128-SHA256\n"),
    "Edwards curve and RSA": ("rsa ed25519", "SSLProtocol all\nSSLCipherSuite ALL:@SECLEVEL=0\n"),
    "a curve behind the certificate": ("curve", "SSLProtocol TLSv1.2\nSSLCipherSuite DHE:ECDHE\n"),
    "no suite for TLS 1.3's groups": ("rsa", "SSLOpenSSLConfCmd Groups secp256k1\n"),
}


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clients")
    make_certificates(folder)
    return folder


def configuration(lines: str, kinds: str, port: int) -> str:
    files = "".join(f"SSLCertificateFile {{root}}/{kind}.pem\n" for kind in kinds.split())
    host = f"<VirtualHost 127.0.0.1:{port}>\nServerName one.example\nSSLEngine on\n{files}{lines}</VirtualHost>\n"
    return f"Listen 127.0.0.1:{port}\n{host}"


@live
@pytest.mark.parametrize(("version", "connects"), [("1.0.2r", False), ("1.1.1w", True)])
def test_up_to_1_1_0_the_servers_groups_hold_for_its_key_too(version: str, connects: bool, keys: Path) -> None:
    """Tried with libssl 1.0.2r and 1.1.1w: a P-256 key where the server's one group is P-521."""
    lines = f"SSLCertificateFile {keys}/ec.pem\nSSLOpenSSLConfCmd Curves P-521\n"
    text = f"<VirtualHost *:443>\nServerName a\nSSLEngine on\n{lines}</VirtualHost>\n"
    (keys / "old.conf").write_text("Listen 443\n" + text)
    target = preset("upstream").with_openssl(version)
    target = target.replace(assumed_modules=target.assumed_modules | {"ssl_module"})
    configuration = expand(str(keys / "old.conf"), DiskFiles(), target)
    chosen = offer(build(configuration, read=lambda path: Path(path).read_bytes()).hosts[1])
    outcome = simulate(BY_NAME["Android 4.4.2"], chosen)
    assert (outcome.connects, outcome.step) == (connects, "" if connects else "certificate")


@live
@pytest.mark.parametrize("name", LIVE)
def test_the_real_server_answers_as_predicted(name: str, keys: Path) -> None:
    kinds, lines = LIVE[name]
    ports = free_ports(1)
    with serving(configuration(lines, kinds, ports[0]), keys) as started:
        assert started.running, started.log
        chosen = served(keys)
        assert chosen.key_types is not None
        differences = [text for client in clients() for text in compared(client, chosen, ports[0])]
    assert not differences, "\n".join(differences)


def served(folder: Path) -> TlsOffer:
    """What the host of a folder's configuration offers, as sslint reads it for the system of the tests."""
    target = preset("debian-12")
    target = target.replace(static_modules=target.static_modules | {f"{name}_module" for name in LOADED})
    configuration = expand(str(folder / "httpd.conf"), DiskFiles(), target, modules_certain=True)
    return offer(build(configuration, read=lambda path: Path(path).read_bytes()).hosts[1])


def compared(client: Client, chosen: TlsOffer, port: int) -> list[str]:
    """How prediction and answer to the client's own hello differ."""
    answer, outcome = say(port, hello(client, "one.example")), simulate(client, chosen)
    agreed = answer.version is not None and answer.version >= VERSIONS.get(client.lowest.word, 0)
    real = (answer.version, answer.suite, answer.group) if agreed else None
    ours = None
    if outcome.connects or outcome.step in ("dh size", "key size"):
        assert outcome.protocol is not None and outcome.suite is not None
        ours = (VERSIONS[outcome.protocol.word], int(code(outcome.suite), 16), outcome.group)
    return [] if ours == real else [f"{client.name}: {outcome.step} {outcome.reason} {ours}, met {real} {answer.alert}"]


def openssl_client(port: int) -> str:
    command = [str(OPENSSL), "s_client", "-connect", f"127.0.0.1:{port}", "-servername", "one.example", "-brief"]
    return subprocess.run(command, capture_output=True, text=True, input="", check=False, timeout=30).stderr


def curl_client(port: int) -> str:
    command = ["curl", "-skv", "--resolve", f"one.example:{port}:127.0.0.1", f"https://one.example:{port}/"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30).stderr


def python_client(port: int) -> str:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    raw = socket.create_connection(("127.0.0.1", port), timeout=30)
    with raw, context.wrap_socket(raw, server_hostname="one.example") as connection:
        return f"{connection.version()} {connection.cipher()}"


@live
@pytest.mark.skipif(not ssl.OPENSSL_VERSION.startswith("OpenSSL 3.0."), reason="the clients here are others")
@pytest.mark.parametrize(
    "lines",
    ["", "SSLHonorCipherOrder on\nSSLProtocol TLSv1.2\nSSLCipherSuite DHE:ECDHE\n", "SSLOpenSSLConfCmd Groups P-384\n"],
)
def test_real_clients_end_as_predicted(lines: str, keys: Path) -> None:
    real: Sequence[tuple[str, Callable[[int], str]]] = (
        ("OpenSSL 3.0.12", openssl_client),
        ("curl 7.88.1 (OpenSSL 3.0.19 Debian)", curl_client),
        ("Python 3.11 ssl (OpenSSL 3.0.19 Debian)", python_client),
    )
    ports = free_ports(1)
    with serving(configuration(lines, "rsa ec", ports[0]), keys) as started:
        assert started.running, started.log
        chosen = served(keys)
        for name, talk in real:
            if name.startswith("curl") and not shutil.which("curl"):
                continue
            outcome = simulate(BY_NAME[name], chosen)
            assert outcome.suite is not None and outcome.protocol is not None
            said = talk(ports[0])
            assert outcome.suite.openssl_name in said and outcome.protocol.word in said, (name, said)
