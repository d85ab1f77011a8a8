"""One report, every format, compared with what is kept in fixtures/reports/.

`SSLINT_ACCEPT=1 pytest tests/test_reporters.py` writes the outputs anew; look at the diff.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest

import sslint
from sslint.diagnostic import Diagnostic, Edit, Fix, Related, Safety, Severity
from sslint.report import Crash, Finding, Known, Report, Silenced, Statistics, Unread
from sslint.reporters import REPORTERS, View
from sslint.reporters.minidiff import unified
from sslint.reporters.summary import summary, trouble
from sslint.rule import INCLUDED
from sslint.text import Source, Span

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "fixtures" / "reports"

SITE = Source(
    "/site/conf.d/ssl.conf",
    "Listen 443\n"
    "<VirtualHost *:443>\n"
    "\tSSLProtocol\tall -SSLv3\n"
    '  SetEnvIf User-Agent ".*MSIE.*" \\\r\n'
    "      nokeepalive \\\r\n"
    "      ssl-unclean-shutdown\r\n"
    "  ServerAlias 例え.example é́ caf\udcc3 \x1b[31mred\u202e\n"
    "</VirtualHost>\n" + "# " + "x" * 300 + " target " + "y" * 300 + "\n",
)
MAIN = Source("/site/httpd.conf", "# main\nInclude conf.d/*.conf\n")


def span(source: Source, words: str, until: str = "") -> Span:
    start = source.text.index(words)
    return Span(start, source.text.index(until) + len(until) if until else start + len(words))


def finding(place: Span, severity: Severity, message: str, **more: object) -> Finding:
    diagnostic = Diagnostic("SSL9901", "example-rule", severity, message, SITE, place, **more)  # type: ignore[arg-type]
    return Finding(diagnostic, "main", (MAIN.path,))


FULL = finding(
    span(SITE, "all -SSLv3"),
    Severity.ERROR,
    "the host *:443 offers TLS 1.0 and TLS 1.1",
    label="set here",
    related=(
        Related(SITE, span(SITE, "Listen 443"), "this port speaks TLS"),
        Related(MAIN, span(MAIN, "conf.d/*.conf"), "by this pattern"),
        Related(MAIN, span(MAIN, "Include"), INCLUDED),
    ),
    notes=("RFC 8996 forbids both versions, and browsers have refused them since 2020, so nobody misses them",),
    reference="https://www.rfc-editor.org/rfc/rfc8996",
    fix=Fix("offer TLS 1.2 and later", (Edit(SITE, span(SITE, "all -SSLv3"), "-all +TLSv1.2 +TLSv1.3"),), Safety.SAFE),
)
LINES = finding(
    span(SITE, "SetEnvIf", "ssl-unclean-shutdown"),
    Severity.WARNING,
    "the whole directive",
    label="three lines that are one directive",
    fix=Fix("remove it", (Edit(SITE, span(SITE, "  SetEnvIf", "unclean-shutdown\r\n"), ""),), Safety.UNSAFE),
)
MIDDLE = finding(span(SITE, '".*MSIE', "ssl-unclean-shutdown"), Severity.INFO, "from the middle of a line")
WIDE = finding(span(SITE, "え"), Severity.STYLE, "a wide character", label="two columns")
COMBINED = finding(span(SITE, "caf"), Severity.STYLE, "behind a combining accent")
FAR = finding(span(SITE, "target"), Severity.STYLE, "far to the right", label="here")
END = finding(Span(len(SITE.text), len(SITE.text)), Severity.STYLE, "at the end of the file", label="nothing here")
ALL = Report(
    (FULL, LINES, MIDDLE, WIDE, COMBINED, FAR, END),
    (Unread("/site/secret\x1b]0;title.conf", "Permission denied"),),
    (Crash("the rule example-rule", MAIN.path, "ZeroDivisionError: division by zero"),),
    Statistics(1, 2, 11),
    (
        Silenced(finding(span(SITE, "nokeepalive"), Severity.WARNING, "ignored"), "until spring", span(SITE, "# x")),
        Silenced(finding(span(SITE, "ServerAlias"), Severity.WARNING, "ignored"), "", span(SITE, "# x")),
        Silenced(finding(span(SITE, "Listen"), Severity.WARNING, "accepted")),
    ),
    (Known("conf.d/ssl.conf", "example-rule", "0" * 32, 2),),
    hidden=1,
)
VIEWS = {
    "wide": View(width=100, base="/site"),
    "narrow": View(width=40, base="/site"),
    "ascii": View(width=80, base="/site", unicode=False),
    "color": View(width=80, base="/site", color=True),
}


def compare(name: str, text: str) -> None:
    path = REPORTS / name
    if os.environ.get("SSLINT_ACCEPT"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def rendered(name: str, view: View) -> str:
    lines = [*REPORTERS[name](ALL, view)]
    if name == "text":
        lines += [*summary(ALL, view), *trouble(ALL, view)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("view", VIEWS)
def test_text(view: str) -> None:
    compare(f"text-{view}.txt", rendered("text", VIEWS[view]))


def test_concise() -> None:
    compare("concise.txt", rendered("concise", VIEWS["wide"]))


def test_json() -> None:
    text = rendered("json", VIEWS["wide"])
    compare("report.json", text.replace(sslint.__version__, "VERSION"))


def test_json_keeps_to_its_schema() -> None:
    schema = json.loads((ROOT / "sslint" / "report.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    for report in (ALL, Report()):
        document = json.loads("\n".join(REPORTERS["json"](report, VIEWS["wide"])))
        jsonschema.validate(document, schema)


@pytest.mark.parametrize("view", ["wide", "narrow", "ascii"])
@pytest.mark.parametrize("name", ["text", "concise"])
def test_nothing_reaches_the_terminal_but_text(name: str, view: str) -> None:
    text = rendered(name, VIEWS[view])
    assert all(character == "\n" or character.isprintable() for character in text)
    assert view != "ascii" or text.isascii()


@pytest.mark.parametrize("width", [40, 80, 120])
def test_excerpts_fit(width: int) -> None:
    view = View(width=width, base="/site")
    for line in "\n".join(REPORTERS["text"](ALL, view)).split("\n"):
        cells = sum(cell for _, cell in view.cells(line))
        assert cells <= width or " " not in line.strip(), line


def test_color_is_never_alone() -> None:
    plain = re.sub(r"\x1b\[[\d;]*m", "", rendered("text", VIEWS["color"]))
    assert plain == rendered("text", View(width=80, base="/site"))


def test_summary_never_says_clean_after_a_failure() -> None:
    view = VIEWS["wide"]
    assert "No findings in 0 files" in "\n".join(summary(Report(), view))
    for broken in (Report(unread=ALL.unread), Report(crashes=ALL.crashes)):
        assert "not everything" in "\n".join(summary(broken, view))
    assert "Not everything" in "\n".join(summary(ALL, view))


@pytest.mark.parametrize(
    ("old", "new"), [("a\nb\n", "a\nc\n"), ("a\nb", "a\nc"), ("a\n", "a"), ("", "a\n"), ("a\x0cb\n", "")]
)
def test_diffs_apply(old: str, new: str, tmp_path: Path) -> None:
    import shutil
    import subprocess

    if shutil.which("patch") is None:
        pytest.skip("no patch here")
    file = tmp_path / "file"
    file.write_bytes(old.encode())
    diff = "".join(line + "\n" for line in unified(old, new, "file"))
    subprocess.run(["patch", "-s", str(file)], input=diff.encode(), check=True)
    assert (file.read_bytes() if file.exists() else b"") == new.encode()


@pytest.mark.parametrize(
    ("text", "message", "alone"),
    [
        ("MaxClients", "is an old name", "MaxClients: is an old name"),
        ("MaxClients", "MaxClients is an old name", "MaxClients is an old name"),
        ("MaxClients", "Nobody can connect", "Nobody can connect"),
        ("all -SSLv3 \\\n  -TLSv1", "leaves TLS 1.1", "all -SSLv3: leaves TLS 1.1"),
        ("x" * 50, "is long", f"{'x' * 40}...: is long"),
        ("", "ends here", "ends here"),
    ],
)
def test_a_message_that_goes_on_from_the_text_stands_alone_with_it(text: str, message: str, alone: str) -> None:
    source = Source("/httpd.conf", text)
    one = Diagnostic("SSL9901", "made-up", Severity.INFO, message, source, Span(0, len(text)))
    assert one.standing_alone == alone
