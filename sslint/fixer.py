"""Applies fixes: take those that don't overlap, analyse again, repeat to a fixed point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from .analysis import analyse
from .diagnostic import Diagnostic, Edit, Safety, Severity, apply_edits
from .files import Files, OverlayFiles
from .registry import Registry, load
from .report import Report
from .settings import Settings
from .text import Source, encode

MOST_ROUNDS = 10

Identity = tuple[str, str, str]


class Fixed(NamedTuple):
    """What fixing came to: the new texts with their old ones, and the report on the new ones."""

    texts: Mapping[str, tuple[str, str]]
    """Old and new text of each changed file, by its real path."""
    report: Report
    applied: int
    refused: int
    """Fixes that were left out since they would have brought a new error."""


def fix(
    files: Files,
    paths: Sequence[str],
    settings: Settings,
    safeties: Collection[Safety] = (Safety.SAFE,),
    *,
    registry: Registry | None = None,
    material: Files | None = None,
) -> Fixed:
    """Fix what was found in the given files. Nothing is written: the caller gets the texts."""
    return _Fixer(files, paths, settings, safeties, registry or load(), material).run()


class _Fixer:
    def __init__(
        self,
        files: Files,
        paths: Sequence[str],
        settings: Settings,
        safeties: Collection[Safety],
        registry: Registry,
        material: Files | None,
    ) -> None:
        self.files = files
        self.paths = paths
        self.settings = settings
        self.safeties = safeties
        self.registry = registry
        self.material = material
        self.texts: dict[str, tuple[str, str]] = {}
        self.names: dict[str, str] = {}
        """The name under which a file was first fixed, by its path behind links."""
        self.refused: set[Identity] = set()
        self.applied = 0

    def run(self) -> Fixed:
        """Round by round, until nothing can be fixed any more."""
        report = self.analyse(self.texts)
        for _ in range(MOST_ROUNDS):
            chosen = self.choose(report)
            if not chosen:
                break
            report = self.apply(chosen, report)
        return Fixed(self.texts, report, self.applied, len(self.refused))

    def analyse(self, texts: Mapping[str, tuple[str, str]]) -> Report:
        """The report on the files with some texts replaced."""
        overlay = {path: encode(new) for path, (_, new) in texts.items()}
        files = OverlayFiles(self.files, overlay)
        return analyse(files, self.paths, self.settings, registry=self.registry, material=self.material)

    def choose(self, report: Report) -> list[Diagnostic]:
        """The findings whose fixes can be applied together, the first in the text winning."""
        taken: dict[str, list[Edit]] = {}
        homes: dict[str, str] = {}
        chosen: list[Diagnostic] = []
        for one in report.diagnostics:
            if one.fix is None or one.fix.safety not in self.safeties or _identity(one) in self.refused:
                continue
            paths = {edit.source.path for edit in one.fix.edits}
            if any(homes.setdefault(self.files.resolve(path), path) != path for path in paths):
                continue  # the same file under another name: its turn comes with the new text
            if not any(_overlap(edit, other) for edit in one.fix.edits for other in taken.get(edit.source.path, ())):
                chosen.append(one)
                for edit in one.fix.edits:
                    taken.setdefault(edit.source.path, []).append(edit)
        return chosen

    def apply(self, chosen: list[Diagnostic], before: Report) -> Report:
        """Apply fixes, halving them to find the one that brings a new error; that one is refused."""
        texts = self.edited(chosen)
        after = self.analyse(texts)
        if not _worse(before, after):
            self.texts, self.applied = texts, self.applied + len(chosen)
            return after
        if len(chosen) == 1:
            self.refused.add(_identity(chosen[0]))
            return before
        middle = len(chosen) // 2
        report = self.apply(chosen[:middle], before)
        # The offsets of the other half hold no longer once the first half is applied.
        return report if report is not before else self.apply(chosen[middle:], before)

    def edited(self, chosen: Sequence[Diagnostic]) -> dict[str, tuple[str, str]]:
        """The texts after some fixes."""
        edits: dict[str, tuple[Source, list[Edit]]] = {}
        for one in chosen:
            for edit in one.fix.edits if one.fix else ():
                edits.setdefault(edit.source.path, (edit.source, []))[1].append(edit)
        texts = dict(self.texts)
        for name, (source, some) in edits.items():
            path = self.names.setdefault(self.files.resolve(name), name)
            new = apply_edits(source.text, tuple(sorted(some, key=lambda edit: edit.span)))
            texts[path] = (texts[path][0] if path in texts else source.text, new)
        return texts


def _overlap(one: Edit, other: Edit) -> bool:
    """Whether two edits touch the same text; two insertions at one place do."""
    if one.span == other.span:
        return True
    return one.span.start < other.span.end and other.span.start < one.span.end


def _identity(diagnostic: Diagnostic) -> Identity:
    """A finding whose offsets may have moved."""
    return diagnostic.source.path, diagnostic.code, diagnostic.message


def _worse(before: Report, after: Report) -> bool:
    """Whether something is an error, or can't be read, that was not before."""
    if len(after.unread) > len(before.unread) or len(after.crashes) > len(before.crashes):
        return True
    return bool(_errors(after) - _errors(before))


def _errors(report: Report) -> Counter[tuple[str, str]]:
    return Counter((one.source.path, one.code) for one in report.diagnostics if one.severity is Severity.ERROR)
