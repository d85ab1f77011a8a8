"""For code scanning: SARIF 2.1.0, with the rules that found something, fixes, and what was silenced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .. import __version__
from ..diagnostic import Diagnostic, Edit, Fix, Safety, Severity
from ..fingerprint import fingerprints
from ..report import Finding, Report, Silenced
from ..rule import INCLUDED
from ..text import Source, Span
from .uri import folder_uri, link, uri
from .view import View

if TYPE_CHECKING:
    from ..registry import Registry
    from .json import Json

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
HOME = "https://pypi.org/project/sslint/"
FINGERPRINT = "sslint/v1"
"""The kind of fingerprint; another number when findings are told apart in another way."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note", Severity.STYLE: "note"}
_SCORES = {Severity.ERROR: "8.0", Severity.WARNING: "5.5", Severity.INFO: "3.0", Severity.STYLE: "0.0"}
"""How GitHub ranks security findings: high from 7.0, medium from 4.0, low above 0."""
_PLAIN = frozenset({"syntax", "obsolete", "style", "logging"})
"""Families that are no matter of security by themselves."""
_BASE = "SRCROOT"


def sarif(report: Report, view: View) -> Iterator[str]:
    """The report as one document."""
    import json

    from ..registry import load

    yield json.dumps(_Writer(report, view, load().extended(report.own)).document(), indent=2)


class _Writer:
    """Turns one report into plain data."""

    def __init__(self, report: Report, view: View, registry: Registry) -> None:
        self.report = report
        self.view = view
        self.registry = registry
        self.findings = [*report.findings, *(one.finding for one in report.silenced)]
        self.rules = sorted({one.diagnostic.code: one.diagnostic for one in reversed(self.findings)}.items())
        self.index = {code: number for number, (code, _) in enumerate(self.rules)}

    def document(self) -> dict[str, Json]:
        """The log, with its one run."""
        names = list(fingerprints(one.diagnostic for one in self.findings))
        silenced = {id(one.finding): one for one in self.report.silenced}
        results = [
            self.result(one, name, silenced.get(id(one))) for one, name in zip(self.findings, names, strict=True)
        ]
        driver: dict[str, Json] = {
            "name": "sslint",
            "organization": "sslint",
            "fullName": f"sslint {__version__}",
            "version": __version__,
            "semanticVersion": __version__,
            "informationUri": HOME,
            "rules": [self.rule(one) for _, one in self.rules],
        }
        run: dict[str, Json] = {
            "tool": {"driver": driver},
            "invocations": [self.invocation()],
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n"],
            "automationDetails": {"id": "sslint/"},
            "results": results,
        }
        if self.view.base:
            run["originalUriBaseIds"] = {_BASE: {"uri": folder_uri(self.view.base)}}
        return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}

    def rule(self, sample: Diagnostic) -> Json:
        """What is known of a rule; of one that is not ours, what a finding of it tells."""
        rule = self.registry.find(sample.code)
        doc = (rule.doc if rule else "").strip() or sample.slug
        summary, _, rest = doc.partition("\n")
        family = rule.family if rule else ""
        severity = rule.severity if rule else sample.severity
        what = rest.partition("## What it does\n")[2].partition("\n## ")[0]
        properties: dict[str, Json] = {"precision": "high", "tags": [family] if family else []}
        if family and family not in _PLAIN:
            properties["tags"] = ["security", family]
            properties["security-severity"] = _SCORES[severity]
        said: dict[str, Json] = {
            "id": sample.code,
            "name": "".join(word.capitalize() for word in sample.slug.split("-")),
            "shortDescription": {"text": _sentence(summary)},
            "fullDescription": {"text": _sentence(" ".join(what.split()) or summary)},
            "help": {"text": f"sslint explain {sample.slug}", "markdown": f"# {sample.slug} ({sample.code})\n\n{doc}"},
            "defaultConfiguration": {"level": _LEVELS[severity]},
            "properties": properties,
        }
        if address := link(sample.reference):
            said["helpUri"] = address
        return said

    def result(self, finding: Finding, fingerprint: str, silenced: Silenced | None) -> Json:
        """One finding."""
        one = finding.diagnostic
        said: dict[str, Json] = {
            "ruleId": one.code,
            "ruleIndex": self.index[one.code],
            "level": _LEVELS[one.severity],
            "message": {"text": "\n".join(map(_sentence, (one.standing_alone, *one.notes)))},
            "locations": [self.location(one.source, one.span, one.label)],
            "partialFingerprints": {FINGERPRINT: fingerprint},
        }
        explained = [related for related in one.related if related.label != INCLUDED]
        if explained:
            said["relatedLocations"] = [
                {"id": number, **self.location(related.source, related.span, related.label)}
                for number, related in enumerate(explained, 1)
            ]
        if chain := [related for related in one.related if related.label == INCLUDED]:
            steps = [self.location(step.source, step.span, step.label) for step in reversed(chain)]
            steps.append(self.location(one.source, one.span, one.label))
            said["codeFlows"] = [{"threadFlows": [{"locations": [{"location": step} for step in steps]}]}]
        if one.fix and (fix := self.fix(one.fix)):
            said["fixes"] = [fix]
        if silenced:
            said["suppressions"] = [self.suppression(silenced)]
        if one.tags:
            said["properties"] = {"tags": list(one.tags)}
        return said

    def location(self, source: Source, span: Span, label: str) -> dict[str, Json]:
        """A place, with what is said of it."""
        said: dict[str, Json] = {
            "physicalLocation": {"artifactLocation": self.artifact(source.path), "region": _region(source, span)}
        }
        if label:
            said["message"] = {"text": _clean(label)}
        return said

    def artifact(self, path: str) -> dict[str, Json]:
        """A file, relative to the working folder where it lies below it."""
        relative = self.view.relative(path)
        return {"uri": uri(relative), "uriBaseId": _BASE} if relative != path else {"uri": f"file://{uri(path)}"}

    def fix(self, fix: Fix) -> Json:
        """A fix that can be applied; nothing for advice, and for bytes that no JSON holds."""
        if fix.safety is Safety.MANUAL or any(_clean(edit.text) != edit.text for edit in fix.edits):
            return None
        changes: dict[str, list[Edit]] = {}
        for edit in fix.edits:
            changes.setdefault(edit.source.path, []).append(edit)
        return {
            "description": {"text": _clean(f"{fix.title} ({fix.safety.value})")},
            "artifactChanges": [
                {"artifactLocation": self.artifact(path), "replacements": _replacements(edits)}
                for path, edits in changes.items()
            ],
        }

    def suppression(self, silenced: Silenced) -> Json:
        """Who says that a finding does not count: a comment at its place, or the baseline."""
        if silenced.comment is None:
            return {"kind": "external", "status": "accepted", "justification": "accepted by the baseline"}
        said: dict[str, Json] = {
            "kind": "inSource",
            "status": "accepted",
            "location": self.location(silenced.finding.diagnostic.source, silenced.comment, ""),
        }
        if silenced.reason:
            said["justification"] = _clean(silenced.reason)
        return said

    def invocation(self) -> Json:
        """Whether everything could be done, and what could not."""
        notes: list[Json] = [
            {
                "level": "error",
                "message": {"text": _sentence(f"cannot read this: {unread.message}")},
                "locations": [{"physicalLocation": {"artifactLocation": self.artifact(unread.path)}}],
            }
            for unread in self.report.unread
        ]
        notes += [
            {
                "level": "error",
                "message": {"text": _sentence(f"internal error in {crash.where}: {crash.message}")},
                "locations": [{"physicalLocation": {"artifactLocation": self.artifact(crash.path)}}],
            }
            for crash in self.report.crashes
        ]
        said: dict[str, Json] = {"executionSuccessful": self.report.complete}
        if notes:
            said["toolExecutionNotifications"] = notes
        return said


def _replacements(edits: Sequence[Edit]) -> list[Json]:
    return [
        {"deletedRegion": _region(edit.source, edit.span), "insertedContent": {"text": edit.text}} for edit in edits
    ]


def _region(source: Source, span: Span) -> dict[str, Json]:
    """A range; a byte order mark is no character of the text here."""
    bom = source.text.startswith("\ufeff")
    (line, column), (end_line, end_column) = source.position(span.start), source.position(span.end)
    return {
        "startLine": line,
        "startColumn": max(1, column - (bom and line == 1)),
        "endLine": end_line,
        "endColumn": max(1, end_column - (bom and end_line == 1)),
    }


def _sentence(text: str) -> str:
    """A message as SARIF wants it, with a full stop."""
    shown = _clean(text)
    return shown if shown.endswith((".", "?", "!")) else shown + "."


def _clean(text: str) -> str:
    """A text without the bytes that are no characters: JSON can't hold them."""
    return text if text.isascii() else "".join(map(_character, text))


def _character(one: str) -> str:
    code = ord(one)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\u{code:04x}" if 0xD800 <= code <= 0xDFFF else one
