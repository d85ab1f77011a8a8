"""Moves diagnostics from the names that a server has for its files to those of the files here."""

from __future__ import annotations

import dataclasses

from .diagnostic import Diagnostic, Edit, Fix, Related
from .layouts import PathMap
from .text import Source


class Relocator:
    """One source for each real file, however many roots read it."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}

    def source(self, source: Source, path: str) -> Source:
        """The source of a real path."""
        known = self.sources.get(path)
        if known is None:
            known = source if source.path == path else Source(path, source.text)
            self.sources[path] = known
        return known

    def diagnostic(self, diagnostic: Diagnostic, path_map: PathMap) -> Diagnostic:
        """A diagnostic of a server, under the real paths."""

        def moved(source: Source) -> Source:
            return self.source(source, path_map.real(source.path))

        related = tuple(Related(moved(one.source), one.span, one.label) for one in diagnostic.related)
        fix = diagnostic.fix
        if fix is not None:
            edits = tuple(Edit(moved(edit.source), edit.span, edit.text) for edit in fix.edits)
            fix = Fix(fix.title, edits, fix.safety)
        return dataclasses.replace(diagnostic, source=moved(diagnostic.source), related=related, fix=fix)
