"""Names, places, counts and values: what the server says to each directive."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sslint.accept import check
from sslint.accept.pitfalls import pitfalls
from sslint.configuration import Problem, expand
from sslint.files import MemoryFiles
from sslint.knowledge.modules import STOCK
from sslint.knowledge.targets import Target, preset

EVERYTHING = preset("debian-12").replace(assumed_modules=STOCK | {"mpm_event_module"})
MAIN = "/etc/apache2/apache2.conf"


def problems(text: str, target: Target = EVERYTHING, **options: object) -> list[Problem]:
    """All that accepting says of one main file."""
    settings: Mapping[str, object] = {"modules_certain": True, "flags_certain": True, **options}
    configuration = expand(MAIN, MemoryFiles({MAIN: text}), target, **settings)  # type: ignore[arg-type]
    return check(configuration) + pitfalls(configuration)


def said(text: str, **options: object) -> list[tuple[str, str]]:
    """Kind and covered text of each problem."""
    return [(found.kind, text[found.span.start : found.span.end]) for found in problems(text, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ServerAdmn me\n", [("unknown-directive", "ServerAdmn")]),
        ("<Directry /x>\n</Directry>\n", [("unknown-directive", "<Directry")]),
        ("SSLMutex none\n", [("unknown-directive", "SSLMutex")]),
        ("SSLLog x\n", [("unknown-directive", "SSLLog")]),
        ("\ufeffListen 80\n", [("byte-order-mark", "\ufeff")]),
        ("SSLRequireSSL\n", [("wrong-context", "SSLRequireSSL")]),
        ("<Directory /x>\nSSLProtocol all\n</Directory>\n", [("wrong-context", "SSLProtocol")]),
        ("<VirtualHost *>\n<VirtualHost *>\n</VirtualHost>\n</VirtualHost>\n", [("wrong-context", "<VirtualHost")]),
        ("<Directory /x>\n<Directory /y>\n</Directory>\n</Directory>\n", [("wrong-context", "<Directory")]),
        ("<Directory /x>\n<Files y>\nRequire all granted\n</Files>\n</Directory>\n", []),
        ("<VirtualHost *>\nListen 80\n</VirtualHost>\n", [("wrong-context", "Listen")]),
        ("ServerName a b\n", [("wrong-argument-count", "b")]),
        ("ServerName\n", [("wrong-argument-count", "ServerName")]),
        ('ServerAdmin ""\n', [("wrong-argument-count", "ServerAdmin")]),
        ("ServerName a # my name\n", [("wrong-argument-count", "# my name")]),
        ("SSLEngine maybe\n", [("bad-value", "maybe")]),
        ("SSLProtocol all -SSLv4\n", [("bad-value", "-SSLv4")]),
        ("<Directory /x>\nOptions Indexes +Includes\n</Directory>\n", [("bad-value", "+Includes")]),
        ("<Directory /x>\nOptions All -Indexes\n</Directory>\n", []),
        ("Listen 80\nListen *:80\n", [("duplicate-listen", "*:80")]),
        ("Listen 80\nListen 127.0.0.1:80\n", []),
        ("<Directory /x>\nSSLRequireSSL off\n</Directory>\n", [("argument-ignored", "off")]),
        ("RewriteEngine on please\n", [("argument-ignored", "please")]),
        ('ServerAdmin "foo bar\n', [("unterminated-quote", '"')]),
        ("<Directory /x> Options None\n</Directory>\n", [("text-after-header", "Options None")]),
        ("# x \\\nServerName a\n", [("comment-continuation", "\\")]),
        ("# x \\\n# y\n", []),
        ("# x \\\nand so on\n", []),
        ("# x \\\n<Directory /x>\n", [("comment-continuation", "\\")]),
        ("<Directory>\n</Directory>\n", [("wrong-argument-count", "<Directory>")]),
        ("<Directory /x\n</Directory>\n", [("unclosed-tag", "<Directory /x")]),
        ("<Proxy>\n</Proxy>\n", []),
        ("<Directory /x>\n<RequireAll\nRequire all granted\n</RequireAll>\n</Directory>\n", []),
        ("SSLCipherSuite HIGH:\\ \n!aNULL\n", [("unknown-directive", "!aNULL"), ("broken-continuation", " ")]),
        ("SetEnv A C:\\x\\ \nServerName a\n", []),
        (
            "# a\nServerName a\rServerAdmin b\n",
            [("wrong-argument-count", "ServerAdmin b"), ("lost-line-breaks", "ServerName a")],
        ),
        ("LogLevel warn \\ \n", [("bad-value", "\\"), ("broken-continuation", " ")]),
        ("ServerName a\x00b\n", [("nul-byte", "\x00b")]),
        (
            "ServerName a\rServerAdmin b\r",
            [("wrong-argument-count", "ServerAdmin b"), ("lost-line-breaks", "ServerName a")],
        ),
    ],
)
def test_one_fault(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_a_lost_paste_is_told_from_prose() -> None:
    lost = "# <VirtualHost *:443> ServerName a.example SSLEngine on DocumentRoot /srv/a " + "ErrorLog /x " * 8
    prose = "# " + "The ServerName and the DocumentRoot are set per host, and so on and so forth. " * 4
    assert [kind for kind, _ in said(lost)] == ["lost-line-breaks"]
    assert not said(prose)


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("SSLProtcol all\n", "did you mean SSLProtocol (of mod_ssl)?"),
        ("Lissten 80\n", "did you mean Listen?"),  # every MPM has it
        ("ServrName a\n", "did you mean ServerName?"),
    ],
)
def test_did_you_mean(line: str, note: str) -> None:
    (found,) = problems(line)
    assert found.notes == (note,)


def test_what_replaced_it() -> None:
    (found,) = problems("SSLMutex none\n")
    assert "use Mutex instead" in found.notes


def test_a_module_that_is_not_loaded() -> None:
    target = preset("debian-12").replace(assumed_modules=frozenset({"mpm_event_module"}))
    assert said("SSLEngine on\n", target=target) == [("module-not-loaded", "SSLEngine")]
    assert said("SSLEngine on\n", target=target, modules_certain=False) == []


def test_a_fragment_is_judged_for_the_place_that_fits() -> None:
    assert said("Require all granted\n", role="fragment") == []
    assert said("ServerAlias b\n", role="fragment") == []
    assert said("Require not ip 10.0.0.1\n", role="fragment") == []
    assert said("Listen 80\nRequire all granted\n", role="fragment") == [("wrong-context", "Require")]


def test_what_waits_for_a_flag_is_not_judged() -> None:
    assert said("<IfDefine SSL>\nFoo\n</IfDefine>\n<IfDefine !SSL>\nBar\n</IfDefine>\n", flags_certain=False) == [
        ("unknown-directive", "Bar")
    ]


def test_htaccess() -> None:
    assert said("Listen 80\n", role="htaccess") == [("wrong-context", "Listen")]
    assert said("<Files x>\nRequire all granted\n</Files>\n", role="htaccess") == []


def test_every_fault_in_one_run() -> None:
    text = "Foo\nServerName\nSSLEngine x\nSSLRequireSSL\n"
    assert [kind for kind, _ in said(text)] == [
        "unknown-directive",
        "wrong-argument-count",
        "bad-value",
        "wrong-context",
    ]
