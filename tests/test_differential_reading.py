"""Reading held against the installed httpd: random small configurations, accepted or not, and their dump."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sslint.accept import check
from sslint.configuration import expand
from sslint.configuration.dump import render
from sslint.files import DiskFiles
from sslint.knowledge.targets import preset
from sslint.registry import load

HTTPD = shutil.which("apache2")
MODULES = Path("/usr/lib/apache2/modules")
pytestmark = pytest.mark.skipif(not HTTPD or not MODULES.exists(), reason="Debian's apache2 is not installed")

LOADED = ("mpm_event", "info", "macro", "env", "authz_core")
LINES = (
    "SetEnv A b", 'SetEnv A "b c', "  SetEnv A ${V} x", "SetEnv A ${W}", "SetEnv A \\", "b", "SetEnv \\ ", '"SetEnv" A',
    "SetEnv> A b", "SetEnv A b\\\\", "SetEnv A $a", "\tSetEnv\tA\tb\t", "SetEnv A b\r", "\x00SetEnv", "SetEnv A \x00 b",
    "Define V one", 'Define V "two three"', "UnDefine V", "Define W ${V}2", "# c", "# c \\", "", "\\",
    "<IfModule mod_env.c>", "<IfModule !mod_env.c>", "<IfModule mod_env.c", "<IfModule mod_env.c>\r", "</IfModule>",
    "</IfModule> # x", "</IfModule>\r", "<IfDefine V>", "<IfDefine !V>", "</IfDefine>", "</IfDefine >",
    "<IfVersion >= 2.4.1>", "<IfVersion ~ 2\\.2>", "</IfVersion>", "<IfFile inc.conf>", "</IfFile>",
    "<Directory /x>", '<Directory "/y">', "<Directory /x> # c", "</Directory>", "</Directory> x", "</directory>",
    "<Macro M $a>", "</Macro>", "Use M x", 'Use M "x y"', "Include inc.conf", "IncludeOptional no.conf",
    "Include inc*.conf",
)  # fmt: skip
"""Lines that interact: continuations, comments, quotes, variables, conditions, sections, macros, includes."""


def _balanced(lines: list[str]) -> list[str]:
    """The lines with every section closed by the right end tag, and none nested that may not be."""
    opened: list[str] = []
    kept: list[str] = []
    for line in lines:
        word = line.strip()
        if word.startswith("</"):
            if opened:
                kept.append(f"</{opened.pop()}>")
            continue
        if word.startswith("<"):
            name = word[1:].split()[0].rstrip(">")
            if name == "Directory" and name in opened:
                continue
            opened.append(name)
        kept.append(line)
    return kept + [f"</{name}>" for name in reversed(opened)]


def _texts(seed: int, count: int) -> Iterator[str]:
    chance = random.Random(seed)
    for _ in range(count):
        lines = [chance.choice(LINES) for _ in range(chance.randrange(2, 14))]
        if chance.random() < 0.6:
            lines = _balanced(lines)
        yield chance.choice(["\n", "\n", "\r\n"]).join(lines) + chance.choice(["", "\n"])


@pytest.mark.parametrize("seed", range(4))
def test_random_configurations(seed: int, tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "inc.conf").write_text("SetEnv INC 1\n")
    (tmp_path / "inc2.conf").write_text("<IfModule mod_env.c>\nSetEnv INC2 ${V}\n</IfModule>\n")
    main = tmp_path / "httpd.conf"
    loads = "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in LOADED)
    prelude = f"ServerRoot {tmp_path}\nServerName x\nListen 127.0.0.1:8999\n{loads}"
    refusing = {rule.slug for rule in load().rules if rule.rejected}
    for text in _texts(seed, 60):
        main.write_text(prelude + text, newline="")
        run = subprocess.run(
            [str(HTTPD), "-t", "-DDUMP_CONFIG", "-d", tmp_path, "-f", main], capture_output=True, check=False
        )
        configuration = expand(str(main), DiskFiles(), preset("debian-12"), modules_certain=True, flags_certain=True)
        problems = configuration.problems + check(configuration)
        refusals = [problem.message for problem in problems if problem.kind in refusing]
        assert bool(refusals) == bool(run.returncode), (text, refusals, run.stderr)
        if not refusals:
            dump = run.stdout.decode("utf-8", "surrogateescape").removesuffix("Syntax OK\n")
            assert render(configuration) == dump, text
