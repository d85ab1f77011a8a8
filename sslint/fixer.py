"""Applies fixes: take those that don't overlap, analyse again, repeat to a fixed point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from .analysis import Survey, survey
from .diagnostic import Diagnostic, Edit, Safety, Severity, apply_edits
from .files import Files, OverlayFiles
from .registry import Registry, load
from .report import Report
from .settings import Settings
from .syntax import Trees
from .text import Source, encode
from .units import Unit

MOST_ROUNDS = 10

Identity = tuple[str, str, str]


class Fixed(NamedTuple):
    """What fixing came to: the new texts with their old ones, and the report on the new ones."""

    texts: Mapping[str, tuple[str, str]]
    """Old and new text of each changed file, by its real path."""
    report: Report
    applied: Mapping[tuple[str, str], int]
    """How many findings were fixed, by the file and the rule's slug."""
    refused: int = 0
    """Fixes that were left out since they would have brought a new error."""
    outside: tuple[str, ...] = ()
    """Files that fixes would have had to change, and nobody asked for."""

    @property
    def total(self) -> int:
        """How many findings were fixed."""
        return sum(self.applied.values())


def fix(
    files: Files,
    paths: Sequence[str],
    settings: Settings,
    safeties: Collection[Safety] = (Safety.SAFE,),
    *,
    registry: Registry | None = None,
    material: Files | None = None,
    only: Callable[[Diagnostic], bool] | None = None,
) -> Fixed:
    """Fix what was found in the given files, or what `only` lets through, and change no others.

    Nothing is written: the caller gets the texts.
    """
    return _Fixer(files, paths, settings, safeties, registry or load(), material, only).run()


class _Fixer:
    def __init__(
        self,
        files: Files,
        paths: Sequence[str],
        settings: Settings,
        safeties: Collection[Safety],
        registry: Registry,
        material: Files | None,
        only: Callable[[Diagnostic], bool] | None,
    ) -> None:
        self.only = only
        self.files = files
        self.paths = paths
        self.settings = settings
        self.safeties = safeties
        self.registry = registry.extended(settings.own)
        self.trees = Trees()
        self.material = material
        self.texts: dict[str, tuple[str, str]] = {}
        self.names: dict[str, str] = {}
        """The name under which a file was first fixed, by its path behind links."""
        self.unfixable = _unfixable(settings, self.registry)
        self.refused: set[Identity] = set()
        self.outside: set[str] = set()
        self.applied: Counter[tuple[str, str]] = Counter()

    def run(self) -> Fixed:
        """Round by round, until nothing can be fixed any more."""
        found = self.analyse(self.texts)
        for _ in range(MOST_ROUNDS):
            chosen = self.choose(found)
            if not chosen:
                break
            found = self.apply(chosen, found)
        return Fixed(self.texts, found.report, self.applied, len(self.refused), tuple(sorted(self.outside)))

    def analyse(self, texts: Mapping[str, tuple[str, str]]) -> Survey:
        """What is found in the files with some texts replaced."""
        overlay = {path: encode(new) for path, (_, new) in texts.items()}
        files = OverlayFiles(self.files, overlay)
        return survey(
            files, self.paths, self.settings, registry=self.registry, material=self.material, trees=self.trees
        )

    def wanted(self, one: Diagnostic, asked: Callable[[str], bool]) -> bool:
        """Whether a finding's fix may be applied: by its safety, by its rule, and in files that were asked for."""
        if one.fix is None or one.fix.safety not in self.safeties:
            return False
        if one.code in self.unfixable or _identity(one) in self.refused:
            return False
        if self.only is not None and not self.only(one):
            return False
        paths = {edit.source.path for edit in one.fix.edits}
        outside = {path for path in paths if not asked(path)}
        self.outside |= outside
        return not outside

    def choose(self, found: Survey) -> list[Diagnostic]:
        """The findings whose fixes can be applied together, the first in the text winning."""
        taken: dict[str, list[Edit]] = {}
        homes: dict[str, str] = {}
        chosen: list[Diagnostic] = []
        asked = cache(partial(_shown, found.units))
        for one in found.report.diagnostics:
            if one.fix is None or not self.wanted(one, asked):
                continue
            paths = {edit.source.path for edit in one.fix.edits}
            if any(homes.setdefault(self.files.resolve(path), path) != path for path in paths):
                continue  # the same file under another name: its turn comes with the new text
            if not any(_overlap(edit, other) for edit in one.fix.edits for other in taken.get(edit.source.path, ())):
                chosen.append(one)
                for edit in one.fix.edits:
                    taken.setdefault(edit.source.path, []).append(edit)
        return chosen

    def apply(self, chosen: list[Diagnostic], before: Survey) -> Survey:
        """Apply fixes, halving them to find the one that brings a new error; that one is refused."""
        texts = self.edited(chosen)
        after = self.analyse(texts)
        if not _worse(before.report, after.report):
            self.texts = texts
            self.applied.update((one.source.path, one.slug) for one in chosen)
            return after
        if len(chosen) == 1:
            self.refused.add(_identity(chosen[0]))
            return before
        middle = len(chosen) // 2
        after = self.apply(chosen[:middle], before)
        # The offsets of the other half hold no longer once the first half is applied.
        return after if after is not before else self.apply(chosen[middle:], before)

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


def _shown(units: Sequence[Unit], path: str) -> bool:
    """Whether findings in a file were asked for, under whatever root."""
    return any(unit.shows(path) for unit in units)


def _unfixable(settings: Settings, registry: Registry) -> frozenset[str]:
    """The codes of the rules whose fixes the settings don't want."""
    codes = {header.code for word in settings.unfixable for header in registry.meant(word)}
    if settings.fixable:
        fixable = {header.code for word in settings.fixable for header in registry.meant(word)}
        codes.update(header.code for header in registry.headers if header.code not in fixable)
    return frozenset(codes)


def _overlap(one: Edit, other: Edit) -> bool:
    """Whether two edits touch the same text; words that are added to what another edit writes anew do."""
    if one.span == other.span or (one.span.start < other.span.end and other.span.start < one.span.end):
        return True
    touch = one.span.end == other.span.start or other.span.end == one.span.start
    return touch and any(edit.span.start == edit.span.end and not edit.text.endswith("\n") for edit in (one, other))


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
