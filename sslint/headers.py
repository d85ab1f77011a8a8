"""What a rule's file says of the rule, read without importing it.

A configuration concerns few rules, and importing all of them takes longer than checking a small
file. Reading what stands between `@rule(` and `def check` takes a fiftieth of that.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType
from typing import NamedTuple

from .on_demand import lend
from .rule import Rule, RuleError, Subject, family_of

PACKAGE = "sslint.rules"
_MARK = b"\n@rule("
_HEAD = re.compile(r"(.*?)\)\r?\ndef check\(\w+: (\w+),", re.DOTALL)
_ENTRY = re.compile(r"\b(\w+)=(\"[^\"\\]*\"|\([^()]*\)|[^\s,]+)")
_STRINGS = re.compile(r"\"[^\"]*\"|\(\s*(?:\"[^\"]*\"\s*(?:,\s*|(?=\))))*\)")
_SUBJECTS = {subject.value: subject for subject in Subject}


class Header(NamedTuple):
    """One rule's names, and what must be there for it to have anything to say.

    `needs` are as for `rule`, and the `keys` of a subscription to Directive or Section; empty means
    that it always may have. `module` is what to import, empty for a rule that is there already.
    """

    code: str
    slug: str
    subject: Subject
    needs: frozenset[str] = frozenset()
    default: bool = True
    module: str = ""

    @property
    def family(self) -> str:
        """The family that the code names."""
        return family_of(self.code)


def header_of(rule: Rule, module: str = "") -> Header:
    """The same of an imported rule."""
    return Header(rule.code, rule.slug, rule.subject, frozenset(rule.needs or rule.keys), rule.default, module)


def read_header(content: bytes, module: str) -> Header | None:
    """The header of a rule's file, or None where it is not written in plain literals."""
    begin = content.find(_MARK)
    match = _HEAD.match(content[begin + len(_MARK) :].decode("utf-8", "replace")) if begin >= 0 else None
    subject = _SUBJECTS.get(match[2]) if match else None
    if match is None or subject is None:
        return None
    entries = dict(_ENTRY.findall(match[1]))
    code, slug = _strings(entries.get("code", "")), _strings(entries.get("name", ""))
    needs = _strings(entries["needs"] if "needs" in entries else entries.get("keys", "()"))
    default = {"True": True, "False": False}.get(entries.get("default", "True"))
    if not code or not slug or needs is None or default is None:
        return None
    return Header(code[0], slug[0], subject, frozenset(word.lower() for word in needs), default, module)


def headers() -> Iterator[Header]:
    """Those of all rules that ship with sslint. Raises RuleError for one that can't be loaded."""
    package = _package()
    loader = package.__loader__
    for name, path in _files(package):
        try:
            content = loader.get_data(path)  # type: ignore[union-attr]
        except (AttributeError, OSError):  # compiled files alone, or a loader of somebody else
            content = b""
        yield read_header(content, name) or header_of(imported(name), name)


def imported(name: str) -> Rule:
    """The one rule of a module, whose place must say what its metadata say. Raises RuleError."""
    lend()
    module = importlib.import_module(name)
    file = module.__file__ or name
    rules = [value for value in vars(module).values() if isinstance(value, Rule)]
    if len(rules) != 1:
        raise RuleError(f"{file}:1: a rule's file holds one rule, this one holds {len(rules)}")
    rule = rules[0]
    family, stem = name.split(".")[-2:]
    if stem != rule.slug.replace("-", "_"):
        raise RuleError(f"{file}:1: the rule {rule.slug} belongs in a file named {rule.slug.replace('-', '_')}.py")
    if family != rule.family:
        raise RuleError(f"{file}:1: {rule.code} is a code of the family {rule.family}, the file stands in {family}")
    return rule


def _strings(written: str) -> tuple[str, ...] | None:
    """The strings of a literal string or tuple of strings; None for anything else."""
    return tuple(re.findall(r'"([^"]*)"', written)) if _STRINGS.fullmatch(written) else None


def _package() -> ModuleType:
    try:
        return importlib.import_module(PACKAGE)
    except ModuleNotFoundError:
        raise RuleError("the rules are not installed: run `pip install -e .` in the checkout") from None


def _files(package: ModuleType) -> Iterator[tuple[str, str]]:
    """The modules of rules: their full names and their paths."""
    for root in package.__path__:
        for family in pkgutil.iter_modules([root]):
            folder = os.path.join(root, family.name)
            for entry in pkgutil.iter_modules([folder]) if family.ispkg else ():
                if not entry.name.startswith("_"):
                    yield f"{PACKAGE}.{family.name}.{entry.name}", os.path.join(folder, f"{entry.name}.py")
