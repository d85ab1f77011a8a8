"""Tests about the rules: what every rule file keeps to."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from sslint import __version__, api
from sslint.examples import read
from sslint.proof import structure_faults
from sslint.registry import load
from sslint.rule import FAMILIES, Rule

ROOT = Path(__file__).parent.parent
RULES = load().rules
FILES = sorted(path for path in (ROOT / "rules").rglob("*.py") if not path.name.startswith("_"))
LONGEST = 400
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)


def test_every_file_is_a_rule() -> None:
    assert {Path(rule.file).resolve() for rule in RULES} == {path.resolve() for path in FILES}


def test_every_family_is_a_folder_that_ships() -> None:
    folders = {path.name for path in (ROOT / "rules").iterdir() if (path / "__init__.py").exists()}
    assert folders <= set(FAMILIES)
    packages = re.findall(r'"sslint\.rules\.(\w+)"', (ROOT / "pyproject.toml").read_text())
    assert folders == set(packages)


@each_rule
def test_metadata(rule: Rule) -> None:
    assert re.fullmatch(r"SSL\d{4}", rule.code)
    assert Path(rule.file).stem == rule.slug.replace("-", "_")
    assert Path(rule.file).parent.name == rule.family
    assert not re.match(r"(no|use|avoid)-", rule.slug), "a slug names the problem"
    assert re.fullmatch(r"\d+\.\d+\.\d+", rule.since)
    assert [int(part) for part in rule.since.split(".")] <= [int(part) for part in __version__.split(".")]
    assert not rule.reference or re.match(r"https://|RFC \d+|CVE-", rule.reference)


@each_rule
def test_documentation(rule: Rule) -> None:
    faults = list(structure_faults(rule, read(rule.doc)))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_source(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST
    assert not re.search(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b", text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            allowed = module in ("sslint.api", "__future__") or (node.level == 1 and module.startswith("_"))
            allowed = allowed or (node.level == 0 and not module.startswith(("sslint", "rules")))
            assert allowed, f"{path.name} imports {module}: rules see sslint.api and their family's helpers only"


def test_the_api_has_no_name_that_nobody_uses() -> None:
    used = set(re.findall(r"\w+", (ROOT / "docs" / "own-rules.md").read_text(encoding="utf-8")))
    for path in (ROOT / "rules").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "sslint.api":
                used |= {one.name for one in node.names}
    assert not set(api.__all__) - used
