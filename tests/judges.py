"""Programs of others that judge what sslint writes. A test that can't have one is skipped, and says why."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

PACKAGES = ("@microsoft/sarif-multitool-linux@5.7.0", "@actions/core@3")


@cache
def _installed() -> Path | str:
    """The folder of the npm packages, or why there is none."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        return "no node here"
    folder = Path(os.environ.get("SSLINT_JUDGES") or Path(tempfile.gettempdir()) / f"sslint-judges-{os.getuid()}")
    modules = folder / "node_modules"
    if not (folder / "complete").exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), *PACKAGES]
        try:
            answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
        except subprocess.TimeoutExpired:
            return "npm install took too long"
        if answer.returncode:
            return f"npm install failed: {answer.stderr.strip()[-200:]}"
        (modules / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool").chmod(0o755)
        (folder / "complete").touch()
    return modules


def modules() -> Path:
    """Where the npm packages lie; skips the test where they can't be had."""
    found = _installed()
    if isinstance(found, str):
        pytest.skip(found)
    return found


def multitool(*arguments: str) -> str:
    """What Microsoft's SARIF Multitool says."""
    if os.uname().machine != "x86_64":
        pytest.skip("the Multitool is built for x86_64")
    program = modules() / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    answer = subprocess.run(
        [str(program), *arguments], capture_output=True, text=True, check=False, timeout=120, env=environment
    )
    return answer.stdout + answer.stderr


def node(script: str) -> str:
    """What a module prints that may import the packages."""
    file = modules().parent / "script.mjs"
    file.write_text(script, encoding="utf-8")
    return subprocess.run(["node", str(file)], capture_output=True, text=True, check=True, timeout=60).stdout
