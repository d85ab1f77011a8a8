"""The table of virtual hosts against the installed httpd, line by line, and against recorded tables."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import os
import random
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import corpus
import pytest
from conftest import FIXTURES

from sslint.configuration import expand
from sslint.files import DiskFiles
from sslint.knowledge.targets import DEFAULT
from sslint.server import Server, build
from sslint.server.addresses import ANY
from sslint.server.unmet import is_unreachable
from sslint.views.vhosts_httpd import HEADING, httpd_lines

HTTPD = shutil.which("apache2") or shutil.which("httpd")
MODULES = Path("/usr/lib/apache2/modules")
with_httpd = pytest.mark.skipif(not (HTTPD and MODULES.is_dir()), reason="no httpd with its modules here")
PRELUDE = "".join(
    f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in ("mpm_event", "authz_core", "macro", "alias")
)


def model(main: Path) -> Server:
    target = DEFAULT.replace(static_modules=DEFAULT.static_modules - {"mpm_event_module"})
    return build(expand(str(main), DiskFiles(), target, modules_certain=True))


def table_of_httpd(main: Path) -> list[str]:
    """What `-S` prints of the hosts."""
    run = subprocess.run([str(HTTPD), "-S", "-f", str(main)], capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 0, run.stderr
    lines = run.stdout.split("\n")
    return lines[lines.index(HEADING) : next(at for at, line in enumerate(lines) if line.startswith("ServerRoot:"))]


def start(folder: Path, text: str, main_name: str = "ServerName main.example\n") -> Path:
    main = folder / "httpd.conf"
    main.write_text(f"ServerRoot {folder}\nErrorLog {folder}/log\nPidFile {folder}/pid\n{main_name}{PRELUDE}{text}")
    return main


def check(main: Path) -> None:
    assert list(httpd_lines(model(main))) == table_of_httpd(main)


ADDRESSES = (
    "* *:* _default_ 0.0.0.0 [::] :: 10.1 127.0.0.1 localhost 0x7f.1:80 010.0.0.1:80 [::ffff:10.0.0.1]:81 10.0.0.1:81 "
    "10.0.0.1:* [::1] ::1:80 ::1 [::1:2]:80 [fe80::1%lo]:80 [fe80::1]:80 [2001:DB8:0:0:1::1]:3 10.0.0.0/8 *.example "
    "10.0.0.1: 10.0.0.1:0080 255.255.255.255:9 1234:80 *a [2a01:4f8:160:13a2::1002]:80 *:80:90 1.2.3.4.5:80"
).split()


@with_httpd
def test_addresses_in_every_spelling(tmp_path: Path) -> None:
    hosts = [f"<VirtualHost {text}>\nServerName h{number}\n</VirtualHost>\n" for number, text in enumerate(ADDRESSES)]
    check(start(tmp_path, "Listen 1080\n" + "".join(hosts)))


CASES = {
    "one": "<VirtualHost *:1443>\nServerName a\n</VirtualHost>\n",
    "names": "<VirtualHost *:1080>\nServerName a\n</VirtualHost>\n"
    '<VirtualHost *:1080>\nServerName https://B:90\nServerAlias c *.d "E f"\nServerAlias g?\n</VirtualHost>\n',
    "twice": "<VirtualHost 10.0.0.1:80 10.0.0.1:80>\nServerName a\n</VirtualHost>\n"
    "<VirtualHost *:80 [::]:80 *:81 *:80>\nServerName b\n</VirtualHost>\n",
    "nameless": "<VirtualHost *:80>\n</VirtualHost>\n<VirtualHost 127.0.0.1:80>\n</VirtualHost>\n"
    "<VirtualHost 10.0.0.9:80 *:80>\n</VirtualHost>\n",
    "main's port": "<VirtualHost 127.0.0.9>\nServerName a\n</VirtualHost>\nServerName m:1081\n"
    "<VirtualHost 127.0.0.9>\nServerName a\n</VirtualHost>\n<VirtualHost _default_>\nServerName b\n</VirtualHost>\n"
    "<VirtualHost *>\nServerName c\n</VirtualHost>\n",
    "continued": "<VirtualHost \\\n  *:80 \\\n  10.0.0.1:80>\nServerName a\n</VirtualHost>\n",
    "macros": "<Macro Host $name $port>\n# a comment\n\n<VirtualHost *:$port>\nServerName $name\n# another\n"
    "</VirtualHost>\n# and\n<VirtualHost \\\n10.0.0.1:$port>\nServerName $name\n</VirtualHost>\n</Macro>\n"
    "<Macro Both $name>\nUse Host $name 80\n# comment\nUse Host $name 443\n</Macro>\n"
    "Use Host a 80\nUse Both b\nUse \\\n both c\n",
    "includes": "Include one.conf\nIncludeOptional none/*.conf\nInclude sub/*.conf\nInclude one.conf\n",
    "NameVirtualHost": "NameVirtualHost *:80\n<VirtualHost *:80>\nServerName a\n</VirtualHost>\n",
}


@with_httpd
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("main_name", ["ServerName main.example\n", "ServerName main.example:8080\n"])
def test_the_table_is_that_of_httpd(name: str, main_name: str, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "one.conf").write_text("\n<VirtualHost *:80>\nServerName one\n</VirtualHost>\n")
    for number in (2, 1):
        (tmp_path / "sub" / f"{number}.conf").write_text(
            f"<Macro M{number} $x>\n<VirtualHost *:80 *:$x>\nServerName s{number}\n</VirtualHost>\n</Macro>\n"
            f"Use M{number} {number}\n"
        )
    check(start(tmp_path, "Listen 1080\n" + CASES[name], main_name))


# Generated configurations


def generated(seed: int, hosts: int) -> str:
    """Hosts at few addresses and ports, so that they overlap: single addresses, wildcards, any port, several in one."""
    dice = random.Random(seed)
    single = [f"10.{dice.randrange(4)}.{dice.randrange(4)}.{dice.randrange(256)}" for _ in range(dice.randint(1, 40))]
    six = [f"[2001:db8::{dice.randrange(65536):x}:{dice.randrange(65536):x}]" for _ in range(dice.randint(1, 10))]
    pool = [*single, *six, "127.0.0.1", "localhost", "*", "_default_", "0.0.0.0", "[::]", "[::1]", "[::ffff:10.0.0.1]"]
    ports = ["", ":*", ":80", ":443", ":8080", ":8443"][: dice.randint(2, 6)]
    lines = [f"ServerName m{seed}:{dice.choice((80, 443))}"] if dice.random() < 0.5 else []
    lines.append(
        "<Macro Site $address $name>\n# one of many\n<VirtualHost $address>\nServerName $name\n</VirtualHost>\n</Macro>"
    )
    for number in range(hosts):
        several = dice.choices((1, 2, 3, 5), (12, 4, 2, 1))[0]
        at = " ".join(dice.choice(pool) + dice.choice(ports) for _ in range(several))
        lines += _host(dice, number, at)
    return "\n".join(lines) + "\n"


def _host(dice: random.Random, number: int, at: str) -> list[str]:
    kind = dice.random()
    if kind < 0.15:
        return [f'Use Site "{at}" host{number}.example']
    if kind < 0.2:
        return [f"ServerName again{number}:{dice.choice((80, 8080))}"]
    body = [f"ServerName {dice.choice(('', 'http://'))}Host{number}.example{dice.choice(('', ':81'))}"]
    if "*" in at.split(":", maxsplit=1)[0] and dice.random() < 0.3:  # others would have the server look their names up
        body = []
    if dice.random() < 0.3:
        body.append(f"ServerAlias a{number} *.h{number} h?{number} h{number % 7}")
    joint = dice.choice((" ", " \\\n"))
    return [f"<VirtualHost {at.replace(' ', joint)}>", *body, "</VirtualHost>"]


@with_httpd
@pytest.mark.parametrize("seed", range(24))
def test_generated_tables_are_those_of_httpd(seed: int, tmp_path: Path) -> None:
    hosts = (3, 8, 20, 60, 150, 400)[seed % 6]
    check(start(tmp_path, "Listen 1080\n" + generated(seed, hosts)))


class Nest:
    """Hosts in conditions, macros that use macros, and included files, with comments and continued lines about."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.macros: list[str] = []
        self.count = 0

    def text(self, depth: int = 0) -> str:
        return "".join(self.item(depth) for _ in range(self.dice.randint(1, 4)))

    def item(self, depth: int) -> str:
        self.count += 1
        number, gap, kind = self.count, self.dice.choice((" ", " \\\n  ", " \\\n\\\n ")), self.dice.random()
        if kind < 0.45:
            at = f"{self.dice.choice(('*', '10.0.0.1', '[2001:db8::1]'))}:{self.dice.choice(('80', '443', '*'))}"
            return f"<VirtualHost{gap}{at}>\n# c\n\nServerName{gap}h{number}\nServerAlias a{gap}*.b\n</VirtualHost>\n"
        if kind < 0.6 and depth < 3:
            return f"<IfModule{gap}{self.dice.choice(('', '!'))}mod_alias.c>\n{self.text(depth + 1)}</IfModule>\n"
        if kind < 0.75 and depth == 0:  # those in a false condition could not be used
            inner = f"Use {self.dice.choice(self.macros)} n$n $p\n" if self.macros and self.dice.random() < 0.5 else ""
            self.macros.append(f"M{number}")
            host = f"<VirtualHost{gap}*:$p>\n#in\nServerName $n\n</VirtualHost>\n"
            return f"# x \\\n y\n<Macro M{number}{gap}$n $p>\n# c\n\n  # c \\\n more\n{host}{inner}</Macro>\n"
        if kind < 0.9 and self.macros:
            return f"Use{gap}{self.dice.choice(self.macros)} u{number}{gap}{self.dice.choice((80, 81))}\n"
        return "# comment \\\n continued\n"


@with_httpd
@pytest.mark.parametrize("seed", range(16))
def test_nested_tables_are_those_of_httpd(seed: int, tmp_path: Path) -> None:
    nest = Nest(seed)
    (tmp_path / "c" / "d").mkdir(parents=True)
    text = "<Macro M0 $n $p>\n</Macro>\nListen 1080\n" + nest.text()
    (tmp_path / "c" / "1.conf").write_text(nest.text())
    (tmp_path / "c" / "2.conf").write_bytes(nest.text().replace("\n", "\r\n").encode())
    text += "Include c/*.conf\n"
    (tmp_path / "c" / "d" / "x").write_text(nest.text())
    check(start(tmp_path, text + "Include c/d\n" + nest.text()))


# Selection by a running server

NAMES = ("a.example", "b.example", "c.example", "deep.a.example", "127.0.0.2", "127.0.0.1", "localhost", "main.example")
ALIASES = ("b.example", "*.example", "?.example", "*.a.example", "c.*", "deep.?.example", "127.*")


def overlapping(dice: random.Random, ports: Sequence[int]) -> str:
    """Hosts at loopback addresses, wildcards and any port, with a handful of names; each tells its number."""
    text = "".join(f"Listen {port}\n" for port in ports)
    for number in range(1, 60):
        several = dice.choices((1, 2, 3), (6, 2, 1))[0]
        hosts = ("127.0.0.2", "127.0.0.3", "127.0.0.1", "localhost", "*", "0.0.0.0", "_default_")
        at = " ".join(f"{dice.choice(hosts)}:{dice.choice((*ports, '*'))}" for _ in range(several))
        text += f"<VirtualHost {at}>\nRedirect / http://{number}/\n"
        if dice.random() < 0.8:
            text += f"ServerName {dice.choice(NAMES)}\n"
        for alias in dice.sample(ALIASES, dice.choice((0, 0, 0, 1, 2))):
            text += f"ServerAlias {alias}\n"
        text += "</VirtualHost>\n"
    return text + "Redirect / http://0/\n"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's user may read."""
    root = Path(tempfile.mkdtemp(prefix="sslint-"))
    root.chmod(0o755)
    yield root
    shutil.rmtree(root, ignore_errors=True)


def free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@contextlib.contextmanager
def running(main: Path) -> Iterator[None]:
    subprocess.run([str(HTTPD), "-f", str(main)], check=True, timeout=60, capture_output=True)
    pid = main.parent / "pid"
    for _ in range(100):
        if pid.exists() and pid.read_text().strip():
            break
        time.sleep(0.05)
    try:
        yield
    finally:
        os.kill(int(pid.read_text()), signal.SIGTERM)


def asked(address: str, port: int, names: Sequence[str]) -> list[int]:
    """The numbers of the hosts that answer to names."""
    connection = http.client.HTTPConnection(address, port, timeout=10)
    found = []
    for name in names:
        connection.request("GET", "/", headers={"Host": name})
        answer = connection.getresponse()
        answer.read()
        found.append(int(str(answer.headers["Location"]).removeprefix("http://").strip("/")))
    return found


@with_httpd
@pytest.mark.parametrize("seed", range(6))
def test_names_select_the_hosts_that_answer(seed: int, folder: Path) -> None:
    dice = random.Random(seed)
    ports = free_ports(2)
    main = start(folder, f"Mutex posixsem\n{overlapping(dice, ports)}")
    server = model(main)
    asking = [*NAMES, "x.example", "xx.example", "other", "C.Example", "c.example.", "deep.x.example", "127.0.0.3"]
    with running(main):
        for address, port in itertools.product(("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4"), ports):
            ours = [server.hosts.index(server.select(address, port, name)) for name in asking]
            real = asked(address, port, asking)
            assert dict(zip(asking, ours, strict=True)) == dict(zip(asking, real, strict=True)), (address, port)
            assert not any(is_unreachable(server.hosts[number]) for number in real)


# TLS by the protocol of Listen alone

LISTENED = [
    ("{}", "*:{}", "ServerName a"),
    ("{}", "_default_:{}", "ServerName a"),
    ("{}", "[::]:{}", "ServerName a"),
    ("{}", "0.0.0.0:{}", "ServerName a"),
    ("{}", "127.0.0.1:{}", "ServerName a"),
    ("{}", "*", "ServerName a"),
    ("0.0.0.0:{}", "*:{}", "ServerName a"),
    ("0.0.0.0:{}", "0.0.0.0:{}", "ServerName a"),
    ("0.0.0.0:{}", "[::]:{}", "ServerName a"),
    ("127.0.0.1:{}", "*:{}", "ServerName a"),
    ("127.0.0.1:{}", "localhost:{}", "ServerName a"),
    ("127.0.0.1:{}", "127.0.0.1:*", "ServerName a"),
    ("{}", "*:{}", ""),
    ("{}", "*:{}", "KeepAlive off"),
    ("{}", "*:{}", "Redirect /x http://a/"),
    ("{}", "*:{}", "Define x y"),
    ("{}", "*:{}", "TraceEnable off"),
    ("{}", "*:{}", "SetHandler x"),
    ("{}", "*:{}", "<Location /x>\nRedirect http://a/\n</Location>"),
    ("{}", "*:{}", "<IfModule mod_ssl.c>\nRedirect /x http://a/\n</IfModule>"),
]


def speaks_tls(port: int) -> bool:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as plain, context.wrap_socket(plain):
            return True
    except ssl.SSLError:
        return False


@with_httpd
def test_listen_switches_tls_on_for_hosts_of_exactly_its_address(folder: Path) -> None:
    ports = free_ports(len(LISTENED))
    text = "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in ("socache_shmcb", "ssl"))
    pair = f"SSLCertificateFile {FIXTURES}/certificates/www.pem\nSSLCertificateKeyFile {FIXTURES}/certificates/www.key"
    for port, (listen, at, more) in zip(ports, LISTENED, strict=True):
        text += f"Listen {listen.format(port)} https\n<VirtualHost {at.format(port)}>\n{more}\n{pair}\n</VirtualHost>\n"
    server = model(start(folder, f"Mutex posixsem\n{text}"))
    with running(folder / "httpd.conf"):
        real = [speaks_tls(port) for port in ports]
    ours = [bool(server.select("127.0.0.1", port).engine.value) for port in ports]
    assert list(zip(LISTENED, ours, strict=True)) == list(zip(LISTENED, real, strict=True))
    assert {True, False} == set(real)


@pytest.mark.parametrize("seed", range(12))
def test_who_is_not_called_unreachable_can_be_selected(seed: int, tmp_path: Path) -> None:
    ports = (8001, 8002)
    server = model(start(tmp_path, overlapping(random.Random(seed), ports)))
    met = set()
    for host in server.hosts[1:]:
        names = [
            host.effective_name,
            *host.names,
            *(place.written for place in host.places if place.address.host != ANY),
        ]
        asking = {name.replace("*", "q.w").replace("?", "q") for name in names} | {""}
        places = {place.address.host for place in host.places} | {"127.0.0.9"}
        met |= {server.select(*where) for where in itertools.product(places, ports, asking)}
    known = {host for host in server.hosts[1:] if host.effective_name}
    assert {host for host in known if not is_unreachable(host)} == met & known


# Recorded tables

RECORDED = [entry for entry in corpus.entries() if entry.get("vhosts")]


@pytest.mark.skipif(not RECORDED, reason="the shared corpus is not beside the project")
def test_recorded_tables() -> None:
    differing = [entry["id"] for entry in RECORDED if _ours(entry) != entry["vhosts"]["addresses"]]
    assert not differing


def _ours(entry: corpus.Entry) -> list[dict[str, Any]]:
    """Our table in the recorder's form, which leaves out IPv6; its wrapper around sites was called `localhost`."""
    mount = (entry.get("mount") or corpus.MOUNT) + "/"
    server = build(corpus.read(entry))
    if entry["verdict"]["context"] == "server" and not server.main.name:
        server.main.name = "localhost"
    found = _parsed(list(httpd_lines(server, lambda path: path.removeprefix(mount))))
    return [one for one in found if not one["address"].startswith("[")]


_HOST = r"(?P<name>\S+) \((?P<file>.*):(?P<line>\d+)\)$"
_LINES = (
    ("alone", re.compile(r"(?P<address>\S+:\S+) +" + _HOST)),
    ("named", re.compile(r"(?P<address>\S+:\S+) +is a NameVirtualHost$")),
    ("default", re.compile(r" +default server " + _HOST)),
    ("member", re.compile(r" +port (?P<port>\S+) namevhost " + _HOST)),
    ("aliases", re.compile(r" +alias (?P<alias>.*)$")),
    ("wild_aliases", re.compile(r" +wild alias (?P<alias>.*)$")),
)


def _parsed(lines: Sequence[str]) -> list[dict[str, Any]]:
    sets: list[dict[str, Any]] = []
    for line in lines[1:]:
        kind, found = next((kind, match) for kind, pattern in _LINES if (match := pattern.match(line)))
        host = {key: int(value) if key == "line" else value for key, value in found.groupdict().items()}
        if kind in ("alone", "named"):
            sets.append({"address": host.pop("address"), "named": kind == "named", "hosts": [host] if host else []})
        elif kind == "default":
            sets[-1]["default"] = host
        elif kind == "member":
            sets[-1]["hosts"].append({**host, "aliases": [], "wild_aliases": []})
        else:
            sets[-1]["hosts"][-1][kind].append(host["alias"])
    return sets
