"""The cases of `test_values_cases.txt`, put to the real server."""

from __future__ import annotations

import functools
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

APACHE = shutil.which("apache2")
MODULES = Path("/usr/lib/apache2/modules")
CASES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "test_values_cases.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
SKIPPED = {
    "mpm_prefork", "mpm_worker", "cgi", "case_filter", "case_filter_in", "bucketeer", "data", "dialup", "echo",
    "heartbeat",
}  # fmt: skip
HEAVY = {"md", "lua", "xml2enc", "proxy_html", "ldap", "authnz_ldap", "proxyhtml"}
"""Modules that take long to load; their names occur in the directives that need them."""
ALONE = 1
BATCH = 20
WRAPPERS = {
    "server": "{}",
    "vhost": "<VirtualHost *:80>\n{}\n</VirtualHost>",
    "directory": "<Directory /srv/x>\n{}\n</Directory>",
    "location": "<Location /x>\n{}\n</Location>",
    "files": "<Files x>\n{}\n</Files>",
    "proxy": "<Proxy http://127.0.0.1:9/>\n{}\n</Proxy>",
    "balancer": "<Proxy balancer://c>\n{}\n</Proxy>",
    "if": '<Directory /srv/z>\n<If "true">\n{}\n</If>\n</Directory>',
    "requireany": "<Directory /srv/y>\n<RequireAny>\n{}\n</RequireAny>\n</Directory>",
}

pytestmark = pytest.mark.skipif(APACHE is None or not MODULES.is_dir(), reason="needs a Debian apache2")


@functools.cache
def is_measured_release() -> bool:
    version = subprocess.run([str(APACHE), "-v"], capture_output=True, text=True, check=False).stdout
    return "Apache/2.4.71" in version


class Server:
    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "docs").mkdir()
        names = [path.stem.removeprefix("mod_") for path in sorted(MODULES.glob("mod_*.so"))]
        self.light = [name for name in names if name not in SKIPPED | HEAVY]
        self.all = [name for name in names if name not in SKIPPED]

    def accepts(self, cases: list[tuple[str, str]], index: int) -> bool:
        """Whether `apache2 -t` takes places and texts, each in a wrapper of its own."""
        heavy = any(word in text.lower() for _, text in cases for word in HEAVY)
        lines = [f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in (self.all if heavy else self.light)]
        lines += ["ServerName localhost", f"DefaultRuntimeDir {self.root}", f"PidFile {self.root}/pid"]
        lines += [f"ErrorLog {self.root}/error.log", f"DocumentRoot {self.root}/docs"]
        lines += [WRAPPERS[place].format(text.replace("\\n", "\n")) for place, text in cases]
        path = self.root / f"{index}.conf"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [str(APACHE), "-t", "-d", str(self.root), "-f", str(path)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


def batches(cases: list[tuple[str, str]], size: int) -> Iterator[list[tuple[str, str]]]:
    for start in range(0, len(cases), size):
        yield cases[start : start + size]


def verdicts(server: Server, cases: list[tuple[str, str]], size: int) -> list[list[tuple[str, str]]]:
    """The batches that the server takes."""
    groups = list(batches(cases, size))
    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(server.accepts, groups, range(len(groups))))
    return [group for group, accepted in zip(groups, taken, strict=True) if accepted]


def test_accepted_cases(tmp_path: Path) -> None:
    if not is_measured_release():
        pytest.skip("measured on another release")
    server = Server(tmp_path)
    cases = [(place, text) for verdict, place, text in CASES if verdict == "accept"]
    taken = {case for group in verdicts(server, cases, BATCH) for case in group}
    alone = [case for case in cases if case not in taken]
    taken |= {case for group in verdicts(server, alone, ALONE) for case in group}
    assert [case for case in cases if case not in taken] == []


def test_rejected_cases(tmp_path: Path) -> None:
    if not is_measured_release():
        pytest.skip("measured on another release")
    server = Server(tmp_path)
    cases = [(place, text) for verdict, place, text in CASES if verdict != "accept"]
    assert verdicts(server, cases, ALONE) == []
