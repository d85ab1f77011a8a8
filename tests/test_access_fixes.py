"""Fixes of whole servers: Order, Allow and Deny by Require, with every answer kept, and lines at the end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from asking.case import Case, question
from asking.live import HTTPD, MODULES, OPENSSL, ask, serving

from sslint.diagnostic import Safety
from sslint.files import MemoryFiles
from sslint.fixer import fix
from sslint.settings import RootSettings, Settings

MAIN = "/site/httpd.conf"
FOLDERS = ("<Directory {root}/www>", "<Directory {root}/www/a>", "<Location /a/b>", "<Files x.txt>")
QUESTIONS = tuple(question(f"GET {path}") for path in ("/x.txt", "/a/x.txt", "/a/b/x.txt", "/a/b/index.html"))
WHO = ("all", "127.0.0.1", "127.0.0.0/8", "192.0.2.1", "10.0.0.0/255.0.0.0", "::1")


def _block(random: Random) -> list[str]:
    lines = [f"Order {random.choice(('allow,deny', 'deny,allow', 'mutual-failure'))}"] if random.random() < 0.8 else []
    lines += [f"Allow from {random.choice(WHO)}" for _ in range(random.randrange(3))]
    lines += ["Deny from all"] if random.random() < 0.5 else []
    random.shuffle(lines)
    return lines or ["Order allow,deny"]


def _texts(count: int) -> Iterator[str]:
    random = Random(22)
    for _ in range(count):
        chosen = [folder for folder in FOLDERS if random.random() < 0.6] or [FOLDERS[0]]
        blocks = (f"{folder}\n" + "\n".join(_block(random)) for folder in chosen)
        ends = (f"\n</{folder[1:].split()[0]}>\n" for folder in chosen)
        yield "".join(block + end for block, end in zip(blocks, ends, strict=True))


def _fixed(text: str, safeties: tuple[Safety, ...] = (Safety.SAFE,)) -> str:
    settings = Settings(roots=(RootSettings(MAIN),), select=("order-allow-deny-legacy",))
    found = fix(MemoryFiles({MAIN: f"Listen 80\n{text}"}), [MAIN], settings, safeties)
    return found.texts[MAIN][1].removeprefix("Listen 80\n") if MAIN in found.texts else text


@pytest.mark.skipif(not (HTTPD and OPENSSL and MODULES.is_dir()), reason="no httpd with its modules here")
def test_the_fix_changes_no_answer() -> None:
    pairs = [(text, fixed) for text in _texts(60) if (fixed := _fixed(text)) != text]
    assert len(pairs) > 30
    assert not any(word in fixed for _, fixed in pairs for word in ("Order", "Allow", "Deny"))
    before = [Case(f"before{number}", text, 0, QUESTIONS) for number, (text, _) in enumerate(pairs)]
    after = [Case(f"after{number}", text, 0, QUESTIONS) for number, (_, text) in enumerate(pairs)]
    root = Path(tempfile.mkdtemp(prefix="sslint-"))
    root.chmod(0o755)
    try:
        with serving(root, [*before, *after]) as running:
            for old, new in zip(before, after, strict=True):
                answers = [[ask(running, case, one, False) for one in QUESTIONS] for case in (old, new)]
                assert answers[0] == answers[1], f"{old.text}\n{new.text}"
    finally:
        shutil.rmtree(root, ignore_errors=True)


def test_lines_of_both_ways_are_left_alone() -> None:
    text = "<Directory /a>\nOrder allow,deny\nAllow from all\n</Directory>\n"
    text += "<Directory /b>\nRequire all granted\n</Directory>\n"
    assert _fixed(text) == text
    assert "Order" not in _fixed(text, (Safety.SAFE, Safety.UNSAFE))


@pytest.mark.parametrize("line", ["Allow from env=x", "Allow from example.org", "Satisfy Any"])
def test_one_line_that_is_said_otherwise_keeps_all(line: str) -> None:
    text = f"<Directory /a>\nOrder allow,deny\nAllow from all\n</Directory>\n<Directory /b>\n{line}\n</Directory>\n"
    assert _fixed(text) == text


@pytest.mark.parametrize("end", ["<Location /a>\n", "ServerAdmin a \\", "<IfDefine X>\n"])
def test_nothing_is_added_where_the_end_is_no_place_for_it(end: str) -> None:
    settings = Settings(roots=(RootSettings(MAIN),), select=("trace-enabled",))
    assert fix(MemoryFiles({MAIN: "Listen 80\n"}), [MAIN], settings, (Safety.SAFE,)).texts
    assert not fix(MemoryFiles({MAIN: f"Listen 80\n{end}"}), [MAIN], settings, (Safety.SAFE,)).texts
