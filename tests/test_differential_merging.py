"""Merged settings against the installed httpd: random nests of sections, asked by requests."""

from __future__ import annotations

import http.client
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest

from sslint.configuration import Configuration, expand
from sslint.files import DiskFiles, Kind
from sslint.knowledge.targets import DEFAULT
from sslint.server import Server, Where, build
from sslint.server.merging.effective import Effective, of_layers
from sslint.server.merging.layers import request_layers
from sslint.server.merging.requiring import Joined, requirements
from sslint.server.truth import holds

HTTPD = shutil.which("apache2") or shutil.which("httpd")
MODULES = Path("/usr/lib/apache2/modules")
pytestmark = pytest.mark.skipif(not (HTTPD and MODULES.is_dir()), reason="no httpd with its modules here")

LOADED = (
    "mpm_event authz_core authn_core authz_host access_compat alias rewrite dir setenvif env headers mime autoindex "
    "include expires filter substitute cgi"
).split()
PRELUDE = "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in LOADED)
CASES = 60
VARIABLES = ("V1", "V2", "V3")
TESTED = ("W1", "W2")
FOLDERS = ("", "a/", "a/b/")
PAGE = '<!--#echo var="DOCUMENT_NAME" --><!--#exec cmd="echo done" -->'
GRANT = "\nRequire all granted"
PAGES = ("f.html", "g.txt", "missing", "link.html", "")
OBSERVERS = "AddOutputFilter INCLUDES .html\n" + "".join(
    f'Header always set X-Env-{name} "%{{{name}}}e"\n' for name in VARIABLES + TESTED
)


class Answer(NamedTuple):
    """What a request brought back; header names in lower case, several of a name joined."""

    status: int
    headers: Mapping[str, str]
    body: str


# Random configurations


class Dice:
    """A generator of sections and lines; every value that it makes is different."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0

    def mark(self) -> str:
        self.count += 1
        return f"m{self.count}"

    def lines(self, most: int = 3, fewer: int = 0) -> str:
        """Some lines, without the last `fewer` kinds."""
        kinds = _LINES[: len(_LINES) - fewer]
        return "".join(self.random.choice(kinds)(self) + "\n" for _ in range(self.random.randint(1, most)))

    def case(self, root: str, name: str) -> str:
        """The sections about one tree of folders."""
        makers = (
            lambda: f"<Directory {root}/{name}/{self.random.choice(FOLDERS)}>\n{self.inner()}</Directory>\n",
            lambda: (
                f'<DirectoryMatch "{root}/{name}/{self.random.choice(FOLDERS)}">\n{self.lines()}</DirectoryMatch>\n'
            ),
            lambda: f"<Location /{name}/{self.random.choice(FOLDERS)}>\n{self.condition()}{self.lines()}</Location>\n",
            lambda: f'<LocationMatch "^/{name}/{self.random.choice(FOLDERS)}">\n{self.lines()}</LocationMatch>\n',
        )
        return "".join(self.random.choice(makers)() for _ in range(self.random.randint(2, 7)))

    def inner(self) -> str:
        """What stands in a folder's section: lines, sections in it, and AllowOverride now and then."""
        text = self.lines()
        if self.random.random() < 0.4:
            text = f"<Files {self.random.choice(('f.html', '*.html', 'g.txt', '*'))}>\n{self.lines()}</Files>\n{text}"
        if self.random.random() < 0.3:
            text += self.random.choice(("AllowOverride None\n", "AllowOverride All\n", "AllowOverride FileInfo\n"))
        return text + self.condition()

    def condition(self) -> str:
        if self.random.random() < 0.7:
            return ""
        text = f'<If "{self.random.choice(_CONDITIONS)}">\n{self.lines(2, 1)}'
        if self.random.random() < 0.3:
            text += f'<If "{self.random.choice(_CONDITIONS)}">\n{self.lines(1, 1)}</If>\n'
        text += "</If>\n"
        if self.random.random() < 0.4:
            text += f'<ElseIf "{self.random.choice(_CONDITIONS)}">\n{self.lines(1, 1)}</ElseIf>\n'
        return text + (f"<Else>\n{self.lines(1, 1)}</Else>\n" if self.random.random() < 0.4 else "")

    def signed(self, words: tuple[str, ...]) -> str:
        """Words that all have a sign, or none that has."""
        found = self.random.sample(words, self.random.randint(1, 3))
        signs = self.random.random() < 0.7
        return " ".join((self.random.choice("+-") if signs else "") + word for word in found)


_CONDITIONS = ("%{HTTPS} == 'on'", "%{HTTPS} != 'on'", "%{REQUEST_SCHEME} == 'http'", "true", "false")
_LINES: tuple[Callable[[Dice], str], ...] = (
    lambda dice: f"Header {dice.random.choice(('set', 'append', 'add', 'merge'))} X-H {dice.mark()}",
    lambda dice: f"Header {dice.random.choice(('set', 'append'))} X-G {dice.mark()}",
    lambda dice: f"Header unset X-{dice.random.choice('HG')}",
    lambda dice: f"SetEnv {dice.random.choice(VARIABLES)} {dice.mark()}",
    lambda dice: f"SetEnv {dice.random.choice(VARIABLES).lower()} {dice.mark()}",
    lambda dice: f"UnsetEnv {dice.random.choice(VARIABLES)}",
    lambda dice: "Options " + dice.signed(("Indexes", "FollowSymLinks", "MultiViews", "Includes", "IncludesNOEXEC")),
    lambda dice: f"Options {dice.random.choice(('All', 'None', '+Indexes', '-Indexes'))}",
    lambda dice: f'ErrorDocument {dice.random.choice((404, 403))} "{dice.mark()}"',
    lambda dice: f"DirectoryIndex {dice.random.choice(('disabled', 'f.html', 'g.txt', 'no.html f.html'))}",
    lambda dice: (
        f"AddType text/{dice.random.choice(('html', dice.mark()))} .{dice.random.choice(('html', 'txt', 'HTML'))}"
    ),
    lambda dice: f"RemoveType {dice.random.choice(('.html', 'txt'))}",
    lambda dice: f"AddDefaultCharset {dice.random.choice(('Off', dice.mark()))}",
    lambda dice: f"ForceType {dice.random.choice(('None', f'text/{dice.mark()}'))}",
    lambda dice: (
        "FileETag " + dice.random.choice(("INode", "Size", "None", "All", "+INode", "-MTime", "+MTime -INode"))
    ),
    lambda dice: f"SetEnvIf Request_URI . {dice.random.choice(TESTED)}={dice.mark()}",
    lambda dice: f"Require {dice.random.choice(('all granted', 'all granted', 'all denied'))}",
    lambda dice: f"AuthMerging {dice.random.choice(('Off', 'And', 'Or'))}" + dice.random.choice(("", GRANT, GRANT)),
    lambda dice: dice.random.choice(("Order deny,allow", "Deny from all", "Allow from all", "Order allow,deny")),
)
"""Makers of lines; the last is not allowed in `<If>`, the last three only in sections."""


@lru_cache(maxsize=1)
def written() -> Path:
    """The files of one server; its main file."""
    root = Path(tempfile.mkdtemp(prefix="sslint-"))
    root.chmod(0o755)
    www = root / "www"
    dice = Dice(20)
    port = _free_port()
    hosts = ["", "", ""]
    main = ""
    for number in range(CASES):
        name = f"t{number}"
        for folder in FOLDERS:
            (www / name / folder).mkdir(parents=True)
            (www / name / folder / "f.html").write_text("f" + PAGE)
            (www / name / folder / "g.txt").write_text("g\n")
            (www / name / folder / "link.html").symlink_to("f.html")
            if dice.random.random() < 0.3:
                (www / name / folder / ".htaccess").write_text(dice.lines())
        main += dice.case(str(www), name) if dice.random.random() < 0.5 else ""
        hosts[number % 3] += dice.case(str(www), name)
    text = (
        f"ServerRoot {root}\nPidFile {root}/pid\nErrorLog {root}/log\nServerName localhost\nMutex posixsem\n{PRELUDE}"
        f"Listen 127.0.0.1:{port}\nTypesConfig /dev/null\nDocumentRoot {www}\n{OBSERVERS}"
        f"{main}{dice.lines(6, 3)}<Directory {www}>\n{dice.lines()}</Directory>\n<Files g*>\n{dice.lines(2)}</Files>\n"
    )
    for number, body in enumerate(hosts):
        own = dice.lines(6, 3) + dice.condition() if number else ""
        text += f"<VirtualHost *:{port}>\nServerName h{number}\n{body}{own}</VirtualHost>\n"
    path = root / "httpd.conf"
    path.write_text(text)
    return path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def main() -> Iterator[Path]:
    """The main file of a running server."""
    path = written()
    pid = path.parent / "pid"
    subprocess.run([str(HTTPD), "-f", str(path)], check=True, timeout=60, capture_output=True)
    try:
        for _ in range(100):
            if pid.exists() and pid.read_text().strip():
                break
            time.sleep(0.05)
        yield path
    finally:
        os.kill(int(pid.read_text()), signal.SIGTERM)
        shutil.rmtree(path.parent, ignore_errors=True)


@lru_cache(maxsize=1)
def model(main: Path) -> Server:
    target = DEFAULT.replace(static_modules=DEFAULT.static_modules - {"mpm_event_module"})
    return build(expand(str(main), DiskFiles(), target, modules_certain=True))


def ask(main: Path, host: str, url: str) -> Answer:
    found = re.search(r"Listen 127.0.0.1:(\d+)", main.read_text())
    assert found
    connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=10)
    connection.request("GET", url, headers={"Host": host, "Connection": "close"})
    response = connection.getresponse()
    headers: dict[str, str] = {}
    for name, value in response.getheaders():
        headers[name.lower()] = f"{headers[name.lower()]}, {value}" if name.lower() in headers else value
    return Answer(response.status, headers, response.read().decode())


# What the model says


class Said:
    """The settings in force for a request, as the model has them."""

    def __init__(self, main: Path, host: str, url: str) -> None:
        server = model(main)
        self.host = next(one for one in server.hosts if one.name == host)
        self.url = url
        self.page = url.rpartition("/")[2]
        self.file = Path(f"{main.parent}/www{url}")
        where = Where(url, str(self.file), self.page)
        self.layers = request_layers(self.host, where, lambda text: holds(text, False), self._htaccess)
        self.found = of_layers(self.host, self.layers)
        self.refused = any(layer.refused for layer in self.layers)

    def _htaccess(self, path: str) -> Configuration | None:
        files = DiskFiles()
        if files.kind(path) is not Kind.FILE:
            return None
        return expand(path, files, self.host.server.target, role="htaccess")

    def get(self, group: str, part: str = "") -> Effective | None:
        wanted = [one for one in self.found if one.rule.group == group and one.part.lower().lstrip(".") == part]
        assert len(wanted) < 2
        return wanted[0] if wanted else None

    def words(self, group: str, part: str = "") -> tuple[str, ...] | None:
        found = self.get(group, part)
        return None if found is None else found.words

    def lines(self, group: str) -> list[list[str]]:
        found = self.get(group)
        return [[line.directive.key, *line.directive.values] for line in found.lines] if found else []

    def header(self, name: str) -> str | None:
        values: list[str] = []
        for _, action, header, *value in self.lines("header"):
            if header != name or action == "always":
                continue
            if action == "add" or (action in ("append", "merge") and not values):
                values += value
            elif action in ("append", "merge"):
                values[0] += f", {value[0]}"
            else:
                values = value
        return ", ".join(values) or None

    def variable(self, name: str) -> str:
        words = self.words("env", name.lower())
        found = "(null)" if words is None else words[1]
        for line in self.lines("setenvif"):
            found = line[3].partition("=")[2] if line[3].startswith(f"{name}=") else found
        return found

    @property
    def open(self) -> bool:
        """Whether a request gets as far as to content."""
        return self.gets_in() and not self.refused

    def gets_in(self) -> bool:
        allow = deny = False
        order = "deny,allow"
        for key, *words in self.lines("access"):
            order = words[0] if key == "order" else order
            allow, deny = allow or key == "allow", deny or key == "deny"
        listed = (allow or not deny) if order == "deny,allow" else (allow and not deny)
        return listed and self._required()

    def _required(self) -> bool:
        required = self.get("require")
        joined = requirements(self.layers, required.lines) if required else None
        return joined is None or _granted(joined)

    def content_type(self) -> str | None:
        forced = self.words("forcetype") or ("None",)
        mapped = self.words("type", self.page.partition(".")[2])
        found = mapped[0] if mapped else None
        if forced != ("None",):
            found = forced[0]
        charset = (self.words("adddefaultcharset") or ("Off",))[0]
        return f"{found};charset={charset}" if found == "text/html" and charset != "Off" else found

    def etag(self) -> str | None:
        status = self.file.stat()
        parts = {"inode": status.st_ino, "size": status.st_size, "mtime": status.st_mtime_ns // 1000}
        wanted = {word.lower() for word in self.words("fileetag") or ("MTime", "Size")}
        return "-".join(f"{number:x}" for name, number in parts.items() if name in wanted) or None

    def page_text(self) -> str:
        options = self.options
        if "Includes" in options:
            return "ff.htmldone\n"
        return f"ff.html{ERROR}" if "IncludesNOEXEC" in options else f"f{PAGE}"

    @property
    def options(self) -> tuple[str, ...]:
        return self.words("options") or ("FollowSymLinks",)

    def follows_links(self) -> bool:
        """What counts are the folders' options: the other sections are laid over them after the look at the file."""
        folders = [one for one in self.layers if one.scope is None or one.scope.kind == "directory"]
        found = next((one for one in of_layers(self.host, folders) if one.key == "options"), None)
        return found is None or "FollowSymLinks" in (found.words or ())

    def error(self, status: int) -> str | None:
        words = self.words("errordocument", str(status))
        return words[1] if words else None


def _granted(joined: Joined) -> bool:
    if joined.kind == "any":
        return any(line.directive.values == ["all", "granted"] for line in joined.lines)
    return (all if joined.kind == "and" else any)(map(_granted, joined.parts))


class Case(NamedTuple):
    """A request with its answer, and what the model says of it."""

    url: str
    answer: Answer
    said: Said

    @property
    def served(self) -> bool:
        return self.answer.status == 200


ERROR = "[an error occurred while processing this directive]"


@pytest.fixture(scope="module")
def cases(main: Path) -> list[Case]:
    found = []
    for number in range(CASES):
        host = f"h{number % 3}"
        for folder in FOLDERS:
            for page in PAGES:
                url = f"/t{number}/{folder}{page}"
                found.append(Case(url, ask(main, host, url), Said(main, host, url)))
    return found


def files(cases: list[Case]) -> list[Case]:
    """Those of plain files that are served."""
    found = [case for case in cases if case.said.page in ("f.html", "g.txt") and case.served]
    assert len(found) > CASES
    return found


def compare(found: Sequence[tuple[Case, object, object]]) -> None:
    """All pairs must be equal, and not all be the same."""
    assert not [(case.url, said, real) for case, said, real in found if said != real]
    assert len({str(real) for _, _, real in found}) > 1


@pytest.mark.parametrize("name", ["X-H", "X-G"])
def test_headers(name: str, cases: list[Case]) -> None:
    compare([(case, case.said.header(name), case.answer.headers.get(name.lower())) for case in files(cases)])


@pytest.mark.parametrize("name", VARIABLES + TESTED)
def test_the_environment(name: str, cases: list[Case]) -> None:
    observer = f"x-env-{name.lower()}"
    compare([(case, case.said.variable(name), case.answer.headers.get(observer)) for case in files(cases)])


def test_what_htaccess_may_hold(cases: list[Case]) -> None:
    compare([(case, case.said.refused, case.answer.status == 500) for case in cases])


def test_who_gets_in(cases: list[Case]) -> None:
    plain = [case for case in cases if case.said.page in ("f.html", "g.txt", "missing") and not case.said.refused]
    compare([(case, case.said.gets_in(), case.answer.status != 403) for case in plain])


def test_types(cases: list[Case]) -> None:
    def real(case: Case) -> str | None:
        found = case.answer.headers.get("content-type")
        return None if found is None else found.replace("; ", ";")

    compare([(case, case.said.content_type(), real(case)) for case in files(cases)])


def test_etags(cases: list[Case]) -> None:
    def real(case: Case) -> str | None:
        found = case.answer.headers.get("etag")
        return None if found is None else found.removeprefix("W/").strip('"')

    compare([(case, case.said.etag(), real(case)) for case in files(cases) if case.said.page == "g.txt"])


def test_includes(cases: list[Case]) -> None:
    pages = [case for case in files(cases) if case.said.page == "f.html"]
    compare([(case, case.said.page_text(), case.answer.body) for case in pages])


@pytest.mark.parametrize("status", [403, 404])
def test_error_documents(status: int, cases: list[Case]) -> None:
    def real(case: Case) -> str | None:
        return None if "<html>" in case.answer.body else case.answer.body

    failed = [case for case in cases if case.answer.status == status and case.said.page != "link.html"]
    failed = [case for case in failed if case.said.page]
    compare([(case, case.said.error(status), real(case)) for case in failed])


def test_links(cases: list[Case]) -> None:
    links = [case for case in cases if case.said.page == "link.html" and case.said.open]
    compare([(case, case.said.follows_links(), case.served) for case in links])


def test_folders(cases: list[Case], main: Path) -> None:
    """A folder brings its index, a listing, or nothing."""
    found = []
    for case in cases:
        if case.said.page or not case.said.open:
            continue
        index = case.said.get("directoryindex")
        names = [word for line in index.lines for word in line.directive.values] if index else ["index.html"]
        names = [name for name in names if (case.said.file / name).exists()]
        if names:
            inner = Said(main, case.said.host.name, case.url + names[0])
            found.append((case, inner.gets_in(), case.served and "Index of" not in case.answer.body))
        else:
            found.append((case, "Indexes" in case.said.options, "Index of" in case.answer.body))
    compare(found)
