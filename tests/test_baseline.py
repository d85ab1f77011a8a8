"""Baselines: what they know stays silent, what is new is told, and what is gone is remembered as gone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sslint.analysis import analyse
from sslint.baseline import Baseline, BaselineError, load
from sslint.files import MemoryFiles
from sslint.settings import RootSettings, Settings

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from typing import Protocol

    Site = Callable[[str], Path]

    class Run(Protocol):
        def __call__(self, *arguments: str, cwd: Path | str = ...) -> subprocess.CompletedProcess[str]: ...


MAIN = "/site/httpd.conf"
TEXT = "Listen 80\n# sslint: ignore[nothing]\n<If true>\n# sslint: ignore[nothing]\n# sslint: ignore[nothing]\n</If>\n"
SETTINGS = Settings(roots=(RootSettings(MAIN),), select=("invalid-suppression",))


def known(text: str) -> Baseline:
    report = analyse(MemoryFiles({MAIN: text}), [MAIN], SETTINGS)
    return Baseline("/site/known.json").of(report.diagnostics)


def judged(text: str, baseline: Baseline, **settings: object) -> tuple[int, int, int]:
    """How many findings are shown, accepted and gone."""
    changed = SETTINGS.replace(baseline=baseline, **settings)
    report = analyse(MemoryFiles({MAIN: text}), [MAIN], changed)
    return len(report.findings), report.accepted, sum(entry.times for entry in report.stale)


def test_equal_findings_are_counted() -> None:
    entries = known(TEXT).entries
    assert {(entry.path, entry.rule) for entry in entries} == {("httpd.conf", "invalid-suppression")}
    assert sorted(entry.times for entry in entries) == [1, 2]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TEXT, (0, 3, 0)),
        ("# more\n\nTimeout 5\n" + TEXT.replace("<If true>", "# why\n<If  true>"), (0, 3, 0)),
        (TEXT + "# sslint: ignore[nothing]\n", (1, 3, 0)),
        (TEXT.replace("[nothing]\n</If>", "[nothing]\n# sslint: ignore[nothing]\n</If>"), (1, 3, 0)),
        (TEXT.replace("[nothing]\n</If>", "[style]\n</If>"), (0, 2, 1)),
        (TEXT.replace("<If true>", "<If false>"), (2, 1, 2)),
        ("Listen 80\n", (0, 0, 3)),
    ],
)
def test_what_is_new_and_what_is_gone(text: str, told: tuple[int, int, int]) -> None:
    assert judged(text, known(TEXT)) == told


def test_what_was_not_looked_for_is_not_gone() -> None:
    assert judged(TEXT, known(TEXT), select=("unused-suppression",)) == (0, 0, 0)
    other = known(TEXT)._replace(path="/elsewhere/known.json")
    assert judged(TEXT, other) == (3, 0, 0)


def test_only_the_given_files_entries_can_be_gone() -> None:
    files = {
        MAIN: "ServerRoot /site\nListen 80\nInclude a.conf\nInclude b.conf\n",
        "/site/a.conf": "",
        "/site/b.conf": "",
    }
    bad = {**files, "/site/a.conf": "# sslint: ignore[nothing]\n", "/site/b.conf": "# sslint: ignore[nothing]\n"}
    baseline = Baseline("/site/known.json").of(analyse(MemoryFiles(bad), [MAIN], SETTINGS).diagnostics)
    report = analyse(MemoryFiles(files), ["/site/a.conf"], SETTINGS.replace(baseline=baseline))
    assert [entry.path for entry in report.stale] == ["a.conf"]


def test_the_file_is_sorted_and_comes_back_the_same() -> None:
    baseline = known(TEXT)
    text = baseline.text()
    assert json.loads(text)["sslint_baseline"] == 1
    assert load(MemoryFiles({"/site/known.json": text}), "/site/known.json").text() == text
    assert not any(word in text for word in ('"line"', "column", "offset"))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "/b.json:1:1: Expecting value"),
        ('{"findings": [\n}', "/b.json:2:1: "),
        ("[]", "/b.json:1:1: this is no baseline"),
        ('{"findings": []}', "/b.json:1:1: this is no baseline"),
        ('{"sslint_baseline": 2, "findings": []}', "/b.json:1:1: unknown version 2"),
        ('{"sslint_baseline": 1,\n"findings": [\n7]}', "/b.json:3:1: entry 1 is no mapping"),
        (
            '{"sslint_baseline": 1,\n"findings": [\n'
            '{"path": "a", "rule": "b", "fingerprint": "c", "count": 1},\n'
            '{"path": "a", "rule": "b", "fingerprint": "c", "count": true}]}',
            "/b.json:4:1: entry 2 needs a 'count' that is a number from 1",
        ),
        ("[" * 100_000, "/b.json:1:1: this is no baseline"),
        ("\udcff", "/b.json:1:1: this is no baseline"),
    ],
)
def test_mistakes_have_a_place(text: str, error: str) -> None:
    with pytest.raises(BaselineError) as caught:
        load(MemoryFiles({"/b.json": text}), "/b.json")
    assert str(caught.value).startswith(error)


# The commands

FOUND = "#--- httpd.conf\nListen 80\n# sslint: ignore[nothing]\n"


def test_write_check_update(sslint: Run, site: Site) -> None:
    folder = site(FOUND)
    (folder / ".sslint.yaml").write_text("baseline: known.json\n")
    assert sslint("check", "httpd.conf", cwd=folder).returncode == 2
    answer = sslint("baseline", "write", cwd=folder)
    assert (answer.returncode, answer.stderr) == (0, "1 accepted in known.json: 1 new, 0 gone.\n")
    answer = sslint("check", "httpd.conf", cwd=folder)
    assert answer.returncode == 0
    assert "1 accepted by the baseline." in answer.stdout
    assert sslint("check", "httpd.conf", "--no-baseline", cwd=folder).returncode == 1
    (folder / "httpd.conf").write_text("Listen 80\n")
    answer = sslint("check", "httpd.conf", cwd=folder)
    assert "1 known to the baseline, and gone: `sslint baseline update` takes note." in answer.stdout
    for command in ("update", "prune"):
        answer = sslint("baseline", command, "httpd.conf", cwd=folder)
        assert answer.returncode == 0
        assert "0 accepted in known.json" in answer.stderr
    assert json.loads((folder / "known.json").read_text())["findings"] == []


def test_update_adds_nothing(sslint: Run, site: Site) -> None:
    folder = site("#--- httpd.conf\nListen 80\n")
    assert sslint("baseline", "write", "-o", "known.json", cwd=folder).returncode == 0
    (folder / "httpd.conf").write_text("Listen 80\n# sslint: ignore[nothing]\n")
    assert sslint("baseline", "update", "-o", "known.json", cwd=folder).returncode == 0
    assert sslint("check", "--baseline", "known.json", cwd=folder).returncode == 1


def test_no_baseline_comes_of_what_could_not_be_read(sslint: Run, site: Site) -> None:
    folder = site(FOUND)
    answer = sslint("baseline", "write", "httpd.conf", "missing.conf", cwd=folder)
    assert answer.returncode == 2
    assert "no baseline was written" in answer.stderr
    assert not (folder / ".sslint-baseline.json").exists()


def test_a_file_of_others_is_not_overwritten(sslint: Run, site: Site) -> None:
    folder = site(FOUND)
    (folder / "notes.json").write_text('{"mine": 1}\n')
    for command in (("baseline", "write", "-o"), ("baseline", "update", "-o"), ("check", "--baseline")):
        answer = sslint(*command, "notes.json", cwd=folder)
        assert answer.returncode == 2
        assert "notes.json:1:1: this is no baseline of sslint's" in answer.stderr
    assert (folder / "notes.json").read_text() == '{"mine": 1}\n'


def test_fixes_leave_alone_what_is_accepted(sslint: Run, site: Site) -> None:
    folder = site("#--- httpd.conf\n# sslint: ignore[unused-suppression]\nListen 80\n")
    assert sslint("baseline", "write", cwd=folder).returncode == 0
    answer = sslint("check", "--fix", "--baseline", ".sslint-baseline.json", cwd=folder)
    assert answer.returncode == 0
    assert (folder / "httpd.conf").read_text().startswith("# sslint")
