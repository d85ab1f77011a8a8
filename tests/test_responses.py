"""Response headers: the model's against those that a running httpd sends."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from asking.live import HTTPD, MODULES
from test_server import serve

from sslint.server.requests.circle import circle
from sslint.server.responses import ResponseHeaders, headers_of, said_for
from sslint.server.sections import Where

LINES = """
Header always set X-Both always
Header set X-Both plain
Header always set X-Kept one
Header unset X-Kept
Header set X-Plain-Kept one
Header always unset X-Plain-Kept
Header set X-Gone one
Header unset X-Gone
Header setifempty X-First a
Header setifempty X-First b
Header append X-List a
Header append X-List b
Header merge X-List b
Header merge X-List c
Header add X-Twice a
Header add X-Twice b
Header edit X-Twice ^(.*)$ "$1; Secure"
Header set X-Every "a, b, c"
Header edit* X-Every "[ac]" "<$0&>"
Header always set X-Cookie "sid=1"
Header edit X-Cookie ^(.*)$ "$1; Secure"
Header always set X-Early e early
Header set X-Percent "100%%"
Header add X-Joined a
Header add X-Joined b
Header set X-Dollar "a.b"
Header edit X-Dollar "(a)\\.(b)" "$2\\$1$1"
<Location /place>
    Header always set X-Both place
    Header unset X-Twice
    Header append X-List place
</Location>
"""
CONF = """
ServerRoot {root}
PidFile {root}/httpd.pid
Listen 127.0.0.1:{port}
ServerName localhost
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule dir_module {modules}/mod_dir.so
DocumentRoot {root}/htdocs
ErrorLog {root}/error.log
"""
PORT = 8957


def fields(headers: ResponseHeaders, *, successful: bool) -> list[tuple[str, str]]:
    """The predicted fields, sorted by name, each header's in order."""
    names = {*headers.every, *headers.successful} if successful else set(headers.every)
    found = [(name, headers.of(name) if successful else headers.every[name]) for name in sorted(names)]
    return [(name, one.value or "?") for name, values in found for one in values]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A running server with LINES."""
    if not HTTPD or not MODULES.is_dir():
        pytest.skip("no httpd with its modules here")
    root = Path(tempfile.mkdtemp(prefix="sslint-"))
    for name in ("index.html", "place"):
        (root / "htdocs").mkdir(exist_ok=True)
        (root / "htdocs" / name).write_text("hello")
    root.chmod(0o755)
    conf = root / "httpd.conf"
    conf.write_text(CONF.format(root=root, port=PORT, modules=MODULES) + LINES)
    process = subprocess.Popen([HTTPD, "-d", root, "-f", conf, "-DFOREGROUND"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(50):
            try:
                ask(PORT, "/")
                break
            except OSError:
                time.sleep(0.1)
        yield PORT
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(root, ignore_errors=True)


def ask(port: int, path: str) -> list[tuple[str, str]]:
    """The X- fields of a response, sorted by name."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    found = [(name.lower(), value) for name, value in response.getheaders() if name.lower().startswith("x-")]
    connection.close()
    return sorted(found, key=lambda one: one[0])


@pytest.mark.parametrize(("path", "successful"), [("/", True), ("/missing", False), ("/place", True)])
def test_the_headers_are_those_of_httpd(path: str, successful: bool, port: int) -> None:
    host = serve(LINES).main
    where = Where(path, f"/srv{path}") if path == "/place" else None
    assert fields(headers_of(host, where), successful=successful) == ask(port, path)


def test_what_a_condition_gives_is_not_certain() -> None:
    headers = headers_of(serve('Header set X-A a\nHeader set X-A b env=B\nHeader set X-B b "expr=%{HTTPS}"').main)
    assert [(one.value, one.certain) for one in headers.of("x-a")] == [("a", True), ("b", False)]
    assert [one.certain for one in headers.of("x-b")] == [False]


def test_what_a_condition_takes_away_is_not_certain() -> None:
    headers = headers_of(serve("Header set X-A a\nHeader unset X-A env=B").main)
    assert [one.certain for one in headers.of("x-a")] == [False]


def test_hosts_without_lines_share_those_of_the_main_server() -> None:
    own = "Header set X-A b\n<Location /c>\nHeader add X-A c\n</Location>\n"
    hosts = f"<VirtualHost *:80>\n{own}</VirtualHost>\n<VirtualHost *:80>\nHeader unset X-A\n</VirtualHost>"
    server = serve(f"Listen 80\nHeader set X-A a\n{hosts}")
    assert [[line.text for line in said_for(host, "x-a")] for host in server.hosts] == [["a"], ["a", "b", "c"], ["a"]]


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ("ServerName a.example\nRedirect / http://a.example/", 1),
        ("ServerName a.example\nServerAlias b.example\nRedirect / http://b.example/", 1),
        ("ServerName a.example\nRedirect /x http://a.example/", 0),
        ("ServerName a.example\nRedirect / http://elsewhere.example/", 0),
        ("ServerName a.example\nRewriteEngine on\nRewriteCond %{HTTP_HOST} =a.example\n"
         "RewriteRule ^ http://b.example/ [R]\nServerAlias b.example", 0),
    ],
)  # fmt: skip
def test_circles_of_redirects(lines: str, count: int) -> None:
    server = serve(f"Listen 80\n<VirtualHost *:80>\n{lines}\n</VirtualHost>")
    assert len(circle(server.hosts[1], "/", tls=False)) == count
