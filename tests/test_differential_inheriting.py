"""What virtual hosts inherit from the main server, against the installed httpd: lists, tables and plain values."""

from __future__ import annotations

import http.client
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
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest

from sslint.configuration import expand
from sslint.files import DiskFiles
from sslint.knowledge.targets import DEFAULT
from sslint.server import VirtualHost, Where, build
from sslint.server.merging.effective import Effective, effective

HTTPD = shutil.which("apache2") or shutil.which("httpd")
MODULES = Path("/usr/lib/apache2/modules")
pytestmark = pytest.mark.skipif(not (HTTPD and MODULES.is_dir()), reason="no httpd with its modules here")

LOADED = (
    "mpm_event authz_core authn_core alias rewrite dir setenvif env headers mime autoindex expires filter substitute "
    "proxy proxy_http socache_shmcb ssl"
).split()
PRELUDE = "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in LOADED)
HOSTS = 24
PAGE = "A\n"

LOOKS = ("FancyIndexing", "+HTMLTable", "-HTMLTable", "FancyIndexing HTMLTable")
SWITCHES = ("+StdEnvVars", "-StdEnvVars", "StdEnvVars", "StrictRequire", "+OptRenegotiate")

Lines = Callable[["Dice"], str]


class Dice(random.Random):
    """Makes lines; every mark is different."""

    count = 0

    def mark(self) -> str:
        self.count += 1
        return f"m{self.count}"

    def some(self, kinds: tuple[Lines, ...], chance: float) -> str:
        """Each kind of line never, once or twice."""
        return "".join(one(self) + "\n" for one in (*kinds, *kinds) if self.random() < chance)


def _rewriting(dice: Dice) -> str:
    rules = "".join(f"RewriteRule ^/rw{dice.randint(1, 2)}$ http://x/{dice.mark()} [R,L]\n" for _ in range(2))
    options = dice.choice(("", "", "Inherit", "InheritBefore", "IgnoreInherit", "InheritDown", "InheritDownBefore"))
    lines = [rules, f"RewriteOptions {options}\n" if options else "", f"RewriteEngine {dice.choice(('on', 'off'))}\n"]
    return "".join(one for one in lines if dice.random() < 0.6).rstrip() or "RewriteEngine on"


SERVER: tuple[Lines, ...] = (
    lambda dice: f"KeepAlive {dice.choice(('On', 'On', 'Off'))}",
    lambda dice: f"KeepAliveTimeout {dice.randint(2, 90)}",
    lambda dice: f"MaxKeepAliveRequests {dice.randint(10, 90)}",
    lambda dice: f"LimitRequestFieldSize {dice.choice((500, 2000))}",
    lambda dice: f"LimitRequestFields {dice.choice((10, 40))}",
    lambda dice: f"LimitRequestLine {dice.choice((500, 2000))}",
    lambda dice: f"TraceEnable {dice.choice(('on', 'off'))}",
    lambda dice: f"ServerAdmin {dice.mark()}@example.org",
    lambda dice: f"Alias /al{dice.randint(1, 2)} {{root}}/{dice.choice('xyz')}",
    lambda dice: f"AliasMatch ^/al{dice.randint(1, 2)} {{root}}/{dice.choice('xyz')}/f.html",
    lambda dice: f"Redirect {dice.choice(('', '301 ', 'seeother '))}/re{dice.randint(1, 2)} http://x/{dice.mark()}",
    lambda dice: f"RedirectMatch ^/re{dice.randint(1, 2)} http://x/{dice.mark()}",
    lambda dice: f"ProxyPass /pp{dice.randint(1, 2)} http://127.0.0.1:{{echo}}/{dice.mark()}",
    lambda dice: f'LogFormat "{dice.mark()} %{{X-Mark}}i" {dice.choice(("one", "two"))}',
    lambda dice: f"CustomLog {{root}}/log.{dice.mark()} {dice.choice(('one', 'two'))}",
)
"""What stands in main servers and virtual hosts only."""
ANYWHERE: tuple[Lines, ...] = (
    lambda dice: f"ServerSignature {dice.choice(('On', 'Off', 'EMail'))}",
    lambda dice: f'ErrorDocument 404 "{dice.mark()}"',
    lambda dice: f"RequestHeader {dice.choice(('set', 'append'))} X-In {dice.mark()}",
    lambda dice: f"RequestHeader {dice.choice(('unset', 'unset'))} X-In",
    lambda dice: f"ExpiresActive {dice.choice(('On', 'On', 'Off'))}",
    lambda dice: f"ExpiresByType text/{dice.choice(('html', 'plain'))} A{dice.randint(10, 999)}",
    lambda dice: f"ExpiresDefault A{dice.randint(10, 999)}",
    lambda dice: f"Substitute s/{dice.choice('ABC')}/{dice.choice('ABC')}{dice.choice('xyz')}/",
    lambda dice: f"AcceptPathInfo {dice.choice(('On', 'Off', 'Default'))}",
    lambda dice: f"DirectorySlash {dice.choice(('On', 'Off'))}",
    lambda dice: f"FallbackResource {dice.choice(('disabled', '/f.html'))}",
    lambda dice: f"IndexIgnore {dice.choice(('f.*', 'g.txt', '*.css'))}",
    lambda dice: f"IndexOptions {dice.choice(LOOKS)}",
    lambda dice: f"AddAlt {dice.mark()} {dice.choice(('.txt', '.css', '*'))}",
    lambda dice: f"AddLanguage {dice.choice(('en', 'de', 'fr'))} .{dice.choice(('css', 'CSS', 'txt'))}",
    lambda dice: f"RemoveLanguage .{dice.choice(('css', 'txt'))}",
    lambda dice: f"AddCharset {dice.mark()} .css",
    lambda dice: f"BrowserMatch . W={dice.mark()}",
    lambda dice: f"SSLOptions {dice.choice(SWITCHES)}",
)  # fmt: skip


@lru_cache(maxsize=1)
def written() -> tuple[Path, list[int]]:
    """The main file of a server with a port for each virtual host, and the ports."""
    root = Path(tempfile.mkdtemp(prefix="sslint-"))
    root.chmod(0o755)
    for folder in ("www", "www/list", "x", "y", "z"):
        (root / folder).mkdir()
        (root / folder / "f.html").write_text(PAGE if folder == "www" else f"{folder}\n")
        for name in ("g.txt", "h.css"):
            (root / folder / name).write_text(PAGE)
    ports = _free_ports(HOSTS + 1)
    dice = Dice(21)
    text = (
        f"ServerRoot {root}\nPidFile {root}/pid\nErrorLog {root}/log\nServerName localhost\nMutex posixsem\n{PRELUDE}"
        + "".join(f"Listen 127.0.0.1:{port}\n" for port in ports)
        + f"TypesConfig /dev/null\nDocumentRoot {root}/www\nAddType text/html .html\nAddType text/plain .txt .css\n"
        + f"SSLCertificateFile {root}/cert.pem\nSSLSessionCache none\nAddOutputFilterByType SUBSTITUTE text/html\n"
        + 'Header always set X-W "%{W}e"\nHeader always set X-TLS "%{SSL_PROTOCOL}e"\n'
        + 'Header always set X-Seen "expr=%{HTTP:X-In}"\nOptions +Indexes\nSSLEngine on\n'
        + dice.some(SERVER, 0.3)
        + dice.some(ANYWHERE, 0.3)
        + 'LogFormat "m0 %{X-Mark}i" two\nLogFormat "m00 %{X-Mark}i" one\n'
        + f"RewriteEngine on\nRewriteRule ^/rw1$ http://x/{dice.mark()} [R,L]\n"
        + f"<VirtualHost *:{ports[-1]}>\nServerName echo\nSSLEngine off\nRewriteEngine off\nKeepAlive off\n"
        + "FallbackResource disabled\n"
        + 'Header always set X-Echo "expr=%{REQUEST_URI}"\n</VirtualHost>\n'
    )
    for port in ports[:-1]:
        body = dice.some(SERVER, 0.15) + dice.some(ANYWHERE, 0.12) + dice.some((_rewriting,), 0.3)
        inside = f"<Location />\n{dice.some(ANYWHERE, 0.06)}</Location>\n" if dice.random() < 0.7 else ""
        text += f"<VirtualHost *:{port}>\n{body}{inside}</VirtualHost>\n"
    path = root / "httpd.conf"
    path.write_text(text.replace("{root}", str(root)).replace("{echo}", str(ports[-1])))
    return path, ports


def _free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody uses, all different."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


class Answer(NamedTuple):
    """What a request brought back."""

    status: int
    headers: dict[str, str]
    body: str


class Case:
    """One virtual host: the model's words, and the answers of the real one."""

    def __init__(self, host: VirtualHost, port: int, root: Path) -> None:
        self.host = host
        self.port = port
        self.root = root

    @cached_property
    def settings(self) -> list[Effective]:
        return effective(self.host, Where("/f.html", f"{self.root}/www/f.html", "f.html"))

    def get(self, group: str, part: str = "") -> Effective | None:
        found = (one for one in self.settings if one.rule.group == group and one.part.lower().lstrip(".") == part)
        return next(found, None)

    def words(self, group: str, part: str = "", default: str = "") -> list[str]:
        found = self.get(group, part)
        return list(found.words) if found is not None and found.words is not None else default.split()

    def word(self, group: str, default: str) -> str:
        return self.words(group, default=default)[0].lower()

    def lines(self, group: str) -> list[list[str]]:
        found = self.get(group)
        return [[line.directive.key, *line.directive.values] for line in found.lines] if found else []

    def ask(self, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=10, context=context)
        connection.request(method, path, headers={"User-Agent": "x", "Connection": "Keep-Alive", **(headers or {})})
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read().decode("latin-1"))

    @cached_property
    def page(self) -> Answer:
        return self.ask("/f.html")

    @cached_property
    def listing(self) -> Answer:
        return self.ask("/list/")

    @cached_property
    def missing(self) -> Answer:
        return self.ask("/missing")

    @property
    def fallback(self) -> bool:
        return self.word("fallbackresource", "disabled") != "disabled"


@pytest.fixture(scope="module")
def cases() -> Iterator[list[Case]]:
    path, ports = written()
    root = path.parent
    request = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 30 -keyout k.pem -out c.pem"
    subprocess.run(request.split(), cwd=root, check=True, capture_output=True, timeout=60)
    (root / "cert.pem").write_bytes((root / "c.pem").read_bytes() + (root / "k.pem").read_bytes())
    subprocess.run([str(HTTPD), "-f", str(path)], check=True, timeout=60, capture_output=True)
    target = DEFAULT.replace(static_modules=DEFAULT.static_modules - {"mpm_event_module"})
    server = build(expand(str(path), DiskFiles(), target, modules_certain=True))
    try:
        for _ in range(100):
            if (root / "pid").exists() and (root / "pid").read_text().strip():
                break
            time.sleep(0.05)
        yield [Case(host, port, root) for host, port in zip(server.hosts[2:], ports[:-1], strict=True)]
    finally:
        os.kill(int((root / "pid").read_text()), signal.SIGTERM)
        shutil.rmtree(root, ignore_errors=True)


# What the model says beside what the server does

Pair = tuple[object, object]


def _keep_alive(case: Case) -> Pair:
    on = case.word("keepalive", "on") == "on"
    wanted = f"timeout={case.word('keepalivetimeout', '5')}, max={case.word('maxkeepaliverequests', '100')}"
    return wanted if on else None, case.page.headers.get("keep-alive")


def _field_size(case: Case) -> Pair:
    return int(case.word("limitrequestfieldsize", "8190")) < 1000, case.ask(
        "/f.html", headers={"X": "x" * 1000}
    ).status == 400


def _fields(case: Case) -> Pair:
    many = {f"X-{number}": "1" for number in range(25)}
    return int(case.word("limitrequestfields", "100")) < 25, case.ask("/f.html", headers=many).status == 400


def _request_line(case: Case) -> Pair:
    return int(case.word("limitrequestline", "8190")) < 1000, case.ask("/f.html?" + "x" * 1000).status == 414


def _trace(case: Case) -> Pair:
    return case.word("traceenable", "on") == "on", case.ask("/f.html", "TRACE").status == 200


def _signature(case: Case) -> Pair:
    kind = case.word("serversignature", "off")
    admin = next(iter(case.words("serveradmin")), None)
    body = case.ask("/%ff", "PATCH").body if case.get("errordocument", "404") or case.fallback else case.missing.body
    found = re.search(r"<address>(?:.*mailto:(\S+)\")?", body)
    mail = found[1] if found else None
    return (kind != "off", admin if kind == "email" else None), (found is not None, mail)


def _alias(case: Case, number: int) -> Pair:
    expected = None
    for key, source, folder in case.lines("alias"):
        if source in (f"/al{number}", f"^/al{number}"):
            expected = Path(folder.removesuffix("/f.html") if key == "aliasmatch" else folder).name
            break
    answer = case.ask(f"/al{number}/f.html")
    return expected, re.sub(r"\W", "", answer.body) if answer.status == 200 and not case.fallback else expected


def _redirect(case: Case, number: int) -> Pair:
    expected = None
    for _, *words in case.lines("redirect"):
        source, aim = words[-2:]
        if source in (f"/re{number}", f"^/re{number}"):
            expected = aim
            break
    return expected, case.ask(f"/re{number}").headers.get("location")


def _proxy(case: Case, number: int) -> Pair:
    found = (aim for _, source, aim in case.lines("proxypass") if source == f"/pp{number}")
    expected = next(found, None)
    return expected and "/" + expected.rpartition("/")[2], case.ask(f"/pp{number}").headers.get("x-echo")


def _rewrite(case: Case, number: int) -> Pair:
    host = next((one.words for one in effective(case.host, None, ("rewriteengine",))), None)
    found = (words[2] for words in case.lines("rewrite") if words[1] == f"^/rw{number}$")
    expected = next(found, None) if host == ("on",) else None
    return expected, case.ask(f"/rw{number}").headers.get("location")


def _logs(case: Case) -> Pair:
    mark = f"mark{case.port}"
    case.ask("/f.html", headers={"X-Mark": mark})
    expected = set()
    found = case.get("customlog")
    for line in found.lines if found is not None else ():
        path, nickname = line.directive.values
        formats = effective(line.layer.host, None, ("logformat",))  # the formats of where the line stands
        form = next(one.words for one in formats if one.part == nickname)
        expected.add((Path(path).name, (form or ("",))[0].split()[0]))
    return expected, _logged(case.root, mark, len(expected))


def _logged(root: Path, mark: str, wanted: int) -> set[tuple[str, str]]:
    """The log files that speak of a URL, with the line's first word; the line comes after the answer."""
    found: set[tuple[str, str]] = set()
    for _ in range(100):
        for file in root.glob("log.*"):
            lines = (line.split() for line in file.read_text().splitlines())
            found |= {(file.name, words[0]) for words in lines if mark in words}
        if len(found) >= wanted:
            break
        time.sleep(0.02)
    return found


def _request_headers(case: Case) -> Pair:
    value = ""
    for _, action, _, *rest in case.lines("requestheader"):
        added = f"{value}, {rest[0]}" if action == "append" and value else "".join(rest)
        value = added if action != "unset" else ""
    return value, case.page.headers.get("x-seen", "")


def _expires(case: Case) -> Pair:
    on = case.word("expiresactive", "off") == "on"
    seconds = (case.words("expiresbytype", "text/html") or case.words("expiresdefault"))[-1:]
    return f"max-age={seconds[0][1:]}" if on and seconds else None, case.page.headers.get("cache-control")


def _substitute(case: Case) -> Pair:
    text = PAGE
    for _, pattern in case.lines("substitute"):
        _, old, new, _ = pattern.split("/")
        text = text.replace(old, new)
    return text, case.page.body


def _path_info(case: Case) -> Pair:
    on = case.word("acceptpathinfo", "default") == "on"
    return on, case.ask("/f.html/more").status == 200 if not case.fallback else on


def _slash(case: Case) -> Pair:
    return case.word("directoryslash", "on") == "on", case.ask("/list").status == 301


def _not_found(case: Case) -> Pair:
    words = case.words("errordocument", "404")
    expected = words[1] if words else None
    body = case.missing.body
    return (None if case.fallback else expected), body if case.missing.status == 404 and "<html>" not in body else None


def _ignored(case: Case) -> Pair:
    patterns = {word for _, *words in case.lines("indexignore") for word in words}
    hidden = {"f.html": "f.*", "g.txt": "g.txt", "h.css": "*.css"}
    shown = {name for name in hidden if f'href="{name}"' in case.listing.body}
    expected = {name for name, pattern in hidden.items() if pattern not in patterns}
    return expected, expected if case.fallback else shown


def _look(case: Case) -> Pair:
    words = {word.lower() for word in case.words("indexoptions")}
    fancy = "fancyindexing" in words
    expected = "table" if "htmltable" in words else "pre" if fancy else "ul"
    real = expected if case.fallback else re.search(r"<(table|pre|ul)>", case.listing.body)
    return expected, real if isinstance(real, str) else real and real[1]


def _language(case: Case) -> Pair:
    words = case.words("language", "css")
    return words[0] if words else None, case.ask("/h.css").headers.get("content-language")


def _charset(case: Case) -> Pair:
    words = case.words("charset", "css")
    found = re.search(r"charset=(\S+)", case.ask("/h.css").headers.get("content-type", ""))
    return words[0] if words else None, found and found[1]


def _browser(case: Case) -> Pair:
    found = [words[2].partition("=")[2] for words in case.lines("setenvif")]
    return (found or ["(null)"])[-1], case.page.headers["x-w"]


def _environment(case: Case) -> Pair:
    return "StdEnvVars" in case.words("ssloptions"), case.page.headers["x-tls"].startswith("TLS")


CHECKS: dict[str, Callable[[Case], Pair]] = {
    "KeepAlive, KeepAliveTimeout, MaxKeepAliveRequests": _keep_alive,
    "LimitRequestFieldSize": _field_size,
    "LimitRequestFields": _fields,
    "LimitRequestLine": _request_line,
    "TraceEnable": _trace,
    "ServerSignature, ServerAdmin": _signature,
    "Alias 1": lambda case: _alias(case, 1),
    "Alias 2": lambda case: _alias(case, 2),
    "Redirect 1": lambda case: _redirect(case, 1),
    "Redirect 2": lambda case: _redirect(case, 2),
    "ProxyPass 1": lambda case: _proxy(case, 1),
    "ProxyPass 2": lambda case: _proxy(case, 2),
    "RewriteRule 1": lambda case: _rewrite(case, 1),
    "RewriteRule 2": lambda case: _rewrite(case, 2),
    "CustomLog, LogFormat": _logs,
    "RequestHeader": _request_headers,
    "Expires": _expires,
    "Substitute": _substitute,
    "AcceptPathInfo": _path_info,
    "DirectorySlash": _slash,
    "ErrorDocument": _not_found,
    "IndexIgnore": _ignored,
    "IndexOptions": _look,
    "AddLanguage": _language,
    "AddCharset": _charset,
    "BrowserMatch": _browser,
    "SSLOptions": _environment,
}


@pytest.mark.parametrize("name", CHECKS)
def test_what_a_host_inherits(name: str, cases: list[Case]) -> None:
    pairs = [(case.port, *CHECKS[name](case)) for case in cases]
    assert [(port, said, real) for port, said, real in pairs if said != real] == []
    assert len({str(real) for _, _, real in pairs}) > 1
