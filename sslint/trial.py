"""Puts a rule's examples on trial: the same door, files in memory."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from .analysis import analyse
from .diagnostic import Diagnostic, Safety
from .examples import ROOT, Example, ExampleError, locate, strip_marks
from .files import DiskFiles, Kind, MemoryFiles, ReadError, Status
from .fixer import Fixed, fix
from .registry import Registry
from .report import Report
from .rule import OptionValue, Rule
from .settings import Reading, RootSettings, Settings

if TYPE_CHECKING:
    from .tls.profiles import Profile

CERTIFICATES = "fixtures/certificates"
EVERY_FIX = (Safety.SAFE, Safety.UNSAFE)


class _Files(MemoryFiles):
    """Files in memory, some of which can't be read, and folders that may not be looked into."""

    def __init__(
        self,
        files: Mapping[str, str | bytes],
        outside: Sequence[str],
        unreadable: Sequence[str],
        modes: Mapping[str, int],
    ) -> None:
        super().__init__(files)
        self._modes = modes
        self._outside = tuple(outside)
        self._unreadable = frozenset(f"{ROOT}/{path}" for path in unreadable)

    def kind(self, path: str) -> Kind:
        return Kind.UNKNOWN if path.startswith(self._outside) else super().kind(path)

    def read(self, path: str) -> bytes:
        if path in self._unreadable:
            raise ReadError("Permission denied")
        return super().read(path)

    def status(self, path: str) -> Status | None:
        found = super().status(path)
        return Status(self._modes.get(path), found.size) if found else None


@dataclass(frozen=True, slots=True)
class Trial:
    """One example of one rule, ready to be analysed."""

    rule: Rule
    example: Example
    registry: Registry

    def judge(self, *, alone: bool = True) -> Report:
        """The report on the example, by the rule alone or by all that run by default."""
        return analyse(self.files, [self.example.main], self.settings(alone), everything=True, registry=self.registry)

    def fix(self) -> Fixed:
        """The example with the rule's fixes applied, unsafe ones too."""
        return fix(self.files, [self.example.main], self.settings(alone=True), EVERY_FIX, registry=self.registry)

    def fixed(self, fixed: Fixed) -> Trial:
        """The trial of the fixed text."""
        files = {
            path: fixed.texts[path][1] if path in fixed.texts else text for path, text in self.example.files.items()
        }
        return Trial(self.rule, Example(self.example.title, self.example.headers, files), self.registry)

    @property
    def files(self) -> MemoryFiles:
        """The example's files."""
        headers = self.example.headers
        modes = {_absolute(path): int(mode, 8) for path, mode in _pairs(headers.get("modes", ""))}
        outside, unreadable = headers.get("outside", "").split(), headers.get("unreadable", "").split()
        return _Files({**self.example.files, **self.pem()}, outside, unreadable, modes)

    def pem(self) -> dict[str, bytes]:
        """The certificates and keys that the example takes from fixtures/certificates of the project."""
        folder = posixpath.join(posixpath.dirname(posixpath.dirname(posixpath.dirname(self.rule.file))), CERTIFICATES)
        pairs = _pairs(self.example.headers.get("pem", ""))
        return {_absolute(path): DiskFiles().read(posixpath.join(folder, name)) for path, name in pairs}

    def settings(self, alone: bool) -> Settings:
        """What the example's headers say."""
        headers = self.example.headers
        profiles = tuple(self.profiles())
        target = dict(_target(headers.get("target", "")))
        reading = Reading(
            target=target.get("target", ""),
            httpd=target.get("httpd", ""),
            openssl=target.get("openssl", ""),
            defines=tuple(headers.get("defines", "").split()),
            modules=tuple(headers.get("modules", "").split()),
            server_root="" if any("ServerRoot" in text for text in self.example.files.values()) else ROOT,
            map=tuple(_pairs(headers.get("map", ""))),
        )
        root = (RootSettings(self.example.main),) if self.example.role == "main" else ()
        return Settings(
            roots=root,
            reading=reading,
            check_environment=True,
            select=(self.rule.code,) if alone else (),
            extend_select=(self.rule.code,),
            options={self.rule.code: dict(self.options())},
            now=_moment(headers["now"]) if "now" in headers else None,
            profiles=profiles,
            ignore=tuple(slug for one in profiles for slug in one.slugs if slug != self.rule.slug),
        )

    def profiles(self) -> Iterator[Profile]:
        """The profiles that the example is held to."""
        for word in self.example.headers.get("profile", "").split():
            from .profiles import load

            yield load(word, DiskFiles(), "", self.registry)

    def options(self) -> Iterator[tuple[str, OptionValue]]:
        """The rule's options that the example sets, as the types of their defaults."""
        for word in self.example.headers.get("options", "").split():
            name, _, value = word.partition("=")
            default = self.rule.options[name]
            if isinstance(default, bool):
                yield name, value == "true"
            elif isinstance(default, int):
                yield name, int(value)
            else:
                yield name, tuple(value.split(",")) if isinstance(default, tuple) else value

    def found(self, report: Report) -> list[tuple[str, int, int, int, str]]:
        """The rule's findings as marks tell them: path, line, column, width, message."""
        own = [one for one in report.diagnostics if one.code == self.rule.code]
        return [(one.source.path, *locate(one.source, one.span), one.message) for one in own]

    def mismatch(self, report: Report) -> str:
        """What differs between the marks and the findings, for people; empty when nothing does."""
        found = self.found(report)
        marks = list(self.example.marks)
        for mark in self.example.marks:
            for one in found:
                if one[:4] == (mark.path, mark.line, mark.column, mark.width) and mark.matches(one[4]):
                    found.remove(one)
                    marks.remove(mark)
                    break
        lines = [f"marked, not found:  {_shown(m.path, m.line, m.column, m.width, m.message)}" for m in marks]
        lines += [f"found, not marked:  {_shown(*one)}" for one in found]
        return "\n".join(lines)


def unmarked(text: str) -> str:
    """A fixed text as a Fix section gives it: without marks and empty lines at its end."""
    return strip_marks(text).rstrip("\n")


def new_findings(before: Report, after: Report) -> list[Diagnostic]:
    """Findings of rules that found nothing before."""
    known = {one.code for one in before.diagnostics}
    return [one for one in after.diagnostics if one.code not in known]


def _shown(path: str, line: int, column: int, width: int, message: str) -> str:
    return f"{path}:{line}:{column} ({width} wide) {message}"


def _target(header: str) -> Iterator[tuple[str, str]]:
    for word in header.split():
        key, separator, value = word.partition("=")
        if not separator:
            yield "target", word
        elif key in ("httpd", "openssl"):
            yield key, value
        else:
            raise ExampleError(f"{word} is no target: write a preset, httpd=2.4 or openssl=3.0")


def _pairs(text: str) -> list[tuple[str, str]]:
    """`(a, b)` for every `a=b`; a word without `=` stands for `a=a`."""
    words = [word.partition("=") for word in text.split()]
    return [(name, value or name) for name, _, value in words]


def _absolute(path: str) -> str:
    return posixpath.join(ROOT, path)


def _moment(date: str) -> datetime:
    return datetime.fromisoformat(date).replace(tzinfo=timezone.utc)
