"""What several test files need: sites in memory, and runs of the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
QUIET = {"NO_COLOR": "1", "LC_ALL": "C.UTF-8", "COLUMNS": "100"}

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def sslint() -> Run:
    """Run the command line in a process of its own, in a folder, without this process's surroundings."""

    def run(
        *arguments: str, cwd: Path | str = ROOT, stdin: str = "", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "SYSTEMROOT")}
        return subprocess.run(
            [sys.executable, "-m", "sslint", *arguments],
            cwd=cwd,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            env={**inherited, **QUIET, **(env or {})},
            check=False,
            timeout=120,
        )

    return run


@pytest.fixture
def site(tmp_path: Path) -> Callable[[str], Path]:
    """Write a little server: a text with `#--- path` lines before each file. Returns its folder."""

    def build(text: str) -> Path:
        path = None
        for line in text.splitlines(keepends=True):
            if line.startswith("#--- "):
                path = tmp_path / line[5:].strip()
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("")
            elif path is not None:
                with path.open("a") as stream:
                    stream.write(line)
        return tmp_path

    return build
