"""The headline rules' fixes on many shapes of a server: own, inherited, included and generated lines, old targets.

After them the findings are gone, every TLS host still has versions and suites to offer, comments and layout stay, and
a real server accepts connections. A sample is started by default; SSLINT_HANDSHAKES=all starts all that fit.
"""

from __future__ import annotations

import difflib
import itertools
import os
import re
import shutil
import socket
import ssl
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from handshakes.daemon import HTTPD, MODULES, OPENSSL, free_ports, is_debian_12, make_certificates, serving

from sslint.analysis import analyse, survey
from sslint.diagnostic import Safety
from sslint.files import MemoryFiles
from sslint.fixer import fix
from sslint.server import build
from sslint.settings import Reading, RootSettings, Settings
from sslint.tls import offers

HEADLINES = ("weak-ssl-protocol", "weak-cipher-suite", "blanket-msie-downgrade", "missing-ssl-require-ssl")
MAIN = "/etc/apache2/apache2.conf"
STAFF = """
<Directory "/srv/www/staff">
    # Colleagues only
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Directory>
"""
HEAD = f"""# Made by hand, 2009\tdon't touch
ServerRoot /etc/apache2
ServerName main.example.org
DocumentRoot /srv/www
Listen 80
Listen 443

   @browser
{STAFF}
<VirtualHost *:80>
    ServerName plain.example.org
</VirtualHost>
SSLCertificateFile /etc/ssl/certs/www.pem
"""
HOST = """
<VirtualHost *:443>
    ServerName {name}.example.org
    # before
    {lines}
    # behind
    SSLEngine on
</VirtualHost>
"""
LINES = "SSLProtocol @protocol\n    # between\n    SSLCipherSuite @cipher"
CONTINUED = "SSLProtocol \\\n        @protocol\n    SSLCipherSuite \\\n   \\\n        @cipher"
SHAPES: dict[str, dict[str, str]] = {
    "own": {MAIN: HEAD + HOST.format(name="a", lines=LINES)},
    "inherited": {MAIN: HEAD + LINES + HOST.format(name="a", lines="") + HOST.format(name="b", lines="")},
    "behind": {MAIN: HEAD + HOST.format(name="a", lines="") + LINES.replace("    ", "\t") + "\n# The end"},
    "some": {MAIN: HEAD + LINES + HOST.format(name="a", lines="SSLProtocol all") + HOST.format(name="b", lines=LINES)},
    "included": {
        MAIN: HEAD + HOST.format(name="a", lines="Include tls.conf") + HOST.format(name="b", lines="Include tls.conf"),
        "/etc/apache2/tls.conf": "# shared\n    " + LINES,
    },
    "macro": {
        MAIN: HEAD + f"<Macro Site $name>\n{HOST.format(name='$name', lines=LINES)}</Macro>\nUse Site a\nUse Site b\n"
    },
    "continued": {MAIN: HEAD + HOST.format(name="a", lines=CONTINUED)},
    "quoted": {MAIN: HEAD + HOST.format(name="a", lines='sslprotocol @protocol\n    SSLCIPHERSUITE  "@cipher"  ')},
    "crlf": {MAIN: (HEAD + HOST.format(name="a", lines=LINES)).replace("\n", "\r\n")},
    "default": {MAIN: HEAD + HOST.format(name="a", lines="") + HOST.format(name="b", lines="")},
    "condition": {MAIN: HEAD + f"<IfModule mod_ssl.c>\n{HOST.format(name='a', lines=LINES)}</IfModule>"},
}
VALUES = [
    ("all", "ALL:!ADH:RC4+RSA:+HIGH:+MEDIUM:+LOW:+SSLv2:+EXP:+eNULL"),
    ("all -SSLv3", "HIGH:MEDIUM:3DES:!aNULL"),
    ("SSLv3 +TLSv1 +TLSv1.2", "RC4-SHA:DES-CBC3-SHA:AES128-SHA:AES256-GCM-SHA384"),
    ("+TLSv1 +TLSv1.1 +TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256:DES-CBC3-SHA"),
    ("-ALL  +TLSv1", "ALL:@SECLEVEL=0"),
    ("All -TLSv1.2", "DEFAULT:!aNULL:SEED"),
]
BROWSERS = [
    'SetEnvIf User-Agent ".*MSIE.*" nokeepalive ssl-unclean-shutdown downgrade-1.0 force-response-1.0',
    "BrowserMatchNoCase msie nokeepalive",
    "BrowserMatch 'MSIE [2-9]' \\\n      nokeepalive downgrade-1.0 \\\n      force-response-1.0",
]
TARGETS = [
    Reading(target="debian-12"),
    Reading(httpd="2.4.25", openssl="1.0.2"),
    Reading(target="rhel-7"),
    Reading(target="debian-12"),
    Reading(target="rhel-8"),
    Reading(target="ubuntu-20.04"),
    Reading(target="debian-10"),
]
LOOSE = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
LOOSE.check_hostname, LOOSE.verify_mode = False, ssl.CERT_NONE


class Case(NamedTuple):
    """One server, and what it is read for."""

    shape: str
    files: Mapping[str, str]
    settings: Settings


def cases() -> Iterator[Case]:
    """Every shape with every pair of values, the targets and the browsers' lines taking turns."""
    for number, (shape, (protocol, cipher)) in enumerate(itertools.product(SHAPES, VALUES)):
        words = (("@protocol", protocol), ("@cipher", cipher), ("@browser", BROWSERS[number % len(BROWSERS)]))
        files = dict(SHAPES[shape])
        for (path, text), (place, word) in itertools.product(SHAPES[shape].items(), words):
            files[path] = files[path].replace(place, word.replace("\n", "\r\n") if "\r" in text else word)
        reading = TARGETS[0 if "SECLEVEL" in cipher else number % len(TARGETS)]
        yield Case(
            shape, files, Settings(roots=(RootSettings(MAIN),), reading=reading, select=(*HEADLINES, "bad-value"))
        )


CASES = list(cases())


def fixed(case: Case) -> dict[str, str]:
    result = fix(MemoryFiles(case.files), [MAIN], case.settings, (Safety.SAFE, Safety.UNSAFE))
    assert result.refused == 0
    return {path: result.texts[path][1] if path in result.texts else text for path, text in case.files.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.shape)
def test_findings_go_and_hosts_still_speak(case: Case) -> None:
    before = analyse(MemoryFiles(case.files), [MAIN], case.settings)
    assert {"blanket-msie-downgrade", "missing-ssl-require-ssl"} <= {one.slug for one in before.diagnostics}
    texts = fixed(case)
    found = survey(MemoryFiles(texts), [MAIN], case.settings)
    assert [one.message for one in found.report.diagnostics] == []
    (unit,) = found.units
    hosts = [host for host in build(unit.configuration).tls_hosts if not host.is_main]
    assert hosts
    for host in hosts:
        for offer in offers(host):
            assert offer.protocols
            assert not any(one.protocol.is_weak for one in offer.protocols)
            assert offer.suites or [one.protocol.label for one in offer.protocols] == ["TLS 1.3"]
    assert not fix(MemoryFiles(texts), [MAIN], case.settings, (Safety.SAFE, Safety.UNSAFE)).texts


def may_change(line: str) -> bool:
    """Whether a line holds words that the fixes are about."""
    words = [word for pair in VALUES for word in pair]
    return any(word in line for word in (*words, *BROWSERS, "MSIE", "nokeepalive", "force-response-1.0"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.shape)
def test_comments_and_layout_stay(case: Case) -> None:
    texts = fixed(case)
    for path, text in case.files.items():
        old, new = text.split("\n"), texts[path].split("\n")
        assert [line for line in old if line.lstrip().startswith("#")] == [
            line for line in new if line.lstrip().startswith("#")
        ]
        kept = iter(line for line in new)
        assert all(line in kept for line in old if not may_change(line)), difflib.ndiff(old, new)
        assert ("\r" in text) == ("\r" in texts[path])
        assert texts[path].count("\r\n") in (0, texts[path].count("\n"))


@pytest.mark.parametrize(
    ("target", "lines"),
    [
        ("debian-10", 'Define PROTOCOLS "all -SSLv3"\nSSLProtocol ${PROTOCOLS}\n'),
        ("debian-10", "<Macro Tls $list>\nSSLProtocol $list\n</Macro>\nUse Tls all\n"),
        ("rhel-7", 'Define LIST "ALL"\nSSLProtocol -all +TLSv1.2\nSSLCipherSuite "${LIST}:RC4"\n'),
    ],
)
def test_what_a_variable_holds_is_left_to_its_owner(target: str, lines: str) -> None:
    text = f"ServerRoot /etc/apache2\nListen 443\n{lines}<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>\n"
    reading = Reading(target=target)
    settings = Settings(roots=(RootSettings(MAIN),), reading=reading, select=HEADLINES)
    result = fix(MemoryFiles({MAIN: text}), [MAIN], settings, (Safety.SAFE, Safety.UNSAFE))
    assert not result.texts
    assert result.report.diagnostics


# The real server

CAN_START = bool(HTTPD and OPENSSL and MODULES.is_dir()) and is_debian_12()
LIVE = [case for case in CASES if case.settings.reading.target == "debian-12"]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    root = Path(tempfile.mkdtemp(prefix="sslint-"))
    root.chmod(0o755)
    make_certificates(root)
    yield root
    shutil.rmtree(root, ignore_errors=True)


def connects(port: int, version: ssl.TLSVersion) -> bool:
    """Whether a client that would take anything gets a connection of one version."""
    LOOSE.set_ciphers("ALL:@SECLEVEL=0")
    LOOSE.minimum_version, LOOSE.maximum_version = ssl.TLSVersion.TLSv1, version
    LOOSE.minimum_version = version
    try:
        with (
            socket.create_connection(("127.0.0.1", port), timeout=10) as plain,
            LOOSE.wrap_socket(plain, server_hostname="a.example.org"),
        ):
            return True
    except (ssl.SSLError, ConnectionError):
        return False


@pytest.mark.skipif(not CAN_START, reason="no httpd of Debian 12 here")
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
@pytest.mark.parametrize(
    "case", LIVE if os.environ.get("SSLINT_HANDSHAKES") else LIVE[::4], ids=lambda case: case.shape
)
def test_a_real_server_speaks_after_the_fixes(case: Case, folder: Path) -> None:
    plain, port = free_ports(2)
    texts = {path: moved(text, plain, port) for path, text in fixed(case).items()}
    for path, text in texts.items():
        (folder / Path(path).name).write_text(text.replace("{root}", str(folder)), newline="")
    (folder / "passwords").touch()
    modules = "macro setenvif alias auth_basic authn_core authn_file authz_user".split()
    with serving(texts[MAIN], folder, *modules) as started:
        assert started.running, started.log
        version = ssl.TLSVersion
        assert not connects(port, version.TLSv1_1)
        assert connects(port, version.TLSv1_2) or connects(port, version.TLSv1_3)


def moved(text: str, plain: int, port: int) -> str:
    """A text for a server of the test's own, at two ports of this machine."""
    text = re.sub(r"(?m)^(ServerRoot|DocumentRoot).*\n", "", text)
    text = text.replace("Listen 80", f"Listen 127.0.0.1:{plain}").replace("Listen 443", f"Listen 127.0.0.1:{port}")
    text = text.replace("*:80", f"127.0.0.1:{plain}").replace("*:443", f"127.0.0.1:{port}")
    return text.replace("/etc/ssl/certs/www.pem", "{root}/rsa.pem").replace("/etc/apache2/", "{root}/")
