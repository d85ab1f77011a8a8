"""The lists of rewriting lines, where their targets lead, and the .htaccess files beside them."""

from __future__ import annotations

import pytest
from test_server import serve

from sslint.analysis import analyse
from sslint.files import MemoryFiles
from sslint.server.override_files import override_files
from sslint.server.requests.misdirection import unlike_settings
from sslint.server.requests.rewrites import rewritten_in_folder
from sslint.server.rule_sets import RuleSet, rule_sets
from sslint.server.steering import begins_with_slash, captured_from, group_of, is_free, may_hold, steered
from sslint.settings import Settings


def sets(text: str) -> list[RuleSet]:
    return list(rule_sets(serve(text)))


def test_conditions_belong_to_the_rules_of_their_own_list() -> None:
    text = (
        "RewriteCond a b\n<Directory /x>\nRewriteRule ^ /in\n</Directory>\nRewriteCond c d\nRewriteRule ^ /out\n"
        "RewriteCond e f\nRewriteCond g h\n"
    )
    main, folder = sets(text)
    assert [[line.text for line in one.asked] for one in main.rules] == [["a b", "c d"]]
    assert [line.text for line in main.orphans] == ["e f", "g h"]
    assert [one.asked for one in folder.rules] == [()]
    assert folder.orphans == []


def test_only_conditions_are_all_orphans() -> None:
    assert [line.text for line in sets("RewriteCond a b\nRewriteCond c d\n")[0].orphans] == ["a b", "c d"]


@pytest.mark.parametrize(
    ("section", "sees"),
    [
        ("VirtualHost *:80", True),
        ("Directory /srv", False),
        ("Directory /srv/*", None),
        ("DirectoryMatch ^/srv", None),
        ("Location /srv", None),
    ],
)
def test_what_patterns_see(section: str, sees: bool | None) -> None:
    name = section.split(maxsplit=1)[0]
    assert [one.sees_slash for one in sets(f"<{section}>\nRewriteRule a b\n</{name}>\n")] == [sees]


def test_escaped_blanks_are_not_understood() -> None:
    assert sets("RewriteRule a\\ b c\n")[0].rules == []


@pytest.mark.parametrize(
    ("url", "pieces"),
    [
        ("https://www.example.org$1", [("$1", True)]),
        ("https://www.example.org/$1", []),
        ("https://$1.example.org/$2", [("$1", False)]),
        ("http://%{HTTP_HOST}:8080/", [("%{HTTP_HOST}", False)]),
        ("http://%1/", [("%1", True)]),
        ("http://host%{REQUEST_URI}", []),
        ("http://${map:$1}/", []),
        ("http://host?$1", []),
        ("/path/$1", []),
    ],
)
def test_pieces_of_a_host_part(url: str, pieces: list[tuple[str, bool]]) -> None:
    assert [(one.piece, one.last) for one in steered(url)] == pieces


@pytest.mark.parametrize(
    ("pattern", "number", "text"),
    [
        ("^/(a|b)/(.*)$", 2, ".*"),
        ("^/((a)b)$", 1, "(a)b"),
        ("^/((a)b)$", 2, "a"),
        (r"^/\((x)$", 1, "x"),
        ("^/[(](x)$", 1, "x"),
        ("^/(?:a)(x)$", 1, "x"),
        ("^/a$", 0, "/a"),
        ("^/a$", 1, ""),
    ],
)
def test_groups(pattern: str, number: int, text: str) -> None:
    assert group_of(pattern, number) == text


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [(".*", "./@"), ("[^/]+", ".@"), ("[a-z]+", ""), (r"\d+", ""), (r"[\w.-]+", "."), (r"a\.b", "."), ("[]/]", "/")],
)
def test_what_a_group_may_hold(pattern: str, characters: str) -> None:
    assert "".join(one for one in "./@" if may_hold(pattern, one)) == characters


def test_what_is_free() -> None:
    assert is_free(".*", last=False)
    assert is_free("[^/]+", last=True)
    assert not is_free("[^/]+", last=False)
    assert not is_free("[a-z]+", last=True)


@pytest.mark.parametrize(
    ("pattern", "sees", "begins"),
    [
        ("^(.*)$", True, True),
        ("(.*)", True, True),
        ("(.*)", False, False),
        ("(.*)", None, True),
        ("^/(.*)$", True, False),
        ("^/?(.*)$", True, False),
        ("^/old(/.*)?$", True, True),
        ("^/old(/?.*)$", True, False),
        ("^(/a/.*)$", False, True),
    ],
)
def test_groups_that_bring_the_slash(pattern: str, sees: bool | None, begins: bool) -> None:
    assert begins_with_slash(pattern, 1, sees) is begins


def test_where_percent_references_come_from() -> None:
    conditions = [["%{QUERY_STRING}", "^to=(.*)$"], ["%{HTTPS}", "!on"]]
    assert captured_from(1, conditions) == ("%{QUERY_STRING}", ".*")
    assert captured_from(1, [["%{REQUEST_URI}", "^(.*)$"]]) == ("", "")
    assert captured_from(1, [["%{HTTPS}", "!on"]]) == ("", "")


@pytest.mark.parametrize(
    ("lines", "result"),
    [
        ("RewriteRule ^(.*)$ index.php/$1 [L]", "index.php/page"),
        ("RewriteRule ^(.*)$ index.php?p=$1 [L]", "index.php"),
        ("RewriteRule ^(.*)$ index.php [END]", None),
        ("RewriteRule ^(.*)$ /elsewhere/$1", None),
        ("RewriteRule ^(.*)$ http://other/$1", None),
        ("RewriteRule ^other$ x", None),
        ("RewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^(.*)$ x", None),
    ],
)
def test_one_round_in_a_folder(lines: str, result: str | None) -> None:
    (found,) = sets(f"<Directory /x>\n{lines}\n</Directory>\n")
    outcome = rewritten_in_folder(found.rules, "page")
    assert (outcome[0] if outcome is not None else None) == result


def test_rules_about_the_server_look_at_htaccess_files_only_where_they_say_so() -> None:
    files = MemoryFiles({"/www/.htaccess": "RewriteCond a b\nServerTokens Full\n"})
    select = ("rewrite-cond-orphan", "rewrite-engine-missing")
    report = analyse(files, ["/www/.htaccess"], Settings(select=select), everything=True)
    assert [one.diagnostic.slug for one in report.findings] == ["rewrite-cond-orphan"]


def test_without_material_no_htaccess_is_looked_for() -> None:
    assert override_files(serve("Listen 80\nDocumentRoot /srv/www\n")) == ()


@pytest.mark.parametrize(
    ("policy", "differ"),
    [("", ["sslverifyclient", "sslprotocol"]), ("authonly", ["sslverifyclient"]), ("insecure", [])],
)
def test_what_hosts_differ_in(policy: str, differ: list[str]) -> None:
    line = f"SSLVHostSNIPolicy {policy}\n" if policy else ""
    hosts = "<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>\n"
    other = "<VirtualHost *:443>\nSSLEngine on\nSSLProtocol TLSv1.3\nSSLVerifyClient require\n</VirtualHost>\n"
    server = serve(f"Listen 443\n{line}{hosts}{other}")
    assert unlike_settings(server.hosts[1], server.hosts[2]) == differ
