"""What is said of a place in a text: hover, completion, outline, folds, definitions and links."""

from __future__ import annotations

import random

import pytest

from sslint.analysis import survey
from sslint.assist.completion import Candidate, complete
from sslint.assist.cursor import cursor
from sslint.assist.hover import Asking, hover
from sslint.assist.links import definitions, links
from sslint.assist.outline import folds, symbols
from sslint.assist.project import Project
from sslint.files import MemoryFiles
from sslint.registry import load
from sslint.syntax import parse
from sslint.text import Source

REGISTRY = load()
MAIN = """\
ServerRoot /etc/httpd
LoadModule mpm_worker_module modules/mod_mpm_worker.so
LoadModule ssl_module modules/mod_ssl.so
LoadModule authz_core_module modules/mod_authz_core.so
Define PORT 443
Define Where /srv
Listen ${PORT}
SSLProtocol all -SSLv3
<Macro Host $name $where>
  ServerName $name.example.org
</Macro>
<VirtualHost *:${PORT}>
  Include conf.d/*.conf
  Include tls/*.pem
</VirtualHost>
"""


def asking(text: str, path: str = "/etc/httpd/conf.d/a.conf", main: str = MAIN) -> Asking:
    """A question about an included file; all files are where the server has them."""
    files = MemoryFiles(
        {
            "/etc/httpd/httpd.conf": main,
            "/etc/httpd/conf.d/b.conf": "# nothing\n",
            "/etc/httpd/tls/www.pem": "# no certificate\n",
            path: text,
        }
    )
    found = survey(files, [path], registry=REGISTRY, everything=True)
    return Asking(Source(path, text), Project(found, files.resolve), REGISTRY)


def hovered(text: str, path: str = "/etc/httpd/conf.d/a.conf") -> tuple[str, str]:
    """The text that is meant at the bar, and what is said of it."""
    at = text.index("|")
    plain = text.replace("|", "", 1)
    found = hover(asking(plain, path), at)
    return (plain[found.span.start : found.span.end], found.text) if found else ("", "")


def completed(text: str, path: str = "/etc/httpd/conf.d/a.conf") -> list[Candidate]:
    """The candidates at the bar, the best first."""
    at = text.index("|")
    found = complete(asking(text.replace("|", "", 1), path), at)
    return sorted(found, key=lambda one: (one.rank, one.label))


def labels(text: str, path: str = "/etc/httpd/conf.d/a.conf") -> list[str]:
    return [one.label for one in completed(text, path)]


# Hover


def test_a_directive_tells_its_facts_and_what_is_in_force() -> None:
    what, told = hovered("SSLEn|gine on\nSSLProtocol -all +TLSv1.2\n")
    assert what == "SSLEngine"
    assert "SSLEngine on|off" in told
    assert "Context: server config, virtual host" in told
    what, told = hovered("SSLProt|ocol -all +TLSv1.2\n")
    assert "`SSLProtocol -all +TLSv1.2`" in told
    assert "/etc/httpd/conf.d/a.conf:1" in told
    assert "`SSLProtocol all -SSLv3` at /etc/httpd/httpd.conf:8: the virtual host overrides it" in told


def test_a_line_that_lost_tells_which_one_wins() -> None:
    _, told = hovered("SSLProto|col all\nSSLProtocol -all +TLSv1.2\n")
    assert "`SSLProtocol -all +TLSv1.2`" in told
    assert "a.conf:2" in told


def test_in_a_section_the_value_is_that_of_what_it_covers() -> None:
    _, told = hovered("<Location /a>\n  Req|uire ip 10.0.0.1\n</Location>\n")
    assert "In force in `<Location /a>`: `Require ip 10.0.0.1`" in told


def test_a_host_and_other_sections() -> None:
    what, told = hovered(MAIN.replace("<VirtualHost", "<Virtual|Host"), "/etc/httpd/httpd.conf")
    assert what == "<VirtualHost"
    assert "speaks plain HTTP" in told
    assert hovered("<If|Module mod_ssl.c>\n</IfModule>\n")[0] == "<IfModule"


@pytest.mark.parametrize("line", ["SSLCipherSuite ECDHE+AES|GCM", 'SSLCipherSuite SSL "ECDHE+AES|GCM"'])
def test_a_cipher_string_tells_its_suites_in_order(line: str) -> None:
    what, told = hovered(line + "\n")
    assert "ECDHE+AESGCM" in what
    assert told.index("ECDHE-ECDSA-AES256-GCM-SHA384") < told.index("ECDHE-RSA-AES128-GCM-SHA256")
    assert "**4 cipher suites**" in told


def test_a_cipher_string_that_is_refused_or_weak() -> None:
    assert "Refused" in hovered("SSLCipherSuite ECDHE++|X\n")[1]
    assert "no forward secrecy" in hovered("SSLCipherSuite AES128|-SHA\n")[1]


def test_variables_tell_their_values_and_places() -> None:
    assert hovered("Listen ${P|ORT}\n") == (
        "${PORT}",
        "`${PORT}` is `443`  \n`Define PORT 443` at /etc/httpd/httpd.conf:5",
    )
    assert "not defined" in hovered("Listen ${NO|NE}\n")[1]


def test_rules_in_comments_tell_what_they_mean() -> None:
    what, told = hovered("# sslint: ignore[weak-cipher-suite, SSL0101|] why\nListen 1\n")
    assert what == "SSL0101"
    assert told.startswith("# weak-ssl-protocol (SSL0101)")
    assert "## Bad" not in told
    assert "weak-ssl-protocol" in hovered("# sslint: ignore[proto|col]\n")[1]
    assert "no rule" in hovered("# sslint: ignore[weak-things|]\n")[1]
    assert hovered("# weak-ssl|-protocol\n") == ("", "")


def test_untrusted_text_is_no_markdown() -> None:
    _, told = hovered('Define A "`x` <b>[y](z)\\n"\nListen ${A|}\n')
    assert "`` `x` <b>" in told


def test_nothing_is_said_of_blank_lines_and_plain_words() -> None:
    assert hovered("Listen 80\n|\nListen 81\n") == ("", "")
    assert hovered("Nonsense o|n\n") == ("", "")


def test_a_text_that_has_changed_is_not_mixed_with_the_old_model() -> None:
    before = asking("SSLProtocol all\n")
    found = hover(before._replace(source=Source("/etc/httpd/conf.d/a.conf", "\n\nSSLProtocol all\n")), 4)
    assert found is not None
    assert "In force" not in found.text


# Completion


def test_directives_that_are_allowed_here_and_loaded_ones_first() -> None:
    found = completed("SSL|\n")
    names = [one.label for one in found]
    assert "SSLProtocol" in names
    assert "SSLSessionCache" not in names, "the including line stands in a virtual host"
    assert "SSLRequireSSL" not in names, "for directories alone"
    assert names.index("SSLProtocol") < names.index("RewriteEngine")
    (rewrite,) = [one for one in found if one.label == "RewriteEngine"]
    assert "not loaded" in rewrite.detail
    assert "SSLRequireSSL" in labels("<Directory /srv>\nSSL|\n</Directory>\n")
    assert "Listen" not in labels("Redir|\n", "/etc/httpd/.htaccess")


def test_sections_and_end_tags() -> None:
    found = completed("<Dir|\n")
    assert {one.label[0] for one in found} == {"<"}
    assert "<Directory" in [one.label for one in found]
    assert labels("<Directory /a>\n<If true>\n</|\n</If>\n</Directory>\n")[0] == "</If>"
    assert labels("<Directory /a>\n<Limit GET>\n</Li|\n")[:2] == ["</Limit>", "</Directory>"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("SSLEngine |", "on"),
        ("SSLProtocol -all +|", "+TLSv1.3"),
        ("SSLProtocol -all +TLSv1.2 |", "TLSv1.3"),
        ("SSLVerifyClient o|", "optional"),
        ("Options -|", "-Indexes"),
        ("ServerTokens |", "Full"),
        ("SSLCipherSuite ECDHE+AESGCM:!aN|", "!aNULL"),
        ("SSLCipherSuite ECDHE+|", "ECDHE+AESGCM"),
        ("SSLCipherSuite ECDHE-RSA|", "ECDHE-RSA-AES256-GCM-SHA384"),
        ("SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256:|", "TLS_AES_256_GCM_SHA384"),
        ("SSLCipherSuite |", "TLSv1.3"),
        ("SSLOpenSSLConfCmd |", "Groups"),
        ("SSLOpenSSLConfCmd Groups X25519:|", "P-256"),
        ("Listen ${|", "PORT"),
        ("Listen ${|", "Where"),
        ("Use |", "Host"),
        ("Use H|", "Host"),
        ("Include conf.d/|", "b.conf"),
        ("Include |", "conf.d/"),
        ("SSLCertificateFile /etc/httpd/tls/|", "www.pem"),
        ("<IfModule |>", "ssl_module"),
        ("# sslint: |", "ignore"),
        ("# sslint: ignore[weak|", "weak-ssl-protocol"),
        ("# sslint: ignore[SSL0101, |", "weak-cipher-suite"),
    ],
)
def test_what_may_follow(text: str, wanted: str) -> None:
    found = [one for one in completed(f"{text}\n") if one.label == wanted]
    assert found, labels(f"{text}\n")[:20]
    plain = text.replace("|", "")
    start, end = found[0].span
    assert 0 <= start <= text.index("|") <= end <= len(plain)


def test_nothing_follows_in_prose_and_behind_it() -> None:
    assert not labels("# a comment |\n")
    assert not labels("ServerName |\n")


# Places


@pytest.mark.parametrize("offset", range(60))
def test_a_cursor_stands_anywhere(offset: int) -> None:
    text = "<If a>\r\n  Listen \\\r\n ${P} 'x\r\n</If>\n# c \\\n d\n\n</x>\n\\\nLast x"
    here = cursor(parse(Source("x", text)), min(offset, len(text)))
    assert here.number <= len(here.words)
    assert here.start <= len(text)
    for word in here.words:
        start, end = here.span(word.start, word.end)
        assert 0 <= start <= end <= len(text)


def test_any_place_of_any_text_can_be_asked_about() -> None:
    words = "<If_a> </If> </ < Listen SSLCipherSuite Include Use Define SSLProtocol VirtualHost PORT *.conf -all"
    marks = [" ", "\n", "\r\n", "\\\n", "\t", "# sslint: ignore[", "]", "\udcff", "\0", *"\"'{}$#:!+/>,é"]
    pieces = [word.replace("_", " ") for word in words.split()] + [*marks, "${"]
    chance = random.Random(20261134)
    known = asking(MAIN)
    for _ in range(400):
        text = "".join(chance.choices(pieces, k=chance.randrange(25)))
        source = Source("/etc/httpd/conf.d/a.conf", text)
        one = known._replace(source=source)
        assert all(0 <= link.span.start <= link.span.end <= len(text) for link in links(one))
        assert all(fold.first <= fold.last for fold in folds(one.tree))
        assert all(symbol.span.end <= len(text) for symbol in symbols(one.tree))
        for offset in chance.sample(range(len(text) + 1), min(4, len(text) + 1)):
            told = hover(one, offset)
            assert told is None or 0 <= told.span.start <= told.span.end <= len(text)
            span, _ = definitions(one, offset)
            assert 0 <= span.start <= span.end <= len(text)
            for candidate in complete(one, offset):
                assert 0 <= candidate.span.start <= offset <= candidate.span.end <= len(text)


def test_definitions_lead_across_files() -> None:
    def target(text: str) -> list[tuple[str, int]]:
        _, found = definitions(asking(text.replace("|", "", 1)), text.index("|"))
        return [(one.path, one.source.line(one.span.start) if one.source else 0) for one in found]

    assert target("Use Ho|st a b\n") == [("/etc/httpd/httpd.conf", 9)]
    assert target("Listen ${PO|RT}\n") == [("/etc/httpd/httpd.conf", 5)]
    assert target("Include con|f.d/*.conf\n") == [("/etc/httpd/conf.d/a.conf", 0), ("/etc/httpd/conf.d/b.conf", 0)]
    assert target("SSLCertificateFile tls/www|.pem\n") == [("/etc/httpd/tls/www.pem", 0)]
    assert not target("SSLCertificateFile tls/non|e.pem\n")
    assert not target("Ser|verName x\n")


def test_links_are_the_paths_that_are_there() -> None:
    text = "SSLCertificateFile tls/www.pem\nInclude none/*.conf\n  Include \\\n   conf.d/b.conf\n"
    found = [(text[one.span.start : one.span.end], one.path) for one in links(asking(text))]
    assert found == [("tls/www.pem", "/etc/httpd/tls/www.pem"), ("conf.d/b.conf", "/etc/httpd/conf.d/b.conf")]


# Shape


def test_the_outline_calls_hosts_by_their_names() -> None:
    text = "<VirtualHost *:443>\nServerName a.example\n<directory /x>\n</directory>\n</VirtualHost>\n<IfModule a>\n"
    first, second = symbols(parse(Source("x", text)))
    assert (first.name, first.detail) == ("a.example", "<VirtualHost *:443>")
    assert [one.name for one in first.children] == ["<Directory /x>"]
    assert second.name == "<IfModule a>"
    for one in (first, *first.children, second):
        assert one.span.start <= one.head.start <= one.head.end <= one.span.end


def test_sections_comments_and_continued_lines_fold() -> None:
    text = "# a\n# b\nListen \\\n 80\n<If a>\n<If b>\nX\n</If>\n</If>\n# alone\n"
    found = {(one.first, one.last, one.is_comment) for one in folds(parse(Source("x", text)))}
    assert found == {(1, 2, True), (3, 4, False), (5, 8, False), (6, 7, False)}


def test_deep_nesting_is_no_trouble() -> None:
    tree = parse(Source("x", "<If a>\n" * 3000 + "</If>\n" * 3000))
    assert list(symbols(tree))
    assert len(list(folds(tree))) == 2999
