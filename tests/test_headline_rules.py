"""The four headline rules on a whole server, and what they say about it.

`SSLINT_ACCEPT=1 pytest tests/test_headline_rules.py` writes the expected findings anew; read the diff.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sslint.analysis import analyse
from sslint.diagnostic import Diagnostic, Safety, Severity, apply_edits
from sslint.files import MemoryFiles
from sslint.fixer import fix
from sslint.settings import Reading, RootSettings, Settings

FIXTURE = Path(__file__).parent.parent / "fixtures" / "securityfocus-2005"
MAIN = "/usr/local/apache2/conf/httpd.conf"
HEADLINES = ("weak-ssl-protocol", "weak-cipher-suite", "blanket-msie-downgrade", "missing-ssl-require-ssl")


def settings(httpd: str = "", openssl: str = "", main: str = MAIN, target: str = "") -> Settings:
    reading = Reading(target=target, httpd=httpd, openssl=openssl)
    return Settings(roots=(RootSettings(main),), reading=reading, select=HEADLINES)


def findings(text: str | dict[str, str], httpd: str = "", openssl: str = "", target: str = "") -> list[Diagnostic]:
    files = MemoryFiles(text if isinstance(text, dict) else {MAIN: text})
    report = analyse(files, [MAIN], settings(httpd, openssl, target=target), everything=True)
    assert not [crash for crash in report.crashes if crash.where in HEADLINES]
    return list(report.diagnostics)


def told(diagnostics: list[Diagnostic]) -> Iterator[str]:
    for one in diagnostics:
        line, column = one.source.position(one.span.start)
        yield f"{line}:{column}: {one.severity.word}[{one.slug}] {one.message}"
        yield f"    here: {one.source.text[one.span.start : one.span.end]}"
        yield from (f"    note: {note}" for note in one.notes)
        if one.fix:
            text = apply_edits(one.source.text, one.fix.edits)
            before, after = one.source.text.split("\n"), text.split("\n")
            yield f"    fix ({one.fix.safety.value}): {one.fix.title}"
            yield from (f"    - {old}\n    + {new}" for old, new in zip(before, after, strict=True) if old != new)


@pytest.mark.parametrize(("httpd", "openssl"), [("2.0", "0.9.8"), ("2.4", "1.0.2"), ("2.4", "3.0")])
def test_the_server_of_2005(httpd: str, openssl: str) -> None:
    lines = told(findings((FIXTURE / "httpd.conf").read_text(), httpd, openssl))
    actual = "".join(f"{line}\n" for line in lines)
    expected = FIXTURE / f"headlines-httpd-{httpd}-openssl-{openssl}.txt"
    if os.environ.get("SSLINT_ACCEPT"):
        expected.write_text(actual)
    assert actual == expected.read_text()


def test_naming_the_old_httpd_alone_means_the_openssl_of_its_time() -> None:
    text = (FIXTURE / "httpd.conf").read_text()
    alone = [one.message for one in findings(text, "2.0")]
    assert alone == [one.message for one in findings(text, "2.0", "0.9.8")]


def test_the_fixes_leave_the_server_of_2005_sound() -> None:
    files = MemoryFiles({MAIN: (FIXTURE / "httpd.conf").read_text()})
    fixed = fix(files, [MAIN], settings("2.4", "1.0.2"), (Safety.SAFE, Safety.UNSAFE))
    text = fixed.texts[MAIN][1]
    assert "SSLProtocol -all +TLSv1.2\n" in text
    assert 'SetEnvIf User-Agent "MSIE [2-5]\\." \\\n    nokeepalive' in text
    assert findings(text, "2.4", "1.0.2") == []


# One wrong line, many hosts

HOST = "<VirtualHost *:443>\nServerName h{n}.example.org\nSSLEngine on\n</VirtualHost>\n"


def test_one_line_that_fifty_hosts_inherit_is_one_finding() -> None:
    hosts = "".join(HOST.format(n=n) for n in range(50))
    (one,) = findings(f"Listen 443\nSSLProtocol all\n{hosts}", target="debian-11")
    assert one.message == (
        "TLS 1.0 and TLS 1.1 are offered by h0.example.org (*:443), h1.example.org (*:443), "
        "h2.example.org (*:443) and 47 more"
    )
    assert one.source.text[one.span.start : one.span.end] == "all"


def test_a_default_is_one_finding_and_mended_where_tls_is_switched_on() -> None:
    hosts = "".join(HOST.format(n=n) for n in range(3))
    (one,) = findings(f"Listen 443\n{hosts}", target="debian-11")
    assert one.fix is not None
    assert [edit.text for edit in one.fix.edits] == ["SSLProtocol -all +TLSv1.2 +TLSv1.3\n"] * 3


def test_the_way_to_the_line_and_what_it_overrides_are_told() -> None:
    (one,) = findings(
        {
            MAIN: "Listen 443\nSSLProtocol TLSv1.2\nInclude /usr/local/apache2/conf/ssl.conf\n" + HOST.format(n=1),
            "/usr/local/apache2/conf/ssl.conf": "SSLProtocol all\n",
        },
        target="debian-11",
    )
    labels = [(related.source.path, related.label) for related in one.related]
    assert labels == [(MAIN, "overridden here"), (MAIN, "included from here")]


def test_what_rests_on_an_unknown_condition_says_so() -> None:
    (one,) = findings(
        "Listen 443\n<IfModule mod_ssl.c>\nSSLProtocol all\n</IfModule>\n" + HOST.format(n=1), target="debian-11"
    )
    assert one.notes == ("This holds if <IfModule mod_ssl.c> (line 2 of httpd.conf) does, which can't be known here.",)


# Fragments

SECTION = "<Location /x>\nAuthType Basic\nRequire valid-user\n</Location>\n"
FRAGMENT = "<VirtualHost *:443>\nServerName a\nSSLEngine on\n{}</VirtualHost>\n" + SECTION


def fragment(text: str, target: str = "debian-11") -> list[str]:
    chosen = Settings(reading=Reading(target=target), select=HEADLINES)
    report = analyse(MemoryFiles({"/x/site.conf": text}), ["/x/site.conf"], chosen)
    return [one.message for one in report.diagnostics]


def test_a_fragment_is_judged_by_what_it_sets() -> None:
    assert fragment(FRAGMENT.format("")) == []
    assert fragment(FRAGMENT.format("SSLProtocol all\n")) == ["TLS 1.0 and TLS 1.1 are offered by a (*:443)"]
    assert fragment("SSLProtocol all\n") == ["TLS 1.0 and TLS 1.1 are offered by every host that inherits this"]


def test_a_plain_host_in_a_fragment_is_plain() -> None:
    assert fragment(f"<VirtualHost *:80>\nDocumentRoot /srv\n{SECTION}</VirtualHost>\n") == [
        "<Location /x> asks for a password, and plain HTTP on *:80 reaches it: the password travels unencrypted"
    ]


# Severities

LOGIN = "Listen 80\nDocumentRoot /srv\n<Location /x>\nAuthType {}\nRequire valid-user\n</Location>\n"


@pytest.mark.parametrize(
    ("kind", "severity"),
    [("Basic", Severity.ERROR), ("Digest", Severity.ERROR), ("form", Severity.ERROR), ("GSSAPI", Severity.WARNING)],
)
def test_passwords_are_errors(kind: str, severity: Severity) -> None:
    assert [one.severity for one in findings(LOGIN.format(kind))] == [severity]


@pytest.mark.parametrize("lines", ["SSLProtocol -all +TLSv1.1 +TLSv1.2", "SSLProtocol TLSv1.2 +TLSv1.1"])
def test_what_only_the_library_holds_back_is_information(lines: str) -> None:
    (one,) = findings(f"Listen 443\n{lines}\n{HOST.format(n=1)}", target="debian-12")
    assert one.severity is Severity.INFO
    assert one.message.endswith("but not offered: OpenSSL 3.0.19 refuses it at security level 2")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SSLProtocol all -SSLv3", "SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1"),
        ("SSLProtocol ALL", "SSLProtocol ALL -TLSv1 -TLSv1.1"),
        ("SSLProtocol -all +TLSv1 +TLSv1.1 +TLSv1.2", "SSLProtocol -all +TLSv1.2"),
        ("SSLProtocol +TLSv1.1 +TLSv1.2 +TLSv1.3", "SSLProtocol +TLSv1.2 +TLSv1.3"),
        ("SSLProtocol TLSv1.1", "SSLProtocol -all +TLSv1.2 +TLSv1.3"),
        ("SSLProtocol TLSv1.1 \\\n  +TLSv1.2", "SSLProtocol  \\\n  +TLSv1.2"),
        ("SSLProtocol all -SSLv3 # old", None),
    ],
)
def test_protocol_lines_are_mended_in_their_authors_style(before: str, after: str | None) -> None:
    text = f"Listen 443\n{before}\n{HOST.format(n=1)}"
    if after is None:
        assert findings(text, target="debian-11"), "the comment's words are no versions"
        return
    (one,) = findings(text, target="debian-11")
    assert one.fix is not None
    assert apply_edits(text, one.fix.edits) == f"Listen 443\n{after}\n{HOST.format(n=1)}"


def test_several_versions_that_the_library_refuses_are_spoken_of_in_the_plural() -> None:
    (one,) = findings("Listen 443\n" + HOST.replace("\n</", "\nSSLProtocol TLSv1 +TLSv1.1\n</"), openssl="3.0.19")
    assert one.message.endswith("only TLS 1.0 and TLS 1.1 are switched on, and OpenSSL 3.0.19 refuses them at "
                                "security level 1")  # fmt: skip


def test_a_whole_server_of_any_name_is_no_fragment() -> None:
    files = MemoryFiles({"/srv/any.conf": "Listen 443\nSSLEngine on\nSSLCertificateFile /c.pem\n"})
    reading = Settings(reading=Reading(httpd="2.4", openssl="1.1.1"), select=("weak-ssl-protocol",))
    (one,) = analyse(files, ["/srv/any.conf"], reading).diagnostics
    assert one.message == "TLS 1.0 and TLS 1.1 are offered by the main server"


@pytest.mark.parametrize(("last", "severity"), [("6", "info"), ("7", "warning")])
def test_a_pattern_that_only_reaches_internet_explorer_6_is_a_remark(last: str, severity: str) -> None:
    files = MemoryFiles({"/srv/a.conf": f'BrowserMatch "MSIE [2-{last}]" nokeepalive\n'})
    (one,) = analyse(files, ["/srv/a.conf"], Settings(select=("blanket-msie-downgrade",))).diagnostics
    assert one.severity.word == severity
