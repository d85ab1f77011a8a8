"""The screens of docs/show.md and the report on its fixture are real. SSLINT_ACCEPT=1 writes them anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from sslint.catalogue import pages
from sslint.registry import load

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"```console\n\$ (sslint [^\n]*)\n(.*?)```", re.DOTALL)


def screen(match: re.Match[str]) -> str:
    words = match.group(1).split()[1:]
    command = [sys.executable, "-m", "sslint", *words, "--isolated"]
    environment = {**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    return f"```console\n$ {match.group(1)}\n{run.stdout}```"


def test_the_screens_of_show_are_real() -> None:
    document = ROOT / "docs" / "show.md"
    text = document.read_text(encoding="utf-8")
    assert len(BLOCK.findall(text)) == 3
    real = BLOCK.sub(screen, text)
    if os.environ.get("SSLINT_ACCEPT"):
        document.write_text(real, encoding="utf-8")
    assert text == real or os.environ.get("SSLINT_ACCEPT")


def test_the_report_on_the_fixture() -> None:
    command = [sys.executable, "-m", "sslint", "check", "--isolated", "--output-format", "concise", "fixtures/shop"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    expected = ROOT / "fixtures" / "shop" / "report.txt"
    if os.environ.get("SSLINT_ACCEPT"):
        expected.write_text(run.stdout, encoding="utf-8")
    assert (run.returncode, run.stdout) == (1, expected.read_text(encoding="utf-8"))


def test_the_rules_pages_are_up_to_date() -> None:
    """`sslint dev docs` writes them anew."""
    folder = ROOT / "docs" / "rules"
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    expected = pages(load().rules)
    assert sorted(there) == sorted(expected)
    assert [name for name in expected if there[name] != expected[name]] == []
