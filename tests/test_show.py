"""`sslint show`, and how a host is found by a name or URL."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import corpus
import pytest
from conftest import Run

from sslint.configuration import expand
from sslint.files import MemoryFiles
from sslint.knowledge.targets import DEFAULT, preset
from sslint.knowledge.versions import HttpdVersion
from sslint.reporters.view import View
from sslint.server import Server, build
from sslint.server.requests.asked import NotServedError, asked, hosts_called
from sslint.tls.defaults import default_words
from sslint.views.in_force import in_force
from sslint.views.show import ShowPicture
from sslint.views.show_data import place_data_of

Site = Callable[[str], Path]
MAIN = "/etc/apache2/apache2.conf"

SERVER = """\
#--- httpd.conf
ServerRoot {root}
Listen 80
Listen 443 https
SSLProtocol all -SSLv3
<Directory {root}/www>
AllowOverride FileInfo
Options -Indexes
</Directory>
Include sites/*.conf
<IfDefine Fast>
Timeout 1
</IfDefine>
#--- sites/www.conf
<VirtualHost *:443>
ServerName www.example.org
ServerAlias example.org *.example.net
DocumentRoot {root}/www
SSLEngine on
SSLProtocol -all +TLSv1.2
Header set X www
<Location /private>
SSLVerifyClient require
</Location>
<If "%{{HTTP_COOKIE}} == 'x'">
SSLVerifyClient none
</If>
</VirtualHost>
<VirtualHost *:443>
ServerName other.example.org
SSLEngine on
</VirtualHost>
<VirtualHost *:80>
ServerName www.example.org
</VirtualHost>
#--- www/.htaccess
Header set X htaccess
"""


@pytest.fixture
def main(site: Site, tmp_path: Path) -> Path:
    return site(SERVER.format(root=tmp_path)) / "httpd.conf"


def test_a_short_list_of_hosts(sslint: Run, main: Path) -> None:
    answer = sslint("show", str(main), cwd=main.parent)
    assert answer.returncode == 0
    titles = [line for line in answer.stdout.split("\n") if line and not line.startswith((" ", "read", "--"))]
    assert titles == [
        "the main server", "www.example.org (*:443)", "other.example.org (*:443)", "www.example.org (*:80)",
    ]  # fmt: skip
    assert "  sites/www.conf:1 ← included at httpd.conf:9\n" in answer.stdout


def test_one_host(sslint: Run, main: Path) -> None:
    answer = sslint("show", str(main), "--vhost", "www.example.org:443", cwd=main.parent)
    assert answer.returncode == 0
    assert (
        "  SSLProtocol -all +TLSv1.2\n"
        "      sites/www.conf:6 ← included at httpd.conf:9\n"
        "      not SSLProtocol all -SSLv3  httpd.conf:4\n"
        "          the virtual host overrides it\n"
    ) in answer.stdout
    assert "  Timeout 60\n" in answer.stdout.replace("TimeOut", "Timeout")
    assert "under <IfDefine Fast>" in answer.stdout
    assert "Location" not in answer.stdout


def test_a_directive_of_all_hosts(sslint: Run, main: Path) -> None:
    answer = sslint("show", str(main), "sslengine", "KeepAliveTimeout", cwd=main.parent)
    assert answer.stdout.count("  SSLEngine on\n") == 2
    assert answer.stdout.count("  SSLEngine off\n      default of httpd") == 2
    assert answer.stdout.count("  KeepAliveTimeout 5\n      default of httpd") == 4


def test_a_url_with_the_sections_that_apply(sslint: Run, main: Path) -> None:
    answer = sslint("show", str(main), "--url", "https://www.example.org/private/x", cwd=main.parent)
    text = answer.stdout
    assert answer.returncode == 0
    order = ["<Directory ", ".htaccess\n", "<Location /private>", "<If "]
    assert sorted(order, key=text.index) == order
    assert "  SSLVerifyClient require\n" in text
    assert "      but SSLVerifyClient none where <If" in text
    assert "    Header set X www\n" in text and "    Header set X htaccess\n" in text
    assert "  Options FollowSymLinks\n" in text


def test_a_url_with_its_answer(sslint: Run, main: Path) -> None:
    main.write_text(main.read_text() + "Redirect /old https://www.example.org/new\n")
    run = sslint("show", str(main), "--url", "http://www.example.org/old/x", cwd=main.parent)
    assert "  a GET from outside, without login, gets 302, by redirect to https://www.example.org/new/x\n" in run.stdout
    run = sslint("show", str(main), "--url", "https://www.example.org/gone", "--format", "json", cwd=main.parent)
    assert json.loads(run.stdout)["places"][0]["answer"]["status"] == 404
    run = sslint("show", str(main), "--url", "http://www.example.org/old/", "SSLProtocol", cwd=main.parent)
    assert "gets 302, by redirect to https://www.example.org/new/\n" in run.stdout


def test_conditions_about_the_url_are_known(sslint: Run, main: Path) -> None:
    conditions: dict[str, bool | None] = {
        "%{HTTPS} == 'on'": True,
        "%{REQUEST_URI} =~ m#^/a#": True,
        "%{HTTP_HOST} == 'other.example.org'": False,
        "%{REMOTE_ADDR} == '127.0.0.1'": None,
        "%{HTTP:X-Forwarded-Proto} == 'https'": None,
    }
    text = "".join(f'<If "{one}">\nLogLevel debug\n</If>\n' for one in conditions)
    main.write_text(main.read_text() + text)
    url = "https://www.example.org/a"
    run = sslint("show", str(main), "--url", url, "LogLevel", "--format", "json", cwd=main.parent)
    layers = json.loads(run.stdout)["places"][0]["layers"]
    found = {one["title"]: one["applies"] for one in layers}
    assert {one: found.get(f'<If "{one}">', False) for one in conditions} == conditions


def test_lines_for_some_methods(sslint: Run, main: Path) -> None:
    text = "<Location /a>\n<Limit POST PUT>\nRequire user x\nHeader set M 1\n</Limit>\n</Location>\n"
    main.write_text(main.read_text() + text)
    run = sslint("show", str(main), "--url", "http://www.example.org/a", "Require", "Header", cwd=main.parent)
    assert "  Require user x\n      httpd.conf:15, in <Location /a>, for <Limit POST PUT> only\n" in run.stdout
    assert "  Header set M 1\n      httpd.conf:16, in <Location /a>\n" in run.stdout


def test_htaccess_out_of_reach_is_told(sslint: Run, main: Path) -> None:
    main.write_text(main.read_text() + "Alias /far /var/far\n<Directory /var/far>\nAllowOverride All\n</Directory>\n")
    answer = sslint("show", str(main), "--url", "https://www.example.org/far/x/y", cwd=main.parent)
    assert answer.returncode == 0
    for path in ("/var/far", "/var/far/x"):
        assert f"  {path}/.htaccess counts too, if it is there: nobody looked\n" in answer.stdout
    assert "  /var/.htaccess" not in answer.stdout


def test_what_htaccess_must_not_hold(sslint: Run, main: Path) -> None:
    (main.parent / "www" / ".htaccess").write_text("Options +Indexes\n")
    answer = sslint("show", str(main), "--url", "https://www.example.org/", cwd=main.parent)
    assert "Options is not allowed there (line 1): every request is answered with 500" in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["SSLProtcol"], "no directive is called SSLProtcol; did you mean SSLProtocol?"),
        (["--vhost", "nobody"], "no virtual host is called nobody"),
        (["--url", "ftp://a/"], "is no URL"),
        (["--url", "https://[::1/"], "Invalid IPv6 URL"),
        (["--url", "https://a:99999/"], "ort"),
        (["--url", "https://www.example.org:8443/"], "the server does not listen to port 8443"),
        (["--url", "https://www.example.org:80/"], "the server speaks plain HTTP at port 80, by www.example.org"),
    ],
)
def test_what_cannot_be_shown(arguments: list[str], said: str, sslint: Run, main: Path) -> None:
    answer = sslint("show", str(main), *arguments, cwd=main.parent)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_htaccess_file_alone(sslint: Run, tmp_path: Path) -> None:
    (tmp_path / ".htaccess").write_text("Options +Indexes\nErrorDocument 404 /404.html\n")
    run = sslint("show", ".htaccess", cwd=tmp_path)
    assert run.returncode == 0
    assert "what that sets counts, too" in run.stdout
    assert "  ErrorDocument 404 /404.html\n      .htaccess:2\n" in run.stdout


def test_what_could_not_be_read_counts(sslint: Run, main: Path) -> None:
    main.write_text(main.read_text() + "Include gone.conf\n")
    answer = sslint("show", str(main), "--vhost", "main", "Listen", cwd=main.parent)
    assert answer.returncode == 2
    assert "Listen 443 https" in answer.stdout
    assert "gone.conf" in answer.stderr


def test_json_has_all_of_it(sslint: Run, main: Path) -> None:
    answer = sslint("show", str(main), "--format", "json", "--url", "https://www.example.org/private/", cwd=main.parent)
    document: dict[str, Any] = json.loads(answer.stdout)
    assert document["version"] == 1
    (place,) = document["places"]
    assert (place["host"], place["url"]) == ("www.example.org (*:443)", "https://www.example.org/private/")
    settings = {one["directive"]: one for one in place["settings"]}
    verify = settings["SSLVerifyClient"]
    assert (verify["value"], [one["text"] for one in verify["maybe"]]) == ("require", ["SSLVerifyClient none"])
    assert place["layers"][verify["lines"][0]["layer"]]["title"] == "<Location /private>"
    protocol = settings["SSLProtocol"]
    assert protocol["losers"][0]["by"]["text"] == "SSLProtocol -all +TLSv1.2"
    assert protocol["lines"][0]["via"] == [{"text": "Include sites/*.conf", "file": "httpd.conf", "line": 9}]


def test_json_of_a_server_with_hosts_has_them_all(sslint: Run, main: Path) -> None:
    document = json.loads(sslint("show", str(main), "--format", "json", cwd=main.parent).stdout)
    assert document["places"][0]["host"] == "the main server"
    assert len(document["places"]) == 4


def test_defaults(sslint: Run, main: Path) -> None:
    text = sslint("show", str(main), "--vhost", "main", "--defaults", "--target", "debian-12", cwd=main.parent).stdout
    assert "  SSLProtocol all -SSLv3\n      httpd.conf:4\n" in text
    assert "  SSLSessionTickets on\n      default of httpd 2.4." in text
    assert "  ServerTokens Full\n" in text


@pytest.mark.parametrize(
    ("target", "key", "expected"),
    [
        ("debian-12", "sslprotocol", "TLSv1 TLSv1.1 TLSv1.2 TLSv1.3"),
        ("rhel-9", "sslprotocol", "TLSv1.2 TLSv1.3"),
        ("debian-12", "options", "FollowSymlinks"),
        ("2.2", "options", "All"),
        ("2.2", "timeout", "300"),
        ("debian-12", "sslproxycheckpeercn", "on"),
        ("2.2", "sslproxycheckpeercn", "off"),
        ("debian-12", "documentroot", "/etc/apache2/htdocs"),
        ("debian-12", "serveradmin", None),
        ("debian-12", "startservers", None),
    ],
)
def test_default_values(target: str, key: str, expected: str | None) -> None:
    version = HttpdVersion.parse("2.2.34")
    chosen = DEFAULT.with_httpd(version) if target == "2.2" else preset(target)
    server = build(expand(MAIN, MemoryFiles({MAIN: ""}), chosen))
    assert default_words(server.main, key) == expected


# Finding hosts


def serve(text: str) -> Server:
    return build(expand(MAIN, MemoryFiles({MAIN: text}), DEFAULT))


HOSTS = serve(
    "ServerName main.example.org\nListen 80\nListen 443\nListen 8080\n"
    "<VirtualHost *:80>\nServerName a\nServerAlias *.a\n</VirtualHost>\n"
    "<VirtualHost *:80>\nServerName b\n</VirtualHost>\n"
    "<VirtualHost 10.0.0.1:80>\nServerName c\nServerAlias b.c\n</VirtualHost>\n"
    "<VirtualHost *:443>\nServerName a\nSSLEngine on\n</VirtualHost>\n"
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("main", [0]),
        ("main.example.org", [0]),
        ("a", [1, 4]),
        ("A:443", [4]),
        ("x.a", [1]),
        ("*:80", [1, 2]),
        ("10.0.0.1:80", [3]),
        ("b.c:80", [3]),
    ],
)
def test_hosts_by_what_they_are_called(text: str, numbers: list[int]) -> None:
    assert [HOSTS.hosts.index(host) for host in hosts_called(HOSTS, text)] == numbers


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("http://a/", 1),
        ("http://sub.A./", 1),
        ("http://b", 2),
        ("http://unknown/", 1),
        ("http://c/", 3),
        ("http://10.0.0.1/", 3),
        ("http://10.0.0.2/", 1),
        ("https://a/", 4),
        ("https://b/", 4),
        ("http://a:8080/", 0),
    ],
)
def test_the_host_of_a_url(url: str, number: int) -> None:
    assert HOSTS.hosts.index(asked(HOSTS, url).host) == number


@pytest.mark.parametrize(
    ("path", "mapped", "name"),
    [
        ("", "/srv", ""),
        ("/", "/srv", ""),
        ("/a/../b//c.html", "/srv/b/c.html", "c.html"),
        ("/a%20b/%2e%2e/x", "/srv/x", "x"),
        ("/docs/x", "/usr/share/doc/x", "x"),
        ("/docs/x/", "/usr/share/doc/x", ""),
        ("/app/x", None, ""),
    ],
)
def test_the_place_of_a_url(path: str, mapped: str | None, name: str) -> None:
    server = serve("Listen 80\nDocumentRoot /srv\nAlias /docs /usr/share/doc\nProxyPass /app http://127.0.0.1:1/\n")
    where = asked(server, f"http://a{path}").where
    assert (where.path and where.path.rstrip("/"), where.name) == (mapped, name)


def test_the_backend_of_a_url() -> None:
    server = serve("Listen 80\nProxyPass /app http://127.0.0.1:1/x\nProxyPass /app2/ http://127.0.0.1:2/\n")
    assert asked(server, "http://a/app/y").where.backend == "http://127.0.0.1:1/x/y"
    assert asked(server, "http://a/app2/y").where.backend == "http://127.0.0.1:2/y"


def test_no_host_raises() -> None:
    with pytest.raises(NotServedError):
        hosts_called(HOSTS, "a:81")


# Anything


@pytest.mark.skipif(not corpus.entries(), reason="no corpus here")
def test_whatever_stands_in_the_corpus_is_shown() -> None:
    for entry in corpus.entries()[::9]:
        if entry["role"] == "htaccess" or not entry.get("verdict"):
            continue
        server = build(corpus.read(entry))
        files = MemoryFiles(corpus.files(entry)[1])
        places = [in_force(host) for host in server.hosts[:4]]
        for host in server.hosts[:4]:
            try:
                found = asked(server, f"http://{host.name or 'localhost'}/a/b.html")
            except (NotServedError, ValueError):
                continue
            places.append(in_force(found.host, found, files=files))
        assert list(ShowPicture(server, View(), str).lines(places))
        json.dumps([place_data_of(place, str) for place in places])


def test_what_the_server_can_not_read_is_told(sslint: Run, main: Path) -> None:
    """The rest is shown all the same."""
    main.write_text(main.read_text() + "</Directory>\n")
    for command in ("show", "vhosts"):
        run = sslint(command, str(main), cwd=main.parent)
        assert run.returncode == 2
        assert "without matching <Directory> section" in run.stderr
        assert "www.example.org" in run.stdout
