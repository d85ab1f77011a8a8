"""Lines in force by host, and what a client gets that nobody knows."""

from __future__ import annotations

from sslint.configuration import expand
from sslint.files import MemoryFiles
from sslint.knowledge.targets import preset
from sslint.server import Server, Where, build
from sslint.server.in_force import in_force, is_overridden
from sslint.server.requests.stranger import served_file, serves, strangers_admission, strangers_answers

MAIN = "/etc/apache2/apache2.conf"


def server(text: str, role: str = "main") -> Server:
    return build(expand(MAIN, MemoryFiles({MAIN: text}), preset("debian-12"), role=role))  # type: ignore[arg-type]


HOSTS = """\
Listen 80
Timeout 5
<VirtualHost *:80>
ServerName a.test
</VirtualHost>
<VirtualHost *:80>
ServerName b.test
Timeout 7
</VirtualHost>
"""


def test_lines_in_force_come_with_the_hosts_that_they_rule() -> None:
    found = [(one.arguments[0].value, one.title) for one in in_force(server(HOSTS), "timeout")]
    assert found == [("5", "a.test (*:80)"), ("7", "b.test (*:80)")]


def test_what_nobody_says_is_known_of_a_whole_server_only() -> None:
    assert [one.directive for one in in_force(server("Listen 80\n"), "timeout")] == [None]
    assert in_force(server("KeepAlive on\n", "fragment"), "timeout") == []


def test_the_last_line_of_a_place_overrides() -> None:
    found = server("Listen 80\nTimeout 1\n<Location /a>\nOptions None\n</Location>\nTimeout 2\n")
    first, second = found.main.own["timeout"]
    assert is_overridden(found, first)
    assert not is_overridden(found, second)


DOCUMENTS = """\
Listen 80
DocumentRoot /srv/www
Alias /files /srv/files
<Files ".ht*">
Require all denied
</Files>
<Location /admin>
Require ip 192.0.2.0/24
</Location>
<Location /local>
Require local
</Location>
<Directory /srv/www/login>
AuthType Basic
AuthName x
AuthUserFile /etc/passwords
<LimitExcept GET>
Require valid-user
</LimitExcept>
</Directory>
"""


def test_a_stranger_is_on_no_network_and_has_no_login() -> None:
    host = server(DOCUMENTS).main
    assert serves(host, "/page.html")
    assert not serves(host, "/.htpasswd")
    assert not serves(host, "/admin/page.html")
    assert not serves(host, "/local/page.html")


def test_a_strangers_method_counts() -> None:
    found = server(DOCUMENTS)
    where = Where("/login/", "/srv/www/login")
    assert strangers_admission(found.main, where).status is None
    assert strangers_admission(found.main, where, "PUT").status == 401
    assert strangers_admission(found.main, where, "FOO").status == 401


def test_a_strangers_protocol_counts() -> None:
    text = (
        "Listen 80\nDocumentRoot /srv\nRewriteEngine on\nRewriteCond %{THE_REQUEST} !HTTP/1\\.1$\nRewriteRule ^ - [F]\n"
    )
    host = server(text).main
    assert [one.status for one in strangers_answers(host, "/x.html")] == [200]
    assert [one.status for one in strangers_answers(host, "/x.html", protocol="HTTP/2.0")] == [403]


def test_a_file_is_found_by_the_url_that_leads_to_it() -> None:
    found = server(DOCUMENTS)
    served = served_file(found, "/srv/files/users")
    assert served is not None
    assert served.url == "/files/users"
    assert served_file(found, "/srv/www/.htpasswd") is None
    assert served_file(found, "/etc/passwords") is None
