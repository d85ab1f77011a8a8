"""Rules of an organisation's own that are written in Python: in a folder, or in an installed package.

They are code and run with the rights of whoever runs sslint: nothing of them is loaded unless settings
or the command line name it.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import NamedTuple

from ..rule import Rule, RuleError

GROUP = "sslint.rules"
"""The entry points by which an installed package offers rules: a module or package each."""


class PythonRules(NamedTuple):
    """Where rules in Python are: folders by their absolute paths, and names of entry points."""

    folders: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()

    def load(self) -> Iterator[Rule]:
        """All of them. Raises RuleError for what can't be loaded, with its file."""
        for folder in self.folders:
            yield from folder_rules(folder)
        for name in self.plugins:
            yield from plugin_rules(name)


def folder_rules(folder: str) -> Iterator[Rule]:
    """The rules of a folder: one in each `.py` file, `_helpers` aside. Raises RuleError."""
    if not os.path.isdir(folder):
        raise RuleError(f"{folder}: there is no such folder of rules")
    package = _package(folder)
    for entry in sorted(os.listdir(folder)):
        stem, ending = os.path.splitext(entry)
        if ending == ".py" and not stem.startswith("_"):
            yield from _rules(_imported(f"{package}.{stem}", os.path.join(folder, entry)))


def _package(folder: str) -> str:
    """A package that stands for the folder, so that its files may import `._helpers`."""
    name = "sslint_own_" + hashlib.sha256(folder.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    if name not in sys.modules:
        spec = importlib.machinery.ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [folder]
        sys.modules[name] = importlib.util.module_from_spec(spec)
    return name


def plugin_rules(name: str) -> Iterator[Rule]:
    """The rules behind an entry point: of its module, or of the modules of its package. Raises RuleError."""
    from importlib.metadata import entry_points

    found = {point.name: point for point in entry_points(group=GROUP)}
    if name not in found:
        known = ", ".join(sorted(found)) or "none"
        raise RuleError(f"no installed package offers rules by the name {name!r}; known are: {known}")
    module = _imported(found[name].module, name)
    yield from _rules(module)
    for folder in getattr(module, "__path__", ()):
        for entry in sorted(os.listdir(folder)):
            stem, ending = os.path.splitext(entry)
            if ending == ".py" and not stem.startswith("_"):
                yield from _rules(_imported(f"{module.__name__}.{stem}", os.path.join(folder, entry)))


def _imported(name: str, place: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except RuleError:
        raise
    except Exception as error:  # whatever a file of somebody else's does
        line = getattr(error, "lineno", None) or 1
        raise RuleError(f"{place}:{line}: cannot be loaded: {type(error).__name__}: {error}") from error


def _rules(module: ModuleType) -> Iterator[Rule]:
    """The rules that a module itself makes."""
    file = module.__file__ or ""
    for value in vars(module).values():
        if isinstance(value, Rule) and os.path.realpath(value.file) == os.path.realpath(file):
            if not value.own:
                raise RuleError(f"{file}:1: the code {value.code} is kept for sslint's own rules: use other letters")
            yield value
