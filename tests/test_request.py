"""What a request is answered, with the steps to it, and by which ways content is reached."""

from __future__ import annotations

import pytest
from test_server import host, serve

from sslint.server import Server
from sslint.server.reach import Reach
from sslint.server.requests.request import Answer, Connection, Kind, Request, World, predict, respond
from sslint.server.requests.ways import reachable

BASE = "Listen 80\nListen 443\nDocumentRoot /srv\n"
FOLDERS = ("/", "/srv", "/srv/in")
FILES = World(lambda path: Kind.FOLDER if path in FOLDERS else Kind.FILE if path == "/srv/in/x.html" else Kind.MISSING)


def site(inside: str, tls: bool = False) -> Server:
    engine = "SSLEngine on\n" if tls else ""
    return serve(f"{BASE}<VirtualHost *:{443 if tls else 80}>\nServerName p\n{engine}{inside}</VirtualHost>\n")


def told(inside: str, url: str = "/in/x.html", *, tls: bool = False, user: str | None = None) -> Answer:
    return predict(host(site(inside, tls), "p"), url, tls=tls, user=user, world=FILES)


def test_the_steps_name_the_lines() -> None:
    answer = told("<Location /in>\nSSLRequireSSL\n</Location>\n")
    assert (answer.status, answer.by) == (403, "access")
    assert answer.directive is not None and answer.directive.key == "sslrequiressl"
    assert [step.text for step in answer.steps] == [
        "<Location /in> applies (/etc/apache2/apache2.conf:6)",
        "SSLRequireSSL decides: 403 (/etc/apache2/apache2.conf:7)",
    ]


@pytest.mark.parametrize(
    ("inside", "status", "by", "location"),
    [
        ("", 200, "file", ""),
        ("Redirect /in https://p/safe\n", 302, "redirect", "https://p/safe/x.html"),
        ("RedirectMatch 301 ^ https://p/\n", 301, "redirect", "https://p/"),
        (
            "RewriteEngine on\nRewriteRule ^/(.*) https://%{HTTP_HOST}/$1 [R=308]\n",
            308,
            "rewrite",
            "https://p/in/x.html",
        ),
        ("RewriteEngine on\nRewriteRule ^ - [F]\n", 403, "rewrite", ""),
        ("<Location />\nAuthType Basic\n</Location>\n", 500, "login", ""),
        ("<Location />\nAuthType Basic\nAuthName x\nRequire valid-user\n</Location>\n", 401, "login", ""),
        ("<Location />\nRequire valid-user\n</Location>\n", 500, "login", ""),
        ("<Location />\nSetHandler server-status\n</Location>\n", 200, "handler", ""),
    ],
)
def test_what_answers(inside: str, status: int, by: str, location: str) -> None:
    answer = told(inside)
    assert (answer.status, answer.by, answer.location) == (status, by, location)


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("<Location />\nRequire group staff\n</Location>\n", ""),
        ("<Location />\nRequire host example.org\n</Location>\n", "isn't known"),
        ("<Location />\nDeny from example.org\n</Location>\n", "host name"),
        ("<If \"%{HTTP_HOST} == file('/etc/name')\">\nRequire all denied\n</If>\n", "<If>"),
        ("ProxyPass / http://backend.invalid/\n", "backend"),
        ("RewriteEngine on\nRewriteRule ^/in ${map:$1} [L]\n", "depend"),
        ("UserDir public_html\n", ""),
        ("VirtualDocumentRoot /srv/%0\n", "VirtualDocumentRoot"),
    ],
)
def test_what_cannot_be_told_says_why(inside: str, why: str) -> None:
    answer = told(inside)
    if why:
        assert answer.status is None
        assert why in answer.why


def test_a_group_is_known_to_nobody_but_the_server() -> None:
    login = "<Location />\nAuthType Basic\nAuthName x\nRequire group staff\n</Location>\n"
    assert told(login).status == 401
    assert told(login, user="u").status is None


def test_what_is_there_counts_where_it_is_known() -> None:
    assert told("", "/none.html").status == 404
    assert told("", "/in").status == 301
    assert told("", "/in/x.html/more").status == 404
    assert told("", "/%zz").status == 400
    assert predict(host(site(""), "p"), "/none.html", tls=False).status == 200


def test_connections_that_never_make_a_request() -> None:
    server = serve(f"{BASE}<VirtualHost *:443>\nServerName t\nSSLEngine on\nSSLVerifyClient require\n</VirtualHost>\n")
    plain, tls = Connection(80), Connection(443, name="t")
    request = Request("/", True, host="t")
    assert respond(server, plain, request).by == "handshake"
    assert respond(server, Connection(8080), request).by == "connection"
    answer = respond(server, tls, request)
    assert answer.status is None and answer.directive is not None and answer.directive.key == "sslverifyclient"
    assert respond(server, tls, Request("/", False, host="t")).status == 400
    assert respond(server, tls, Request("/", True, host="t", certificate=True)).status == 200


@pytest.mark.parametrize(
    ("httpd", "name", "status"),
    [("2.4.71", "a", 421), ("2.4.71", "", 421), ("2.4.62", "a", 421), ("2.4.62", "", 200), ("2.4.16", "a", 400)],
)
def test_a_name_other_than_that_of_the_handshake(httpd: str, name: str, status: int) -> None:
    hosts = "".join(
        f"<VirtualHost *:443>\nServerName {one}\nSSLEngine on\nSSLCertificateFile /{one}.pem\n</VirtualHost>\n"
        for one in "ab"
    )
    answer = respond(serve(BASE + hosts, httpd), Connection(443, name=name), Request("/", True, host="b"))
    assert answer.status == status


@pytest.mark.parametrize(("policy", "status"), [("strict", 421), ("secure", 421), ("authonly", 200), ("insecure", 200)])
def test_the_policy_decides_what_is_another_host(policy: str, status: int) -> None:
    hosts = "".join(
        f"<VirtualHost *:443>\nServerName {one}\nSSLEngine on\nSSLCertificateFile /{one}.pem\n</VirtualHost>\n"
        for one in "ab"
    )
    server = serve(f"{BASE}SSLVHostSNIPolicy {policy}\n{hosts}", "2.4.71")
    assert respond(server, Connection(443, name="a"), Request("/", True, host="b")).status == status


def test_managed_domains_answer_first_and_keep_the_method() -> None:
    server = serve(
        "MDomain p\nMDRequireHttps permanent\n" + BASE + "<VirtualHost *:80>\nServerName p\n</VirtualHost>\n"
    )
    asked = [("GET", "/x"), ("POST", "/x"), ("GET", "/.well-known/acme-challenge/t")]
    answers = [predict(host(server, "p"), path, tls=False, method=method).status for method, path in asked]
    assert answers == [301, 308, 200]


WAYS = """\
<Directory /srv/private>
Require valid-user
</Directory>
<VirtualHost *:80>
ServerName a
Redirect /private https://a/private
Alias /p /srv/private
</VirtualHost>
<VirtualHost *:443>
ServerName a
SSLEngine on
ScriptAlias /run /srv/private/cgi
ProxyPass /back http://127.0.0.1:1/
<Location /status>
SetHandler server-status
</Location>
</VirtualHost>
"""


def ways(name: str = "", **what: str) -> list[str]:
    server = serve(BASE + WAYS)
    scope = next((one for _, one in Reach(server).scopes() if one.argument == name), None)
    return [
        f"{'TLS' if way.tls else 'plain'} {way.where.url} by {way.mapping}"
        + (f", but {way.target}" if way.first else "")
        for way in reachable(server, scope, **what)
    ]


def test_by_which_ways_a_folder_is_reached() -> None:
    assert ways("/srv/private") == [
        "plain /p by Alias",
        "plain /private by DocumentRoot, but https://a/private",
        "TLS /run by ScriptAlias",
        "TLS /private by DocumentRoot",
    ]
    assert ways(folder="/srv/private/cgi") == [
        "plain /p/cgi by Alias",
        "plain /private/cgi by DocumentRoot, but https://a/private/cgi",
        "TLS /run by ScriptAlias",
        "TLS /private/cgi by DocumentRoot",
    ]


def test_by_which_ways_a_url_is_answered() -> None:
    assert ways(url="/back/x") == ["plain /back/x by DocumentRoot", "TLS /back/x by ProxyPass"]
    assert ways("/status") == ["TLS /status by SetHandler"]
