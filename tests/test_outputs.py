"""Formats for machines, put before the programs that read them; names and values that mean harm among them."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import jsonschema
import judges
import pytest

from sslint.diagnostic import Diagnostic, Edit, Fix, Related, Safety, Severity
from sslint.fingerprint import fingerprints
from sslint.report import Crash, Finding, Known, Report, Silenced, Statistics, Unread
from sslint.reporters import FORMATS, REPORTERS, View
from sslint.reporters.github import command
from sslint.rule import INCLUDED
from sslint.text import Source, Span

VIEW = View(base="/site")
NASTY = (
    "plain",
    "a\x1b]0;owned\x07b\x00\x08\x7f",
    "::error file=x::forged%0Aline\r\n::set-output name=x::y",
    "]]> <script>alert(1)</script> &amp; ' \" <!--",
    "| cell | [link](javascript:x) ![i](http://x/y) `code` **b** ~~s~~ @all #1 https://x.example <img src=x>",
    "caf\udcc3\udcff \ud800 \ufffe \u202e\u2028 é 例え 😀",
    "a,b:c%d\te",
    "",
)
NAMES = (
    "/site/plain.conf",
    "/site/new\nline\r.conf",
    "/site/a b%20#?&[]|`<>\"'.conf",
    "/site/caf\udcc3\x1b[31m.conf",
    "/site/c:colon::.conf",
    "/elsewhere/例え.conf",
)


def nasty_report() -> Report:
    """Every bad text in every place where a report holds one, under every bad name."""
    findings = []
    for number, name in enumerate(sorted(NAMES)):
        source = Source(name, "\ufeff# é\r\n<VirtualHost *:443>\r\n" + "".join(f"A {text!r}\n" for text in NASTY))
        for at, text in enumerate(NASTY):
            start = source.text.index(f"A {text!r}")
            findings.append(finding(source, Span(start, start + 1), text, number, at))
        whole = Span(0, len(source.text))
        findings.append(finding(source, whole, "whole", number, 0))
        findings.append(finding(source, Span(whole.end, whole.end), "end", number, 1))
    unread = tuple(Unread(name, text) for name, text in zip(NAMES, NASTY, strict=False))
    crashes = tuple(Crash("the rule x", name, text) for name, text in zip(NAMES, NASTY, strict=False))
    silenced = (
        Silenced(findings[0]._replace(roots=()), NASTY[1], Span(1, 2)),
        Silenced(findings[1]._replace(roots=()), NASTY[5], Span(1, 2)),
        Silenced(findings[2]._replace(roots=())),
    )
    stale = (Known("gone.conf", "weak-ssl-protocol", "0" * 32, 1),)
    return Report(tuple(findings), unread, crashes, Statistics(1, len(NAMES), 10), silenced, stale)


def finding(source: Source, span: Span, text: str, number: int, at: int) -> Finding:
    code, slug = (("SSL0101", "weak-ssl-protocol"), ("SSL9901", "not-ours"), ("SSL1902", "unused-suppression"))[at % 3]
    fix = Fix(text, (Edit(source, span, text),), (Safety.SAFE, Safety.UNSAFE, Safety.MANUAL)[at % 3])
    related = (Related(source, Span(1, 3), text), Related(source, Span(3, 4), INCLUDED))
    severity = list(Severity)[(number + at) % 4]
    reference = "https://example.org/a?b=c&d=[e]|f" if at % 2 else "RFC 1"
    notes, tags = (text,) if at % 2 else (), ("cis@1:2", text)
    one = Diagnostic(code, slug, severity, text, source, span, text, related, notes, reference, fix, tags)
    return Finding(one, "main", ("/site/plain.conf",))


NASTY_REPORT = nasty_report()
REPORTS = {
    "nasty": NASTY_REPORT,
    "nothing": Report(statistics=Statistics(1, 1, 1)),
    "unread": Report(unread=(Unread("/site/x", "no"),)),
}


def written(name: str, report: Report, view: View = VIEW) -> str:
    return "\n".join(REPORTERS[name](report, view)) + "\n"


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("name", FORMATS)
def test_nothing_but_text_in_utf_8(name: str, report: str) -> None:
    text = written(name, REPORTS[report])
    assert text.encode()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text)
    assert written(name, REPORTS[report]) == text, "the same report gives the same bytes"


# SARIF


@pytest.mark.parametrize("report", REPORTS)
def test_sarif_satisfies_microsoft_and_github(report: str, tmp_path: Path) -> None:
    file, output = tmp_path / "out.sarif", tmp_path / "judgement.sarif"
    file.write_text(written("sarif", REPORTS[report]))
    said = judges.multitool("validate", str(file), "--rule-kind", "Sarif;Ghas", "-o", str(output))
    assert "Analysis completed successfully" in said
    (run,) = json.loads(output.read_text("utf-8-sig"))["runs"]
    bad = [one for one in run["results"] if one.get("level", "warning") in ("error", "warning")]
    assert not bad, said


def test_a_moved_finding_is_the_same_to_others(tmp_path: Path) -> None:
    before = Source("/site/a.conf", "Listen 443\n<VirtualHost *:443>\n  SSLProtocol all\n</VirtualHost>\n")
    after = Source("/site/a.conf", "# new\n\nTimeout 5\n" + before.text)
    for name, source in (("before", before), ("after", after)):
        start = source.text.index("all")
        report = Report((finding(source, Span(start, start + 3), "it offers TLS 1.0", 0, 0),))
        (tmp_path / f"{name}.sarif").write_text(written("sarif", report))
    output = tmp_path / "matched.sarif"
    files = [str(tmp_path / "before.sarif"), str(tmp_path / "after.sarif")]
    judges.multitool("match-results-forward", files[1], "-r", files[0], "-o", str(output))
    (run,) = json.loads(output.read_text("utf-8-sig"))["runs"]
    assert [one["baselineState"] for one in run["results"]] in (["updated"], ["unchanged"])


def test_sarif_names_files_rules_and_silence() -> None:
    (run,) = json.loads(written("sarif", NASTY_REPORT))["runs"]
    places = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]}
    assert "new%0Aline%0D.conf" in places
    assert "caf%C3%1B%5B31m.conf" in places
    assert "c%3Acolon%3A%3A.conf" in places
    assert "file:///elsewhere/%E4%BE%8B%E3%81%88.conf" in places
    assert [len(one.get("suppressions", ())) for one in run["results"]][-3:] == [1, 1, 1]
    kinds = [one["suppressions"][0]["kind"] for one in run["results"][-3:]]
    assert kinds == ["inSource", "inSource", "external"]
    rules = {one["id"]: one for one in run["tool"]["driver"]["rules"]}
    assert rules["SSL0101"]["properties"]["tags"] == ["security", "protocol"]
    assert float(rules["SSL0101"]["properties"]["security-severity"]) > 7
    assert "## Why" in rules["SSL0101"]["help"]["markdown"]
    assert "security-severity" not in rules["SSL1902"]["properties"]
    first = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (first["startLine"], first["startColumn"]) == (3, 1)
    assert not run["invocations"][0]["executionSuccessful"]
    assert not any(fix is None for one in run["results"] for fix in one.get("fixes", ()))


# GitHub


def test_workflow_commands_are_escaped_as_actions_core_does() -> None:
    texts = ["plain", "a\r\nb%", "::error::x", "a,b:c=d", "100% é", "%0A%25"]
    calls = "".join(f"core.error({json.dumps(t)}, {{title: {json.dumps(t)}}});" for t in texts)
    theirs = judges.node(f'import * as core from "@actions/core"; {calls}')
    ours = "".join(command("error", {"title": text}, text, VIEW) + "\n" for text in texts)
    assert ours == theirs


def test_github_annotations_are_one_line_each_and_the_worst_come_first() -> None:
    lines = written("github", NASTY_REPORT).splitlines()
    assert len(lines) == len(NASTY_REPORT.findings) + len(NAMES) * 2
    words = [re.match(r"::(error|warning|notice)( [^:]*)?::", line) for line in lines]
    assert all(words)
    order = [match[1] for match in words if match]
    assert order == sorted(order, key=["error", "warning", "notice"].index)


# GitLab

CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string"},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": r"^\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer"}},
                    },
                },
            },
        },
    },
}
"""What GitLab's documentation of code quality reports asks for."""


@pytest.mark.parametrize("report", REPORTS)
def test_gitlab(report: str) -> None:
    found: list[dict[str, Any]] = json.loads(written("gitlab", REPORTS[report]))
    jsonschema.validate(found, CODE_QUALITY)
    assert len({one["fingerprint"] for one in found}) == len(found) == len(REPORTS[report].findings)


# XML


@pytest.mark.parametrize("report", REPORTS)
def test_junit_keeps_to_its_schema(report: str) -> None:
    xmlschema = pytest.importorskip("xmlschema")
    text = written("junit", REPORTS[report])
    xmlschema.XMLSchema(Path(__file__).parent / "data" / "junit-10.xsd").validate(text)
    root = ET.fromstring(text)
    cases = list(root.iter("testcase"))
    assert len(list(root.iter("failure"))) == len(REPORTS[report].findings)
    assert len(cases) == sum(int(suite.attrib["tests"]) for suite in root.iter("testsuite")) > 0
    assert len(list(root.iter("error"))) == len(REPORTS[report].unread) + len(REPORTS[report].crashes)


@pytest.mark.parametrize("report", REPORTS)
def test_checkstyle(report: str) -> None:
    root = ET.fromstring(written("checkstyle", REPORTS[report]))
    assert root.tag == "checkstyle"
    assert all(child.tag == "file" and child.attrib["name"] for child in root)
    errors = list(root.iter("error"))
    assert len(errors) == len(REPORTS[report].findings) + len(REPORTS[report].unread)
    for one in errors:
        assert one.attrib["severity"] in ("error", "warning", "info")
        assert int(one.attrib["line"]) >= 1
        assert one.attrib["source"].startswith("sslint")


def test_xml_gives_back_what_was_said() -> None:
    root = ET.fromstring(written("checkstyle", NASTY_REPORT))
    names = [child.attrib["name"] for child in root]
    assert "new\nline\r.conf" in names
    assert "a b%20#?&[]|`<>\"'.conf" in names
    messages = {one.attrib["message"] for one in root.iter("error")}
    assert NASTY[3] in messages
    shown = "caf\\xc3\\xff \\ud800 \\ufffe \\u202e\\u2028 é 例え 😀"
    assert any(one.endswith(f": {shown}") for one in messages)


# Markdown


def test_markdown_is_one_table_without_markup_of_others() -> None:
    lines = written("markdown", NASTY_REPORT).splitlines()
    rows = [line for line in lines if line.startswith("|")]
    assert len(rows) == len(NASTY_REPORT.findings) + 2
    assert all(row.count("|") == 5 for row in rows)
    text = "\n".join(rows[2:])
    assert not re.search(r"<|\]\((?!https://example\.org/)|javascript:|@all|!\[|\*\*|~~|[^(]https://", text)


# Fingerprints

BEFORE = """Listen 443
<VirtualHost *:443>
  SSLProtocol all
  SSLCipherSuite RC4:DES
</VirtualHost>
<VirtualHost *:8443>
  SSLProtocol all
  SSLProtocol all
</VirtualHost>
"""


def prints(text: str, *places: tuple[str, int]) -> list[str]:
    """The fingerprints of findings at the n-th time that a word stands in a text."""
    source = Source("/a.conf", text)
    found = []
    for word, nth in places:
        starts = [match.start() for match in re.finditer(re.escape(word), text)]
        found.append(finding(source, Span(starts[nth], starts[nth] + len(word)), "", 0, 0).diagnostic)
    return list(fingerprints(found))


@pytest.mark.parametrize(
    "after",
    [
        "# new\n\n" + BEFORE,
        BEFORE.replace("Listen", "Timeout 60\nListen"),
        BEFORE.replace("  SSLCipherSuite", "  # why\n  ServerName x\n  SSLCipherSuite"),
        BEFORE.replace("RC4:DES", "HIGH:RC4:DES"),
        BEFORE.replace("\n", "\r\n"),
        BEFORE.replace("  ", "\t\t"),
        BEFORE.replace("SSLProtocol all", "SSLProtocol \\\n   all"),
        BEFORE.replace("SSLProtocol", "sslprotocol"),
    ],
)
def test_fingerprints_survive(after: str) -> None:
    places = (("all", 0), ("RC4", 0), ("all", 1))
    assert prints(BEFORE, *places) == prints(after, *places)


def test_fingerprints_tell_apart() -> None:
    same = prints(BEFORE, ("all", 1), ("all", 2))
    assert same[0] == same[1]
    assert len(set(prints(BEFORE, ("all", 0), ("all", 1), ("RC4", 0), ("DES", 0), ("Listen 443", 0)))) == 5
    changed = BEFORE.replace("SSLProtocol all", "SSLProtocol ALL")
    assert prints(BEFORE, ("SSLProtocol all", 0)) != prints(changed, ("SSLProtocol ALL", 0))
