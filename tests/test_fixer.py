"""Fixes: applied together where they don't overlap, to a fixed point, never for the worse."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from sslint.cli.write import write_atomically
from sslint.configuration import Directive, walk
from sslint.diagnostic import Diagnostic, Edit, Safety, Severity
from sslint.edits import delete_lines, replace
from sslint.files import MemoryFiles
from sslint.fixer import fix
from sslint.registry import Registry
from sslint.registry import load as shipped
from sslint.rule import Context, Rule, rule
from sslint.settings import RootSettings, Settings
from sslint.text import Span

MAIN = "/site/httpd.conf"


@rule(code="SSL1990", name="old-port", severity=Severity.WARNING, since="0.1.0", fix=Safety.SAFE)
def count_up(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    """Every Listen below 85 is one too low."""
    if directive.key == "listen" and int(directive.values[0]) < 85:
        higher = replace(directive.arguments[0], str(int(directive.values[0]) + 1))
        yield context.report(directive, f"{directive.text} is too low", fix=context.fix("count up", higher))


@rule(code="SSL1991", name="whole-line", severity=Severity.WARNING, since="0.1.0", fix=Safety.UNSAFE)
def drop(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    """ServerAdmin has to go."""
    if directive.key == "serveradmin":
        yield context.report(directive, "gone", fix=context.fix("remove it", delete_lines(directive)))


@rule(code="SSL1992", name="bad-advice", severity=Severity.WARNING, since="0.1.0", fix=Safety.SAFE)
def spoil(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    """A fix that brings an error."""
    if directive.key == "timeout":
        yield context.report(directive, "slow", fix=context.fix("spoil it", replace(directive, "KeepAlive bad")))


@rule(code="SSL1993", name="new-error", severity=Severity.ERROR, since="0.1.0")
def complain(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    """What `spoil` brings."""
    if directive.text == "bad":
        yield context.report(directive, "bad")


@rule(code="SSL1994", name="far-away", severity=Severity.WARNING, since="0.1.0", fix=Safety.SAFE)
def reach(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    """What has to be mended in another file."""
    for other in walk(context.configuration.children) if directive.key == "timeout" else ():
        if other.key == "serveradmin":
            fix = context.fix("mend it there", replace(other, f"{other.text}x"), replace(directive, "KeepAlive on"))
            yield context.report(directive, "far", fix=fix)


def run(text: str, *rules: Rule, safeties: tuple[Safety, ...] = (Safety.SAFE,)) -> tuple[str, int, int]:
    registry = Registry([*shipped().rules, *rules])
    settings = Settings(roots=(RootSettings(MAIN),), select=tuple(one.code for one in rules))
    fixed = fix(MemoryFiles({MAIN: text}), [MAIN], settings, safeties, registry=registry)
    assert fixed.report.complete
    return fixed.texts[MAIN][1] if MAIN in fixed.texts else text, fixed.total, fixed.refused


def test_repeats_to_a_fixed_point() -> None:
    assert run("Listen 82\nListen 443\n", count_up) == ("Listen 85\nListen 443\n", 3, 0)


def test_gives_up_on_what_never_ends() -> None:
    assert run("Listen 60\n", count_up)[0] == "Listen 70\n"


def test_unsafe_fixes_wait_for_leave() -> None:
    text = "ServerAdmin a@b\nListen 84\n"
    assert run(text, count_up, drop) == ("ServerAdmin a@b\nListen 85\n", 1, 0)
    assert run(text, count_up, drop, safeties=(Safety.SAFE, Safety.UNSAFE)) == ("Listen 85\n", 2, 0)


def test_a_fix_that_brings_an_error_is_left_out() -> None:
    text = "Listen 84\nTimeout 5\nListen 83\n"
    assert run(text, count_up, spoil, complain) == ("Listen 85\nTimeout 5\nListen 85\n", 3, 1)


def test_bytes_that_no_fix_names_stay() -> None:
    text = "\ufeff# \udcff caf\u00e9\r\nListen 84\r\n# x\x00y\x0c\r\nListen 90"
    fixed, applied, _ = run(text, count_up)
    assert (fixed, applied) == (text.replace("84", "85"), 1)


def test_continued_lines_are_removed_whole() -> None:
    text = "Listen 90\nServerAdmin \\\n  a@b\nListen 91\n"
    assert run(text, drop, safeties=(Safety.UNSAFE,))[0] == "Listen 90\nListen 91\n"


def test_writing_keeps_mode_and_links(tmp_path: Path) -> None:
    real, link = tmp_path / "real.conf", tmp_path / "link.conf"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_atomically(str(link), b"new\xff\r\n")
    assert link.is_symlink()
    assert real.read_bytes() == b"new\xff\r\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(os.listdir(tmp_path)) == ["link.conf", "real.conf"]


def test_a_failed_write_leaves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.conf"
    file.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(str(file), b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.conf"]
    assert file.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("paths", "applied"), [(["/site/a.conf"], 0), (["/site/a.conf", "/site/b.conf"], 1), ([MAIN], 1)]
)
def test_a_fix_that_reaches_into_other_files_waits_for_them(paths: list[str], applied: int) -> None:
    main = "ServerRoot /site\nInclude a.conf\nInclude b.conf\n"
    files = {MAIN: main, "/site/a.conf": "Timeout 5\n", "/site/b.conf": "ServerAdmin a\n"}
    settings = Settings(roots=(RootSettings(MAIN),), select=("far-away",))
    fixed = fix(MemoryFiles(files), paths, settings, registry=Registry([*shipped().rules, reach]))
    assert fixed.total == applied
    assert fixed.outside == (() if applied else ("/site/b.conf",))
    assert len(fixed.texts) == 2 * applied


@rule(code="SSL1996", name="add-word", severity=Severity.WARNING, since="0.1.0", fix=Safety.SAFE)
def lengthen(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    """A short line wants another word at its end."""
    if directive.key == "serveralias" and "b" not in directive.values:
        end = directive.span.end
        added = Edit(directive.source, Span(end, end), " b")
        yield context.report(directive, "too short", fix=context.fix("add b", added))


@rule(code="SSL1995", name="write-anew", severity=Severity.WARNING, since="0.1.0", fix=Safety.SAFE)
def rewrite(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    """The same line should have a different one in its place."""
    if directive.key == "serveralias" and "all" in directive.values:
        place = directive.arguments[0]
        yield context.report(directive, "wrong", fix=context.fix("write it anew", replace(place, "a b")))


def test_words_are_not_added_to_what_another_fix_writes_anew() -> None:
    assert run("ServerAlias all\n", lengthen, rewrite)[0] == "ServerAlias a b\n"
