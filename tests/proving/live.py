"""A server for one example: moved below a folder, to ports of its own, with backends behind it."""

from __future__ import annotations

import functools
import posixpath
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from handshakes.daemon import HTTPD, MODULES, OPENSSL, free_ports

from sslint.examples import ROOT, strip_marks
from sslint.trial import Trial

from .case import Claim

OWN = ("80", "443", "8443", "3128")
"""Ports that examples let the server listen on; each gets a free one."""
BEHIND = ("8080", "8081", "8082", "8083", "9000")
"""Ports that backends listen on."""
USERS = ("u", "ann", "anna", "bert")
LOADED = (
    "mpm_event authz_core authn_core authn_file auth_basic auth_digest authz_user authz_host "
    "authz_groupfile access_compat alias rewrite socache_shmcb ssl dir setenvif env headers proxy "
    "proxy_http proxy_fcgi proxy_connect status info autoindex mime dav dav_fs session session_cookie "
    "include "
).split()
_PRELUDE = """\
PidFile {root}/pid
ErrorLog {root}/log
LogLevel info
Mutex posixsem
ServerLimit 1
StartServers 1
ThreadsPerChild 8
MaxRequestWorkers 8
MinSpareThreads 1
MaxSpareThreads 8
Timeout 5
ProxyTimeout 2
TypesConfig /dev/null
ServerName main.test
"""
_ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: LENGTH\r\nSet-Cookie: id=1\r\nConnection: close\r\n\r\n"
_HTACCESS = "DocumentRoot /var/www/html\n<Directory /var/www/html>\nAllowOverride All\n</Directory>\n"
_ABSOLUTE = re.compile(r"(?<=[\s\"':|])/(?=(?:etc|var|srv|opt|home|usr/(?!lib/apache2/modules))(?:/|\b))")
_FOLDER = re.compile(r"(?im)^[ \t]*(?:DocumentRoot|<Directory)[ \t]+[\"']?(/[^\"'\n>]+)")
_TLS_FILE = re.compile(r"(?im)^[ \t]*(SSL\w*(?:File|Path))[ \t]+[\"']?([\w./-]+)")
_PASSWORDS = re.compile(r"(?im)^[ \t]*Auth(User|Group)File[ \t]+[\"']?(/[^\s\"']+)")
_AUTHORITIES = ("one", "two")


class Heard(NamedTuple):
    """A request that reached a backend."""

    port: str
    line: str
    headers: tuple[tuple[str, str], ...]


class Backends:
    """Listeners that answer every request and remember it."""

    def __init__(self) -> None:
        self.ports: dict[str, int] = {}
        self.heard: list[Heard] = []

    @contextmanager
    def listening(self) -> Iterator[Backends]:
        """Listen as long as the block lasts."""
        with ExitStack() as stack:
            for label in BEHIND:
                listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
                self.ports[label] = listener.getsockname()[1]
                threading.Thread(target=self._serve, args=(label, listener), daemon=True).start()
            yield self

    def _serve(self, label: str, listener: socket.socket) -> None:
        while True:
            try:
                connection = listener.accept()[0]
            except OSError:
                return
            with connection:
                connection.settimeout(2)
                self._answer(label, connection)

    def _answer(self, label: str, connection: socket.socket) -> None:
        data = b""
        try:
            while b"\r\n\r\n" not in data and (piece := connection.recv(4096)):
                data += piece
            if not data:
                return
            line, *rest = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
            pairs = (one.partition(": ") for one in rest)
            self.heard.append(Heard(label, line, tuple((name, value) for name, _, value in pairs)))
            connection.sendall(_ANSWER.replace("LENGTH", str(len(label))).encode() + label.encode())
        except OSError:
            return


class Place(NamedTuple):
    """Where an example is served: its folder, and what its ports are really."""

    root: Path
    ports: Mapping[str, int]

    def moved(self, text: str) -> str:
        """A configuration with its paths and ports moved here."""
        names = "|".join(self.ports)
        text = _ABSOLUTE.sub(f"{self.root}/", text)
        text = re.sub(rf"(?mi)^([ \t]*Listen[ \t]+)(?=(?:{names})\b)", r"\g<1>127.0.0.1:", text)
        text = re.sub(r"(?mi)^([ \t]*Listen[ \t]+\S*:443)[ \t]*$", r"\1 https", text)
        return re.sub(rf"(?<=[*\w\]}}]:)({names})(?![\w.])", lambda found: str(self.ports[found[1]]), text)


@functools.cache
def keys() -> dict[str, str]:
    """PEM texts: the server's certificate, authorities and a client's certificate of each, passwords."""
    made: dict[str, str] = {}

    def run(command: str) -> str:
        return subprocess.run([str(OPENSSL), *command.split()], check=True, capture_output=True, text=True).stdout

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        new = f"req -x509 -newkey rsa:2048 -nodes -days 30 -keyout {folder}/key"
        made["server"] = run(f"{new} -subj /CN=www.example.org") + (folder / "key").read_text()
        for one in _AUTHORITIES:
            made[f"ca-{one}"] = run(f"{new} -subj /CN={one}")
            (folder / "ca").write_text(made[f"ca-{one}"] + (folder / "key").read_text())
            client = f"{new} -CA {folder}/ca -CAkey {folder}/ca -subj /CN=client-of-{one}"
            made[one] = run(client.replace(f"{folder}/key", f"{folder}/own")) + (folder / "own").read_text()
    hashed = run("passwd -apr1 p").strip()
    made["passwords"] = "".join(f"{user}:{hashed}\n" for user in USERS)
    return made


def lay_out(place: Place, files: Mapping[str, str | bytes], plain: Mapping[str, str]) -> list[str]:
    """Write files below the place, with stand-ins for what configurations name; the authorities in their order."""
    everything = "\n".join(text for text in files.values() if isinstance(text, str))
    for path, text in files.items():
        _write(place, path, text if isinstance(text, bytes) else place.moved(text))
    for path, text in plain.items():
        _write(place, path, text.replace("{root}", str(place.root)))
    for name in _FOLDER.findall(everything):
        folder = place.root / name.lstrip("/")
        if not any(letter in name for letter in "*?[("):
            folder.mkdir(parents=True, exist_ok=True)
            for page in ("index.html", "page"):
                if not (folder / page).exists():
                    (folder / page).write_text(f"{name}/{page}\n")
    for kind, name in _PASSWORDS.findall(everything):
        if not (place.root / name.lstrip("/")).exists():
            _write(place, name, keys()["passwords"] if kind.lower() == "user" else f"staff: {' '.join(USERS)}\n")
    return list(_tls_files(place, everything))


def _write(place: Place, path: str, text: str | bytes) -> None:
    file = place.root / path.lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text)


def _tls_files(place: Place, text: str) -> Iterator[str]:
    authorities: list[str] = []
    for directive, found in _TLS_FILE.findall(text):
        name = posixpath.join(ROOT, found)
        about_clients = directive.lower().startswith(("sslca", "sslproxyca"))
        if about_clients and name not in authorities:
            authorities.append(name)
        file = place.root / name.lstrip("/")
        if file.exists() and not file.is_dir():
            continue
        pem = keys()[f"ca-{_AUTHORITIES[authorities.index(name)]}"] if about_clients else keys()["server"]
        if directive.lower().endswith("path"):
            _write(place, f"{name}/one.pem", pem)
            command = [str(OPENSSL), "rehash", str(file)]
            subprocess.run(command, check=True, capture_output=True)
        else:
            _write(place, name, pem)
    yield from authorities


class Running(NamedTuple):
    """A server that runs, or has given up."""

    place: Place
    process: subprocess.Popen[str]
    starts: bool

    def says(self, word: str) -> bool:
        """Whether a statement about the start is true: `starts`, `fails`, or `log=` some text."""
        if word.startswith("!"):
            return not self.says(word[1:])
        if word.startswith("log="):
            return fnmatchcase(self.log(), f"*{word[4:]}*")
        return self.starts is (word == "starts")

    def log(self) -> str:
        """All that it logged."""
        file = self.place.root / "log"
        return file.read_text(errors="replace") if file.exists() else ""


@contextmanager
def serving(place: Place, main: str, prelude: bool) -> Iterator[Running]:
    """Run one server, in one process, as long as the block lasts."""
    text = "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in LOADED) if prelude else ""
    settings = (
        _PRELUDE if prelude else "".join(re.findall(r"(?m)^(?:PidFile|ErrorLog|Mutex|ServerName|Log).*\n", _PRELUDE))
    )
    start = place.root / "start.conf"
    start.write_text(text + settings.replace("{root}", str(place.root)) + f"Include {place.root}/{main.lstrip('/')}\n")
    command = [str(HTTPD), "-X", "-d", str((place.root / main.lstrip("/")).parent), "-f", str(start)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        yield Running(place, process, _await(process, place.root / "pid"))
    finally:
        process.terminate()
        try:
            process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=5)
        if process.stderr:
            process.stderr.close()


def _await(process: subprocess.Popen[str], pid: Path) -> bool:
    for _ in range(2000):
        if process.poll() is not None:
            if process.stderr:
                with (pid.parent / "log").open("a") as log:
                    log.write(process.stderr.read())
            return False
        if pid.exists() and pid.read_text().strip():
            return True
        time.sleep(0.005)
    raise AssertionError("the server neither starts nor gives up")


@contextmanager
def served(place: Place, claim: Claim, trial: Trial) -> Iterator[Running]:
    """Run the example of a claim, with what completes it."""
    example = trial.example
    texts = {path: strip_marks(text) for path, text in example.files.items()}
    main = example.main
    if example.role == "htaccess":
        main = "/etc/apache2/apache2.conf"
        texts[main] = _HTACCESS
    texts[main] = claim.around + texts[main]
    if "Listen" not in texts[main] and "fails" not in claim.said:
        texts[main] = "Listen 80\n" + texts[main]
    lay_out(place, {**texts, **trial.pem()}, dict(claim.files))
    with serving(place, main, "LoadModule" not in texts[main]) as running:
        yield running


@contextmanager
def folder(base: Path, backends: Backends) -> Iterator[Place]:
    """A place of its own."""
    base.mkdir(parents=True)
    base.chmod(0o755)
    ports = dict(zip(OWN, free_ports(len(OWN)), strict=True))
    try:
        yield Place(base, {**ports, **backends.ports})
    finally:
        shutil.rmtree(base, ignore_errors=True)
