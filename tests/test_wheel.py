"""The wheel holds every package and data file of the tree, and works where nothing else is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOMES = {"sslint": "sslint", "grammar": "sslint/grammar", "rules": "sslint/rules"}
LEFT_OUT = ("grammar/convert/",)


def expected() -> Iterator[str]:
    """The files of the tree under their names in the wheel."""
    for folder, home in HOMES.items():
        for path in (ROOT / folder).rglob("*"):
            inner = path.relative_to(ROOT).as_posix()
            if path.is_file() and "__pycache__" not in inner and not inner.startswith(LEFT_OUT):
                yield home + inner[len(folder) :]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a clean copy, since a build folder would bring back what was deleted."""
    copy = tmp_path_factory.mktemp("copy")
    for name in (*HOMES, "pyproject.toml", "README.md", "LICENSE"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / name)
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(out), str(copy)]
    subprocess.run(command, check=True, timeout=300)
    (path,) = out.glob("sslint-*.whl")
    return path


def test_the_wheel_is_the_tree(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == set(expected())


def test_only_one_name_at_the_top(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"sslint"}


def test_it_works_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    """Straight from the zip, with the dependencies of this environment but not this checkout."""
    import click
    import lark
    import yaml

    libraries = {str(Path(module.__file__ or "").parent.parent) for module in (click, lark, yaml)}
    script = (
        "import sys; sys.meta_path[:] = [f for f in sys.meta_path if 'editable' not in repr(f)]\n"
        f"sys.path[:0] = {[str(wheel), *sorted(libraries)]!r}\n"
        "import sslint; assert '.whl' in sslint.__file__, sslint.__file__\n"
        "from sslint.cli import run; sys.exit(run(sys.argv[1:]))\n"
    )
    (tmp_path / "httpd.conf").write_text("# sslint: ignore[nothing]\nListen 80\n")
    command = [sys.executable, "-I", "-c", script, "check", "--isolated", "httpd.conf"]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert (answer.returncode, answer.stderr) == (1, "")
    assert "invalid-suppression" in answer.stdout
