"""Every example in a rule's documentation is a test."""

from __future__ import annotations

import subprocess
from pathlib import Path

import config_test
import pytest

from sslint.examples import Example, read
from sslint.proof import bad_faults, fix_faults, good_faults
from sslint.registry import load
from sslint.rule import Rule
from sslint.trial import Trial

REGISTRY = load()
BAD = [(rule, example) for rule in REGISTRY.rules for example in read(rule.doc).bad]
GOOD = [(rule, example) for rule in REGISTRY.rules for example in read(rule.doc).good]


def title(case: object) -> str:
    return case.slug if isinstance(case, Rule) else (case.title if isinstance(case, Example) else "") or "example"


@pytest.mark.parametrize(("rule", "example"), BAD, ids=title)
def test_bad_is_found_where_it_is_marked(rule: Rule, example: Example) -> None:
    faults = list(bad_faults(Trial(rule, example, REGISTRY)))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("rule", "example"), GOOD, ids=title)
def test_good_is_silent(rule: Rule, example: Example) -> None:
    faults = list(good_faults(Trial(rule, example, REGISTRY)))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("rule", "example"), [case for case in BAD if case[0].fix], ids=title)
def test_fix(rule: Rule, example: Example) -> None:
    faults = list(fix_faults(Trial(rule, example, REGISTRY), read(rule.doc)))
    assert not faults, "\n".join(faults)


PLAIN = [case for case in BAD if case[0].fix and case[1].headers.keys().isdisjoint(("show", "mark"))]
"""Those whose characters do not matter one by one."""


@pytest.mark.parametrize(("rule", "example"), PLAIN, ids=title)
def test_a_fix_writes_the_line_ends_that_it_finds(rule: Rule, example: Example) -> None:
    crlf = {path: text.replace("\n", "\r\n") for path, text in example.files.items()}
    plain = Trial(rule, example, REGISTRY).fix().texts
    fixed = Trial(rule, Example(example.title, example.headers, crlf), REGISTRY).fix().texts
    assert {path: new for path, (_, new) in fixed.items()} == {
        path: new.replace("\n", "\r\n") for path, (_, new) in plain.items()
    }


# The real server is the judge of what it accepts.


def on_this_server(example: Example) -> bool:
    target = example.headers.get("target", "httpd=2.4")
    return example.role == "main" and example.headers.get("live") != "no" and "httpd=2.4" in target


LIVE_GOOD = [case for case in GOOD if on_this_server(case[1])]
LIVE_BAD = [case for case in BAD if case[0].rejected and on_this_server(case[1])]
live = pytest.mark.skipif(not config_test.HERE, reason="no httpd with its modules here")


@pytest.fixture(scope="session")
def prelude(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """LoadModule lines for every stock module and one MPM."""
    return config_test.prelude(tmp_path_factory.mktemp("prelude"))


def ask(rule: Rule, example: Example, folder: Path, prelude: Path) -> subprocess.CompletedProcess[str]:
    """Run the server's config test on an example whose absolute paths are moved below a folder."""
    for name, data in Trial(rule, example, REGISTRY).pem().items():
        (folder / name.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
        (folder / name.lstrip("/")).write_bytes(data)
    config_test.settle(example.files, folder)
    flags = [word for name in example.headers.get("defines", "").split() for word in ("-D", name)]
    return config_test.ask(example.main, folder, prelude, flags)


@live
@pytest.mark.parametrize(("rule", "example"), LIVE_GOOD, ids=title)
def test_the_server_accepts_good(rule: Rule, example: Example, tmp_path: Path, prelude: Path) -> None:
    answer = ask(rule, example, tmp_path, prelude)
    assert answer.returncode == 0, answer.stderr


@live
@pytest.mark.parametrize(("rule", "example"), LIVE_BAD, ids=title)
def test_the_server_refuses_bad(rule: Rule, example: Example, tmp_path: Path, prelude: Path) -> None:
    answer = ask(rule, example, tmp_path, prelude)
    assert answer.returncode != 0, answer.stderr
