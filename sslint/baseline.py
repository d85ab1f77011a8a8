"""Findings that are known and accepted for now, so that only new ones count.

A baseline is a JSON file, sorted, with one entry a line: fingerprint, rule, path and how often. It holds no line
numbers, since lines move; what is found more often than an entry says is new.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .files import Files, ReadError
from .fingerprint import fingerprints
from .report import Finding, Known

if TYPE_CHECKING:
    from .diagnostic import Diagnostic

VERSION = 1
_FOREIGN = "this is no baseline of sslint's: `sslint baseline write` makes one"
_KINDS = {"path": str, "rule": str, "fingerprint": str, "count": int}


class BaselineError(Exception):
    """A baseline that can't be read; the text begins with path:line:column."""


class Baseline(NamedTuple):
    """What is accepted. Paths are relative to the folder of the file."""

    path: str
    entries: tuple[Known, ...] = ()

    @property
    def folder(self) -> str:
        """What the entries' paths are relative to."""
        return posixpath.dirname(self.path)

    def real(self, path: str) -> str:
        """The path of an entry's file."""
        return posixpath.normpath(posixpath.join(self.folder, path))

    def accept(self, findings: Sequence[Finding]) -> tuple[list[Finding], tuple[Known, ...]]:
        """The findings that the baseline knows, the first of equal ones, and what it knows and nobody found."""
        left = Counter({(entry.path, entry.fingerprint): entry.times for entry in self.entries})
        known = []
        for finding, key in zip(findings, self.keys(one.diagnostic for one in findings), strict=True):
            if left[key] > 0:
                left[key] -= 1
                known.append(finding)
        stale = [(entry, left[entry.path, entry.fingerprint]) for entry in self.entries]
        return known, tuple(entry._replace(times=times) for entry, times in stale if times)

    def keys(self, diagnostics: Iterable[Diagnostic]) -> Iterable[tuple[str, str]]:
        """What tells entries apart: the relative path, and the fingerprint."""
        listed = list(diagnostics)
        paths = {path: posixpath.relpath(path, self.folder) for path in {one.source.path for one in listed}}
        return ((paths[one.source.path], name) for one, name in zip(listed, fingerprints(listed), strict=True))

    def of(self, diagnostics: Sequence[Diagnostic]) -> Baseline:
        """The baseline, at the same place, that accepts these findings and no other."""
        rules = dict(zip(self.keys(diagnostics), (one.slug for one in diagnostics), strict=True))
        counts = Counter(self.keys(diagnostics))
        return self._replace(entries=tuple(sorted(Known(p, rules[p, f], f, n) for (p, f), n in counts.items())))

    def without(self, stale: Iterable[Known]) -> Baseline:
        """The baseline, less what nobody found."""
        gone = {(entry.path, entry.fingerprint): entry.times for entry in stale}
        left = [one._replace(times=one.times - gone.get((one.path, one.fingerprint), 0)) for one in self.entries]
        return self._replace(entries=tuple(one for one in left if one.times > 0))

    def text(self) -> str:
        """The file's text: an entry a line, so that a change of one is a change of one line."""
        import json

        entries = (dict(zip(_KINDS, entry, strict=True)) for entry in sorted(self.entries))
        lines = ",".join(f"\n    {json.dumps(entry)}" for entry in entries)
        end = "\n  " if lines else ""
        return f'{{\n  "sslint_baseline": {VERSION},\n  "findings": [{lines}{end}]\n}}\n'


def load(files: Files, path: str) -> Baseline:
    """Read a baseline. Raises BaselineError."""
    import json

    try:
        text = files.read(path).decode()
    except ReadError as error:
        raise BaselineError(f"{path}:1:1: cannot read the baseline: {error}") from None
    except UnicodeDecodeError:
        raise BaselineError(f"{path}:1:1: {_FOREIGN}") from None
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BaselineError(f"{path}:{error.lineno}:{error.colno}: {error.msg}") from None
    except RecursionError:
        raise BaselineError(f"{path}:1:1: {_FOREIGN}") from None
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise BaselineError(f"{path}:1:1: {_FOREIGN}")
    if data.get("sslint_baseline") != VERSION:
        said = data.get("sslint_baseline")
        raise BaselineError(f"{path}:1:1: {_FOREIGN}" if said is None else f"{path}:1:1: unknown version {said!r}")
    return Baseline(path, tuple(_entry(one, number, path, text) for number, one in enumerate(data["findings"])))


def _entry(data: object, number: int, path: str, text: str) -> Known:
    """One entry. Raises BaselineError."""
    if not isinstance(data, Mapping):
        raise BaselineError(f"{_place(path, text, number)}: entry {number + 1} is no mapping")
    for key, kind in _KINDS.items():
        value = data.get(key)
        if type(value) is not kind or value in (0, ""):
            wanted = "text" if kind is str else "a number from 1"
            raise BaselineError(f"{_place(path, text, number)}: entry {number + 1} needs a {key!r} that is {wanted}")
    return Known(data["path"], data["rule"], data["fingerprint"], data["count"])


def _place(path: str, text: str, number: int) -> str:
    """Where an entry stands: as sslint writes it, each on a line of its own behind that of the list."""
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines, 1) if '"findings"' in line), 1)
    return f"{path}:{min(first + 1 + number, len(lines))}:1"
