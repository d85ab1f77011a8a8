"""A real httpd that serves many cases at once, the requests to it, and the model of its configuration."""

from __future__ import annotations

import base64
import functools
import http.client
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sslint.configuration import Configuration, expand
from sslint.files import DiskFiles
from sslint.knowledge.targets import DEFAULT
from sslint.server import Server, build
from sslint.server.requests.request import Answer, Connection, Kind, Request, World, respond

from .case import Case, Question

HTTPD = shutil.which("apache2") or shutil.which("httpd")
OPENSSL = shutil.which("openssl")
MODULES = Path("/usr/lib/apache2/modules")
LOADED = (
    "mpm_event authz_core authn_core authn_file auth_basic authz_user authz_host access_compat alias rewrite "
    "socache_shmcb ssl dir setenvif env headers proxy proxy_http status autoindex mime md"
).split()
PRELUDE = """\
ServerRoot {root}
PidFile {root}/pid
ErrorLog {root}/log
LogLevel error
ServerName main.test
Mutex posixsem
StartServers 1
ServerLimit 1
ThreadsPerChild 8
MaxRequestWorkers 8
MinSpareThreads 1
MaxSpareThreads 8
TypesConfig /dev/null
DocumentRoot {root}/www
"""
INHERITED = """\
Redirect /inherited/redirect https://x.test/
Alias /inherited/alias {root}/other
ProxyPass /inherited/proxy http://127.0.0.1:1/
RewriteEngine on
RewriteRule ^/inherited/rewrite - [F]
<Location /inherited/alias/a>
SSLRequireSSL
</Location>
"""
"""What the main server says, for hosts to inherit, or not."""
FIRST = Case("first", "", 0, ())
"""The default host of the shared ports."""
_PORTS = range(22000, 22200)
_TREE = ("index.html", "x.txt", "a/index.html", "a/x.txt", "a/b/index.html", "a/b/x.txt", "noindex/x.txt", "cgi/run")


class Running(NamedTuple):
    """A server with its cases: its folder, its ports by case (plain and TLS first), its model."""

    root: Path
    plain: int
    tls: int
    ports: dict[str, list[int]]
    model: Server


def free_ports(count: int) -> list[int]:
    """Ports on 127.0.0.1 that nobody listens on."""
    found: list[int] = []
    for port in _PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            return found
    raise OSError("no free port")


def _certificate(root: Path, name: str) -> None:
    command = f"{OPENSSL} req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN={name}.test"
    subprocess.run([*command.split(), "-keyout", "key", "-out", "crt"], cwd=root, check=True, capture_output=True)
    (root / f"{name}.pem").write_text((root / "crt").read_text() + (root / "key").read_text())


def _lay_out(root: Path, cases: Sequence[Case]) -> None:
    """Certificates, passwords, and the folders to serve."""
    for name in ("one", "two"):
        _certificate(root, name)
    hashed = subprocess.run([str(OPENSSL), "passwd", "-apr1", "p"], capture_output=True, text=True, check=True).stdout
    (root / "passwords").write_text(f"u:{hashed}")
    sites = [case.name for case in cases if case.files]
    for folder in (root / "www", root / "other", *(root / "sites" / name for name in sites)):
        for path in _TREE:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text("hello\n")
    for case in cases:
        for path, text in case.files:
            (root / "sites" / case.name / path).write_text(text.replace("{root}", str(root)))


def _text(root: Path, cases: Sequence[Case], plain: int, tls: int, ports: dict[str, list[int]]) -> str:
    text = PRELUDE + "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in LOADED)
    text += "".join(
        f"Listen 127.0.0.1:{port}\n" for port in (plain, tls, *(one for some in ports.values() for one in some))
    )
    text += INHERITED
    for case in [FIRST, *cases]:
        body = case.text.replace("{site}", f"{{root}}/sites/{case.name}")
        for number, port in enumerate(ports.get(case.name, ())):
            body = body.replace(f"{{port{number}}}", str(port))
        if case.ports:
            text += body
            continue
        for port, engine in ((plain, ""), (tls, "SSLEngine on\nSSLCertificateFile {root}/one.pem\n")):
            text += f"<VirtualHost *:{port}>\nServerName {case.name}.test\n{engine}{body}</VirtualHost>\n"
    return text.replace("{root}", str(root))


@contextmanager
def serving(root: Path, cases: Sequence[Case]) -> Iterator[Running]:
    """Run one server with all cases, as long as the block lasts."""
    plain, tls, *rest = free_ports(2 + sum(case.ports for case in cases))
    ports: dict[str, list[int]] = {}
    for case in cases:
        if case.ports:
            ports[case.name], rest = rest[: case.ports], rest[case.ports :]
    _lay_out(root, cases)
    main = root / "httpd.conf"
    main.write_text(_text(root, cases, plain, tls, ports))
    target = DEFAULT.replace(static_modules=DEFAULT.static_modules - {"mpm_event_module"})
    model = build(expand(str(main), DiskFiles(), target, modules_certain=True))
    process = subprocess.Popen(
        [str(HTTPD), "-f", str(main), "-DFOREGROUND"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        _await(process, root)
        yield Running(root, plain, tls, ports, model)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
        if process.stderr:
            process.stderr.close()


def _await(process: subprocess.Popen[str], root: Path) -> None:
    for _ in range(2000):
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        if (root / "pid").exists():
            return
        time.sleep(0.005)
    raise AssertionError("the server neither starts nor gives up")


# Asking the server, and the model

REFUSED = None
"""What stands for a handshake that fails, or a connection that ends without an answer."""


def ways(question: Question) -> list[bool]:
    """By TLS, by plain HTTP, or both."""
    said = question.words.get("tls")
    return [False, True] if said is None else [said == "yes"]


def _place(running: Running, case: Case, question: Question, tls: bool) -> tuple[int, str, str]:
    """Port, Host and server name of the handshake."""
    own = running.ports.get(case.name)
    port = own[int(question.words.get("port", "0"))] if own else running.tls if tls else running.plain
    host = question.words.get("host", f"{case.name}.test")
    return port, host, question.words.get("sni", host)


def ask(running: Running, case: Case, question: Question, tls: bool) -> int | None:
    """The status that the server really answers."""
    port, host, name = _place(running, case, question, tls)
    headers = {"Host": host, "Connection": "close", **question.headers}
    if "user" in question.words:
        headers["Authorization"] = "Basic " + base64.b64encode(b"u:p").decode()
    try:
        stream = socket.create_connection(("127.0.0.1", port), 10)
        with stream if not tls else _context().wrap_socket(stream, server_hostname=name or None) as shaken:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.sock = shaken
            connection.putrequest(question.method, question.path, skip_host=True, skip_accept_encoding=True)
            for key, value in headers.items():
                connection.putheader(key, value)
            connection.endheaders()
            return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return REFUSED


@functools.cache
def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def foretell(running: Running, case: Case, question: Question, tls: bool) -> Answer:
    """What the model predicts."""
    port, host, name = _place(running, case, question, tls)
    path, _, query = question.path.partition("?")
    headers = {key.lower(): value for key, value in question.headers.items()}
    request = Request(path, tls, question.method, question.words.get("user"), host=host, query=query, headers=headers)
    return respond(running.model, Connection(port, name=name), request, _world(running))


def _world(running: Running) -> World:
    target = running.model.target

    def htaccess(path: str) -> Configuration | None:
        return expand(path, DiskFiles(), target, role="htaccess") if Path(path).is_file() else None

    return World(_kind, lambda _: 503, htaccess)


def _kind(path: str) -> Kind:
    place = Path(path)
    return Kind.FOLDER if place.is_dir() else Kind.FILE if place.is_file() else Kind.MISSING
