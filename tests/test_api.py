"""What other programs import: the names of the top package."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import sslint
from sslint.files import MemoryFiles
from sslint.rule import INCLUDED

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:

    def assert_type(value: object, _: object) -> object:
        return value


def test_every_public_name_is_there() -> None:
    for name in sslint.__all__:
        assert getattr(sslint, name) is not None
        assert name in dir(sslint)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        sslint.nothing  # noqa: B018


def test_no_module_hides_a_public_name() -> None:
    """Importing a module makes it an attribute of its package, whatever else had that name."""
    assert not {info.name for info in pkgutil.iter_modules(sslint.__path__)} & set(sslint.__all__)
    for _ in range(2):
        assert callable(sslint.analyse)


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    code = "import sys, sslint; print([name for name in sys.modules if name.startswith('sslint.')])"
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert answer.stdout == "[]\n"


def test_parse() -> None:
    tree = sslint.parse("Listen 80\n")
    assert_type(tree, sslint.Tree)
    assert tree.text == "Listen 80\n"


def test_analyse() -> None:
    files = MemoryFiles({"/s/httpd.conf": "Listen 80\nOptons x\n"})
    report = sslint.analyse(files, ["/s/httpd.conf"], sslint.Settings())
    assert_type(report, sslint.Report)
    (one,) = report.diagnostics
    assert_type(one, sslint.Diagnostic)
    assert one.severity is sslint.Severity.ERROR
    assert one.source.position(one.span.start) == (2, 1)


def test_expand_ciphers() -> None:
    names = sslint.expand_ciphers("HIGH:MEDIUM:!aNULL", openssl="1.0.2r")
    assert_type(names, tuple[str, ...])
    assert names[0] == "ECDHE-RSA-AES256-GCM-SHA384"
    assert "RC4-SHA" in names
    assert "RC4-SHA" not in sslint.expand_ciphers("HIGH:MEDIUM:!aNULL")
    with pytest.raises(sslint.CipherStringError) as caught:
        sslint.expand_ciphers("!ALL", openssl="1.0.2r")
    assert caught.value.kind == "no-match"
    with pytest.raises(ValueError, match="unknown version of OpenSSL"):
        sslint.expand_ciphers("ALL", openssl="7.0")


@pytest.mark.parametrize(
    ("slug", "line"),
    [
        ("server-tokens-verbose", "ServerTokens Full"),
        ("default-vhost-is-site", "<VirtualHost *:80>\nServerName a.example.org\n</VirtualHost>\n<VirtualHost *:80>\n"
         "ServerName b.example.org\n</VirtualHost>"),
    ],
    ids=["word", "host"],
)  # fmt: skip
def test_a_finding_tells_by_which_include_the_server_came_there(slug: str, line: str) -> None:
    files = {"/s/httpd.conf": "Listen 80\nDocumentRoot /srv\nInclude /s/a.conf\n", "/s/a.conf": f"{line}\n"}
    report = sslint.analyse(MemoryFiles(files), ["/s/httpd.conf"], sslint.Settings(select=(slug,)))
    (finding,) = report.diagnostics
    assert [(one.source.path, one.label) for one in finding.related] == [("/s/httpd.conf", INCLUDED)]
