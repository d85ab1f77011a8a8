"""The merge rules, and the settings in force that they lead to."""

from __future__ import annotations

import pytest

from sslint import data
from sslint.configuration import Configuration, expand
from sslint.configuration.model import Directive
from sslint.files import MemoryFiles
from sslint.knowledge.directives import directives
from sslint.knowledge.targets import DEFAULT
from sslint.knowledge.versions import NEWEST, HttpdVersion
from sslint.server import Default, Inherited, Server, Unknown, Where, build
from sslint.server.merging.effective import Effective, effective
from sslint.server.merging.fold import FOLDS
from sslint.server.merging.layers import request_layers
from sslint.server.merging.merge import merging
from sslint.server.truth import holds

MAIN = "/etc/apache2/apache2.conf"
ROWS = [line.split("\t") for line in data.read("merging.txt").split("\n") if line and not line.startswith("#")]


def serve(text: str, httpd: str = "2.4") -> Server:
    return build(expand(MAIN, MemoryFiles({MAIN: text}), DEFAULT.replace(httpd=HttpdVersion.parse(httpd))))


def setting(text: str, key: str, where: Where | None = None, httpd: str = "2.4", host: int = -1) -> Effective:
    server = serve(text, httpd)
    found = effective(server.hosts[host], where, (key,), truth=lambda condition: holds(condition, False))
    assert len(found) == 1
    return found[0]


def lines(one: Effective) -> list[str]:
    return [line.directive.text for line in one.lines]


# The table


def test_every_row_names_known_directives_once_with_its_source() -> None:
    names = [name for row in ROWS for name in row[5].split()]
    assert len(names) == len({name.lower() for name in names})
    spelled = [facts.name for name in names if (facts := directives().lookup(name, section=False)) is not None]
    assert spelled == names
    assert all(row[4] for row in ROWS)


def test_every_word_of_the_rows_has_a_meaning() -> None:
    merges = {row[2].partition(":")[0] for row in ROWS}
    assert merges <= {*FOLDS, "key", "flags", "authz", "none", "rewrite", "rewrite-engine", "table"}
    assert {row[0] for row in ROWS} <= {"server", "directory", "either", "rounds", "proxy", "global", "-"}


def test_every_directive_of_mod_ssl_has_a_row() -> None:
    listed = {name.lower() for row in ROWS for name in row[5].split()}
    mine = {facts.name for facts in directives() if facts.modules(NEWEST) == ("mod_ssl",) and not facts.is_section}
    policies = {name for name in mine if "Policy" in name and name != "SSLVHostSNIPolicy"}
    assert {name for name in mine - policies if name.lower() not in listed} == set()


@pytest.mark.parametrize(
    ("key", "httpd", "record", "merge"),
    [
        ("sslengine", "2.4.66", "server", "override"),
        ("sslengine", "2.2.34", "server", "none"),
        ("sslproxyverify", "2.4.66", "directory", "override"),
        ("sslproxyverify", "2.4.29", "server", "override"),
        ("satisfy", "2.4.66", "directory", "replace"),
        ("satisfy", "2.2.34", "directory", "override"),
        ("require", "2.2.34", "directory", "override"),
        ("h2direct", "2.4.66", "server", "override"),
        ("startservers", "2.4.66", "global", "override"),
        ("cookietracking", "2.4.66", "directory", "override"),
        ("nobodyknowsthis", "2.4.66", "directory", "override"),
    ],
)
def test_rules(key: str, httpd: str, record: str, merge: str) -> None:
    rule = merging().rule(key, HttpdVersion.parse(httpd))
    assert (rule.record, rule.merge) == (record, merge)


# What they lead to

HOST = "{above}\n<VirtualHost *:443>\n{inside}\n</VirtualHost>\n"
INHERITED = [
    ("SSLProtocol all", "", "all"),
    ("SSLProtocol all", "SSLProtocol TLSv1.2\nSSLProtocol TLSv1.3", "TLSv1.3"),
    ("SSLOptions +StdEnvVars", "SSLOptions +FakeBasicAuth", "StdEnvVars FakeBasicAuth"),
    ("SSLOptions +StdEnvVars", "SSLOptions FakeBasicAuth", "FakeBasicAuth"),
    ("SSLOptions StdEnvVars ExportCertData", "", "ExportCertData"),
    ("SSLOptions StdEnvVars", "SSLOptions -StdEnvVars", "None"),
    ("Options All", "Options -Indexes", "Includes FollowSymLinks ExecCGI"),
    ("Options Includes", "Options +IncludesNOEXEC", "IncludesNOEXEC"),
    ("", "Options +Indexes", "Indexes FollowSymLinks"),
    ("LogLevel warn ssl:debug", "LogLevel mod_ssl.c:info", "warn mod_ssl.c:info"),
    ("LogLevel warn ssl:debug", "LogLevel error", "error"),
    ("IndexOptions FancyIndexing", "IndexOptions +HTMLTable -FancyIndexing", "HTMLTable"),
    ("IndexOptions HTMLTable", "IndexOptions +IgnoreCase\nIndexOptions FancyIndexing\nIndexOptions NameWidth=*",
     "FancyIndexing NameWidth=*"),
    ("IndexOptions -HTMLTable", "IndexOptions +HTMLTable +IgnoreCase", "IgnoreCase"),
    ("IndexOptions -HTMLTable\nIndexOptions +HTMLTable", "IndexOptions +IgnoreCase", "HTMLTable IgnoreCase"),
    ("FileETag All", "FileETag -INode", "MTime Size"),
]  # fmt: skip


@pytest.mark.parametrize(("above", "inside", "expected"), INHERITED)
def test_values(above: str, inside: str, expected: str) -> None:
    key = (inside or above).split()[0].lower()
    one = setting(HOST.format(above=above, inside=inside), key)
    assert " ".join(one.words or ()) == expected


LISTS = [
    ("Header set A 1", "Header set B 2", ["set A 1", "set B 2"]),
    ("Alias /a /x", "Alias /b /y", ["/b /y", "/a /x"]),
    ("ProxyPass /a http://x/", "ProxyPass /b http://y/", ["/a http://x/", "/b http://y/"]),
    ("CustomLog a b", "CustomLog c d\nCustomLog e f", ["c d", "e f"]),
    ("CustomLog a b", "TransferLog c", ["c"]),
    ("SSLOpenSSLConfCmd Curves X25519", "SSLOpenSSLConfCmd Options X", ["Curves X25519", "Options X"]),
    ("SSLCertificateFile a\nSSLCertificateFile b", "SSLCertificateFile c", ["c", "b"]),
    ("ServerAlias a", "ServerAlias b\nServerAlias c", ["b", "c"]),
    ("DirectoryIndex a", "DirectoryIndex b\nDirectoryIndex c d", ["b", "c d"]),
    ("DirectoryIndex a", "DirectoryIndex b\nDirectoryIndex disabled", ["disabled"]),
    ("RewriteEngine on\nRewriteRule a b", "RewriteRule c d", ["c d"]),
    ("RewriteRule a b", "RewriteRule c d\nRewriteOptions InheritBefore", ["a b", "c d"]),
    ("RewriteRule a b\nRewriteOptions InheritDown", "RewriteRule c d", ["c d", "a b"]),
]


@pytest.mark.parametrize(("above", "inside", "expected"), LISTS)
def test_lists(above: str, inside: str, expected: list[str]) -> None:
    one = setting(HOST.format(above=above, inside=inside), inside.split(maxsplit=1)[0].lower())
    assert lines(one) == expected


def test_tables_have_an_entry_for_each_key() -> None:
    server = serve(
        HOST.format(above='ErrorDocument 404 "a"\nErrorDocument 403 "b"\nSetEnv X 1', inside="UnsetEnv x\nPassEnv Y")
    )
    found = {(one.key, one.part): one.words for one in effective(server.hosts[1])}
    assert found["errordocument", "403"] == ("403", "b")
    assert found["unsetenv", "x"] is None
    taken = next(one for one in effective(server.hosts[1]) if one.part == "x")
    assert [line.directive.name for line in taken.lines] == ["UnsetEnv"]
    assert [(loser.line.directive.name, loser.why) for loser in taken.losers] == [
        ("SetEnv", "the virtual host overrides it")
    ]
    assert found["passenv", "Y"] == ("Y",)
    suites = setting("SSLCipherSuite HIGH\nSSLCipherSuite SSL LOW\n", "sslciphersuite")
    assert (suites.part, suites.words, len(suites.losers)) == ("SSL", ("SSL", "LOW"), 1)


def test_a_host_without_a_line_of_mod_rewrite_does_not_rewrite() -> None:
    one = setting(HOST.format(above="RewriteEngine on", inside="ServerName a"), "rewriteengine")
    assert one.words is None
    assert "mod_rewrite" in one.losers[0].why
    assert setting(HOST.format(above="RewriteEngine on", inside="RewriteRule a b"), "rewriteengine").words == ("on",)


def test_2_2_does_not_hand_ssl_engine_on() -> None:
    one = setting(HOST.format(above="SSLEngine on", inside="ServerName a"), "sslengine", httpd="2.2")
    assert [line.directive.text for line in one.lines] == []
    assert "not inherited" in one.losers[0].why


def test_origins() -> None:
    text = HOST.format(above="SSLProtocol all", inside="SSLVerifyDepth 2")
    assert isinstance(setting(text, "sslprotocol").origin, Inherited)
    assert isinstance(setting(text, "sslverifydepth").origin, Directive)
    assert isinstance(setting(text, "timeout").origin, Default)
    fragment = build(expand(MAIN, MemoryFiles({MAIN: "SSLProtocol all\n"}), DEFAULT, role="fragment"))
    assert isinstance(effective(fragment.main, None, ("timeout",))[0].origin, Unknown)


def test_a_line_under_a_condition_that_counts_as_false_loses() -> None:
    one = setting("Timeout 5\n<IfDefine Fast>\nTimeout 1\n</IfDefine>\n", "timeout", host=0)
    assert lines(one) == ["5"]
    assert [loser.line.directive.text for loser in one.losers] == ["1"]


# Requests

TREE = """\
DocumentRoot /srv
<Location /a>
Header set X location
</Location>
<DirectoryMatch ^/srv/a/b>
Header set X deep-pattern
</DirectoryMatch>
<DirectoryMatch ^/srv>
Header set X pattern
</DirectoryMatch>
<Files *.html>
Header set X files
</Files>
<Directory /srv/a>
Header set X inner
<Files f.html>
Header set X inner-files
</Files>
<If "true">
Header set X inner-if
</If>
</Directory>
<Directory /srv>
Header set X outer
</Directory>
<If "%{HTTPS} == 'on'">
Header set X tls
</If>
<Else>
Header set X plain
</Else>
"""


def test_the_order_of_the_walks() -> None:
    one = setting(TREE, "header", Where("/a/b/f.html", "/srv/a/b/f.html", "f.html"), host=0)
    assert [text.split()[-1] for text in lines(one)] == [
        "outer", "inner", "pattern", "deep-pattern", "files", "inner-files", "location", "plain", "inner-if",
    ]  # fmt: skip


def test_conditions_inside_conditions_come_last() -> None:
    text = (
        '<If "true">\nHeader set X one\n<If "true">\nHeader set X inside\n</If>\n'
        '<If "%{HTTP_COOKIE} == \'x\'">\n<If "true">\nHeader set X perhaps\n</If>\n</If>\n</If>\n'
        '<If "true">\nHeader set X two\n</If>\n'
    )
    one = setting(text, "header", Where("/", "/srv", ""), host=0)
    assert [line.directive.values[-1] for line in one.lines] == ["one", "two", "inside", "perhaps"]
    assert [line.layer.truth for line in one.lines] == [True, True, True, None]


def test_a_backend_has_no_folders() -> None:
    text = TREE + "<Proxy http://b>\nHeader set X proxy\n</Proxy>\n"
    one = setting(text, "header", Where("/a/b", None, backend="http://b/"), host=0)
    assert [text.split()[-1] for text in lines(one)] == ["proxy", "location", "plain"]


@pytest.mark.parametrize(
    ("header", "backend", "applies"),
    [
        ("<Proxy *>", "http://b/x", True),
        ("<Proxy http://b/x>", "http://b/x/y", True),
        ("<Proxy http://b/x>", "http://b/y", False),
        ("<Proxy http://?/x/*>", "http://b/x/y", True),
        ("<Proxy http://b/x*z>", "http://b/x/y", False),
        ("<ProxyMatch y$>", "http://b/x/y", True),
        ("<ProxyMatch ^x>", "http://b/x/y", False),
    ],
)
def test_sections_about_backends(header: str, backend: str, applies: bool) -> None:
    name = header[1:].split(maxsplit=1)[0]
    server = serve(f"{header}\nProxyPreserveHost on\n</{name}>\n")
    layers = request_layers(server.main, Where("/x/y", None, backend=backend))
    assert (len(layers) == 2) is applies


def test_what_depends_on_the_request_may_yet_win() -> None:
    text = "SSLVerifyClient none\n<If \"%{HTTP_COOKIE} == 'x'\">\nSSLVerifyClient require\n</If>\n"
    one = setting(text, "sslverifyclient", Where("/", "/srv/", ""), host=0)
    assert lines(one) == ["none"]
    assert [line.directive.text for line in one.maybe] == ["require"]


ACCESS = """\
<Directory /srv>
Require ip 10.0.0.0/8
Order deny,allow
Deny from all
</Directory>
<Location /a>
{inside}
</Location>
"""


@pytest.mark.parametrize(
    ("inside", "require", "access"),
    [
        ("", ["ip 10.0.0.0/8"], ["deny,allow", "from all"]),
        ("Require user a", ["user a"], ["deny,allow", "from all"]),
        ("Require user a\nAuthMerging And", ["ip 10.0.0.0/8", "user a"], ["deny,allow", "from all"]),
        ("Satisfy All", ["ip 10.0.0.0/8"], ["All"]),
        ("AuthMerging Off", [], ["deny,allow", "from all"]),
    ],
)
def test_access_control(inside: str, require: list[str], access: list[str]) -> None:
    where = Where("/a", "/srv/a", "a")
    text = ACCESS.format(inside=inside)
    assert lines(setting(text, "require", where, host=0)) == require
    assert lines(setting(text, "order", where, host=0)) == access


def test_unsetenv_is_forgotten_beside_another_section_with_setenv() -> None:
    text = "SetEnv A 1\n<Location /a>\nUnsetEnv A\n</Location>\n"
    where = Where("/a", "/srv/a", "a")
    assert setting(text, "setenv", where, host=0).words is None
    found = effective(serve(text + "<Location />\nSetEnv B 2\n</Location>\n").main, where, ("setenv",))
    assert {one.part: one.words for one in found} == {"A": ("A", "1"), "B": ("B", "2")}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("AddLanguage fr .css\nRemoveLanguage css\n", "fr"),
        ("AddLanguage fr .css\n<Location />\nRemoveLanguage .css\nAddLanguage de .css\n</Location>\n", None),
        ("AddLanguage fr .css\n<Location />\nRemoveLanguage .css\n</Location>\n"
         "<Location /a>\nAddType text/x .x\n</Location>\n", "fr"),
        ("<Location />\nAddLanguage fr .css\n</Location>\n<Location /a>\nRemoveLanguage .css\n</Location>\n", None),
    ],
)  # fmt: skip
def test_mod_mime_removes_when_it_merges(lines: str, expected: str | None) -> None:
    words = setting(lines, "addlanguage", Where("/a", "/srv/a", "a"), host=0).words
    assert (words and words[0]) == expected


# .htaccess


def htaccess(text: str) -> Configuration:
    return expand("/srv/.htaccess", MemoryFiles({"/srv/.htaccess": text}), DEFAULT, role="htaccess")


@pytest.mark.parametrize(
    ("allow", "read", "refused"),
    [
        ("AllowOverride All", True, []),
        ("AllowOverride None", False, []),
        ("", True, ["SSLRequireSSL", "Options"]),
        ("AllowOverride AuthConfig", True, ["Options"]),
        ("AllowOverride AuthConfig Options=Indexes", True, []),
        ("AllowOverride None\nAllowOverrideList SSLRequireSSL", True, ["Options"]),
        ("AllowOverride Nonfatal=All FileInfo", True, []),
    ],
)
def test_what_htaccess_may_hold(allow: str, read: bool, refused: list[str]) -> None:
    server = serve(f"<Directory /srv>\n{allow}\n</Directory>\n")
    files = {"/srv/.htaccess": htaccess("SSLRequireSSL\nOptions -Indexes\n")}
    layers = request_layers(server.main, Where("/f", "/srv/f", "f"), htaccess=files.get)
    found = [layer for layer in layers if layer.htaccess]
    assert bool(found) is read
    assert [one.name for layer in found for one in layer.refused] == refused
