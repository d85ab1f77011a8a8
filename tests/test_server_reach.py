"""By which ways content is reached without TLS, and what answers first."""

from __future__ import annotations

import pytest
from test_server import serve

from sslint.server import Reach, Where

LOGIN = "AuthType Basic\nRequire valid-user\n"


def exposed(text: str, *, role: str = "main") -> list[str]:
    """The sections with a login that plain HTTP reaches, as `argument by host`."""
    assert role == "main"
    reach = Reach(serve(text))
    return [
        f"{scope.argument} by {exposure.host.name or exposure.host.title}"
        for owner, scope in reach.scopes()
        if "authtype" in scope.directives
        for exposure in reach.exposures(owner, scope)
    ]


def plain(inside: str) -> str:
    return f"Listen 80\n<VirtualHost *:80>\nServerName p\n{inside}</VirtualHost>\n"


LOCATION = f"<Location /x>\n{LOGIN}</Location>\n"


@pytest.mark.parametrize(
    "line",
    [
        "Redirect / https://p/",
        "Redirect permanent /x https://p/x",
        "Redirect / http://other/",
        "Redirect gone /x",
        "RedirectMatch 404 ^/x",
        "RewriteEngine on\nRewriteRule ^ http://other%{REQUEST_URI} [R,L]",
        "Redirect 308 / https://p/",
        "RedirectMatch ^/(?!\\.well-known).* https://p/",
        "RedirectPermanent / https://p/",
        "RewriteEngine on\nRewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R]",
        "RewriteEngine on\nRewriteCond %{HTTPS} off\nRewriteRule (.*) https://p$1",
        "RewriteEngine on\nRewriteCond %{SERVER_NAME} =p [OR]\nRewriteCond %{SERVER_NAME} =q\nRewriteRule ^ https://p/",
        "RewriteEngine on\nRewriteCond %{HTTPS} !=on\nRewriteRule ^ - [F]",
        "RewriteEngine on\nRewriteCond %{REQUEST_URI} ^/x\nRewriteRule ^ https://p/",
        "RewriteEngine on\nRewriteCond %{HTTPS} !on\nRewriteRule ^ https://p/",
        "RewriteEngine on\nRewriteCond %{SERVER_PORT} !^443$\nRewriteRule ^ https://p/",
        "RewriteEngine on\nRewriteRule ^/y - [L]\nRewriteRule ^ https://p/",
        "RewriteEngine on\nRewriteCond %{REQUEST_FILENAME} -f\nRewriteRule ^ - [L]\nRewriteRule ^ https://p/",
        "SetEnvIf X-Forwarded-Proto https HTTPS=on",
        "RemoteIPHeader X-Forwarded-For",
    ],
)
def test_what_answers_first_or_ends_tls_in_front(line: str) -> None:
    assert exposed(plain(f"{line}\n{LOCATION}")) == []


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Redirect /y https://p/y",
        "Redirect /y http://other/",
        "RedirectMatch ^/y http://other/",
        "RewriteEngine on\nRewriteCond %{HTTP_HOST} !^p$\nRewriteRule ^ http://p%{REQUEST_URI} [R,L]",
        "RewriteEngine off\nRewriteRule ^ https://p/",
        "RewriteRule ^ https://p/",
        "RewriteEngine on\nRewriteCond %{REQUEST_URI} ^/y\nRewriteRule ^ https://p/",
        "RewriteEngine on\nRewriteRule ^/y https://p/",
        "RewriteEngine on\nRewriteRule \\.bak$ - [F]",
        "RewriteEngine on\nRewriteCond %{HTTPS} on\nRewriteRule ^ https://p/",
        "RewriteEngine on\nRewriteCond %{SERVER_PORT} =443\nRewriteRule ^ https://p/",
        "RewriteEngine on\nRewriteRule ^/x - [L]\nRewriteRule ^ https://p/",
        "SetEnvIf User-Agent x y",
    ],
)
def test_what_does_not(line: str) -> None:
    assert exposed(plain(f"{line}\n{LOCATION}")) == ["/x by p"]


@pytest.mark.parametrize(
    ("above", "inside", "reached"),
    [
        ("MDRequireHttps permanent\n", "", True),
        ("MDomain other\nMDRequireHttps permanent\n", "", True),
        ("MDomain p\nMDRequireHttps permanent\n", "", False),
        ("MDomain other q\nMDRequireHttps temporary\n", "ServerAlias q\n", False),
        ("MDomain p\nMDRequireHttps off\n", "", True),
        ("<MDomain p>\nMDRequireHttps temporary\n</MDomain>\n", "", False),
        ("MDRequireHttps permanent\n<MDomain p>\nMDRequireHttps off\n</MDomain>\n", "", True),
        ("MDomain p\n", "MDRequireHttps permanent\n", True),
    ],
)
def test_managed_domains(above: str, inside: str, reached: bool) -> None:
    assert bool(exposed(above + plain(inside + LOCATION))) is reached


def test_rewriting_is_inherited_on_request_only() -> None:
    rule = "RewriteEngine on\nRewriteRule ^ https://p/\n"
    assert exposed(rule + plain(LOCATION)) == ["/x by p"]
    assert exposed(rule + plain(f"RewriteEngine on\nRewriteOptions Inherit\n{LOCATION}")) == []


@pytest.mark.parametrize(
    ("lines", "reached"),
    [
        (f"<Location /x>\n{LOGIN}Redirect https://p/\n</Location>\n", False),
        (f"<Location /x>\n{LOGIN}Redirect 308 https://p/\n</Location>\n", False),
        (f"<Location /x>\n{LOGIN}Redirect gone\n</Location>\n", False),
        (f"<Location /x>\n{LOGIN}<If \"%{{HTTPS}} == 'off'\">\nRedirect https://p/\n</If>\n</Location>\n", False),
        (f"<If \"%{{HTTPS}} == 'off'\">\nRedirect https://p/\n</If>\n{LOCATION}", False),
        (f"<If \"%{{HTTPS}} == 'on'\">\nRedirect https://p/\n</If>\n{LOCATION}", True),
        (f"<Location /x>\n{LOGIN}Redirect /x https://p/\n</Location>\n", True),
        (f"<Location /x>\n{LOGIN}RedirectMatch ^ https://p/\n</Location>\n", True),
        (f"<Directory /srv/site/x>\n{LOGIN}Redirect https://p/\n</Directory>\nDocumentRoot /srv/site\n", True),
        (f"ProxyPass /x http://127.0.0.1:1/\nRedirect / https://p/\n{LOCATION}", True),
        (f"ProxyPass /x !\nProxyPass / http://127.0.0.1:1/\nRedirect / https://p/\n{LOCATION}", False),
        (f"ProxyPass /x http://127.0.0.1:1/\nRewriteEngine on\nRewriteRule ^ https://p/ [R]\n{LOCATION}", False),
    ],
)
def test_what_goes_before_what(lines: str, reached: bool) -> None:
    assert bool(exposed(plain(lines))) is reached


@pytest.mark.parametrize(
    ("inside", "httpd", "gets_in"),
    [
        ("SSLRequireSSL\nSatisfy Any\n", "2.4", True),
        ("SSLRequireSSL\nSatisfy Any\n", "2.2", False),
        ("SSLRequireSSL\nSatisfy Any\nSSLOptions +StrictRequire\n", "2.4", True),
        ("SSLRequireSSL\nSatisfy Any\nRequire all denied\n", "2.4", False),
        (f"SSLRequireSSL\nSatisfy Any\nSSLOptions +StrictRequire\n{LOGIN}", "2.4", False),
        (f"SSLRequireSSL\nSatisfy Any\nSSLOptions +StrictRequire\n{LOGIN}Deny from all\n", "2.4", True),
    ],
)
def test_satisfy_any_stands_in_for_tls(inside: str, httpd: str, gets_in: bool) -> None:
    server = serve(f"Listen 80\nDocumentRoot /srv\n<Location /x>\n{inside}</Location>\n", httpd)
    reach = Reach(server)
    assert reach.access(server.main, reach.mapper(server.main).where("/x")).lets_in(tls=False) is gets_in


DIRECTORY = f"<Directory /srv/site/private>\n{LOGIN}</Directory>\n"


@pytest.mark.parametrize(
    ("line", "reached"),
    [
        ("DocumentRoot /srv/site", True),
        ("DocumentRoot /srv/site/private/deep", True),
        ("DocumentRoot /srv/other", False),
        ("DocumentRoot /srv/other\nAlias /p /srv/site/private", True),
        ("DocumentRoot /srv/other\nAlias /p/ /srv/site/", True),
        ("DocumentRoot /srv/other\nScriptAlias /cgi /srv/site/private/cgi", True),
        ("DocumentRoot /srv/other\nAliasMatch ^/p/(.*) /srv/site/private/$1", True),
        ("DocumentRoot /srv/site\nProxyPass / http://127.0.0.1:1/", False),
        ("DocumentRoot /srv/site\nProxyPass /private !\nProxyPass / http://127.0.0.1:1/", True),
        ("DocumentRoot /srv/site\nProxyPassMatch ^/private http://127.0.0.1:1/", False),
        ("VirtualDocumentRoot /srv/site/%0", True),
        ("DocumentRoot /srv/site\nAlias /private /srv/other", False),
    ],
)
def test_ways_into_a_folder(line: str, reached: bool) -> None:
    assert exposed(plain(line + "\n") + DIRECTORY) == (["/srv/site/private by p"] if reached else [])


@pytest.mark.parametrize(
    ("section", "reached"),
    [
        (f"<LocationMatch ^/(a|b)/admin>\n{LOGIN}</LocationMatch>\n", True),
        (f"<Location ~ /admin>\n{LOGIN}</Location>\n", True),
        (f"<DirectoryMatch ^/srv/site/p>\n{LOGIN}</DirectoryMatch>\n", True),
        (f"<DirectoryMatch ^/elsewhere>\n{LOGIN}</DirectoryMatch>\n", False),
        (f'<Directory "/srv/*/private">\n{LOGIN}</Directory>\n', True),
        (f"<Files secret.html>\n{LOGIN}</Files>\n", True),
        (f"<Directory /srv/site>\n<Files x>\n{LOGIN}</Files>\n</Directory>\n", True),
        (f"<Directory /srv/site>\n<Limit GET>\n{LOGIN}</Limit>\n</Directory>\n", True),
        (f"<Location /.well-known/acme-challenge>\n{LOGIN}</Location>\n", False),
        ("<Location /x>\nAuthType None\nRequire valid-user\n</Location>\n", False),
    ],
)
def test_kinds_of_sections(section: str, reached: bool) -> None:
    reach = Reach(serve(plain("DocumentRoot /srv/site\n") + section))
    found = [
        exposure
        for owner, scope in reach.scopes()
        if "authtype" in scope.directives
        for exposure in reach.exposures(owner, scope)
        if exposure.access.asks_for_login
    ]
    assert bool(found) is reached


def test_loopback_alone_is_nobody_else() -> None:
    assert exposed(f"Listen 127.0.0.1:80\n<VirtualHost *:80>\n{LOCATION}</VirtualHost>\n") == []
    assert exposed(f"Listen [::1]:80\n{LOCATION}") == []
    assert exposed(f"Listen 80\n{LOCATION}") == ["/x by the main server"]


def test_a_hosts_own_section_is_reached_by_it_alone() -> None:
    text = plain("DocumentRoot /srv/site\n") + f"<VirtualHost *:80>\nServerName q\n{DIRECTORY}</VirtualHost>\n"
    assert exposed(text) == []
    assert exposed(text + "DocumentRoot /srv/site\n") == ["/srv/site/private by q"]


@pytest.mark.parametrize(
    ("outer", "inner", "gets_in"),
    [
        ("SSLRequireSSL", "", False),
        ("SSLRequireSSL", "Require all granted", False),
        ("Require ssl", "", False),
        ("Require ssl", "Require all granted", True),
        ("Require ssl", "AuthMerging And\nRequire valid-user", False),
        ("Deny from all", "Satisfy All", True),
        ("Deny from all", "Require all granted", False),
        ("Order allow,deny", "", False),
        ("Deny from all", "Allow from 127.0.0.1", True),
        ("", "Order deny,allow\nDeny from all\nAllow from 127.0.0.1", False),
        ("", "Require local", False),
        ("", "Require ip 127.0.0.1 ::1", False),
        ("", "Require ip 10.0.0.0/8", True),
        ("", "Require env HTTPS", False),
        ("", "Require expr %{REQUEST_SCHEME} == 'https'", False),
        ("", "Require expr %{HTTPS} != 'on'", True),
        ("", "<RequireAny>\nRequire ssl\nRequire ip 10.0.0.0/8\n</RequireAny>", True),
        ("", "<RequireAll>\nRequire not ip 10.0.0.1\nRequire ssl\n</RequireAll>", False),
        ("", "SSLRequireSSL off", False),
    ],
)
def test_scopes_laid_over_each_other(outer: str, inner: str, gets_in: bool) -> None:
    sections = f"<Directory /srv>\n{outer}\n</Directory>\n<Directory /srv/in>\n{inner}\n</Directory>\n"
    server = serve(f"Listen 80\nDocumentRoot /srv\n{sections}")
    reach = Reach(server)
    access = reach.access(server.main, reach.mapper(server.main).where("/in/x"))
    assert access.lets_in(tls=False) is gets_in


def test_locations_come_last_and_in_the_order_of_the_file() -> None:
    server = serve(
        "Listen 80\nDocumentRoot /srv\n<Location /a/b>\nRequire all denied\n</Location>\n"
        "<Location /a>\nRequire all granted\n</Location>\n<Directory /srv/a>\nRequire all denied\n</Directory>\n"
    )
    reach = Reach(server)
    assert reach.access(server.main, reach.mapper(server.main).where("/a/b")).lets_in(tls=False)


def section(inside: str) -> str:
    return plain(f"<Location /x>\nAuthType Basic\n{inside}</Location>\n")


def both(line: str) -> str:
    return f"<RequireAll>\nRequire valid-user\n{line}\n</RequireAll>\n"


def asked(text: str) -> list[bool]:
    """Whether plain requests to the sections with a login, as far as they get in, are asked for it."""
    reach = Reach(serve(text))
    return [
        exposure.access.asks_for_login
        for owner, scope in reach.scopes()
        if "authtype" in scope.directives
        for exposure in reach.exposures(owner, scope)
    ]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("Require valid-user\n", [True]),
        ("Require valid-user\nRequire all granted\n", [False]),
        ("Require valid-user\nRequire all denied\n", [True]),
        ("<RequireAll>\nRequire valid-user\nRequire all granted\n</RequireAll>\n", [True]),
        ("Require valid-user\nSatisfy any\n", [False]),
        ("Require valid-user\nSatisfy any\nSSLRequireSSL\n", [True]),
        ("Require valid-user\nSatisfy any\nDeny from all\n", [True]),
        ("Require valid-user\nSatisfy any\nOrder allow,deny\n", [True]),
        ("Require valid-user\nSatisfy any\nOrder allow,deny\nAllow from all\n", [False]),
        ("Require valid-user\nSatisfy any\nDeny from all\nAllow from all\n", [False]),
        ("Require valid-user\nSatisfy all\nAllow from all\n", [True]),
    ],
)
def test_who_is_asked_for_a_login(inside: str, expected: list[bool]) -> None:
    assert asked(section(inside)) == expected


@pytest.mark.parametrize(
    ("inside", "gets_in"),
    [
        (both("Require expr %{HTTPS} != 'on'"), True),
        (both("Require expr %{HTTPS} == 'on'"), False),
        (both("Require expr %{HTTPS} -strcmatch 'ON'"), False),
        (both("Require expr -n %{SSL_PROTOCOL}"), False),
        (both("Require not expr %{HTTPS} != 'on'"), False),
        (both("Require not ssl"), True),
        (both("<RequireNone>\nRequire expr %{HTTPS} != 'on'\n</RequireNone>"),
         False),
        (both("<RequireNone>\nRequire ip 192.0.2.1\n</RequireNone>"), True),
        ("<RequireAny>\nRequire valid-user\nRequire expr %{HTTPS} == 'on'\n</RequireAny>\n", True),
        ("Require valid-user\n<If \"%{HTTPS} != 'on'\">\nRequire all denied\n</If>\n", False),
        ("Require valid-user\n<If \"%{HTTPS} == 'on'\">\nRequire all denied\n</If>\n", True),
        ("Require valid-user\n<If \"%{HTTPS} == 'on'\">\nRequire user a\n</If>\n<Else>\nRequire all denied\n</Else>\n",
         False),
        ("Require valid-user\n<If \"%{HTTPS} != 'on' && %{REMOTE_ADDR} != '192.0.2.1'\">\nRequire all denied\n</If>\n",
         False),
        ("Require valid-user\n<If \"%{HTTPS} != 'on'\">\nRedirect / https://p/\n</If>\n", True),
    ],
)  # fmt: skip
def test_conditions_about_tls(inside: str, gets_in: bool) -> None:
    assert exposed(section(inside)) == (["/x by p"] if gets_in else [])


def test_a_location_for_all_paths_is_not_for_the_whole_urls_of_a_forward_proxy() -> None:
    (scope,) = serve("<Location />\n</Location>\n").main.own_scopes
    assert scope.covers(Where("/x", None))
    assert not scope.covers(Where("http://www.example.org/x", None))
