"""`sslint.api` as rules come upon it: each name is imported when the first rule asks for it.

What the API names stands in every room. Importing all of it would take longer than checking a small file, for
which a handful of rules is wanted.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
from types import ModuleType

API = "sslint.api"
_IMPORT = re.compile(r"^from (\.[\w.]*) import (?:\(([^)]*)\)|([^(\n]+))$", re.MULTILINE)
_NAME = re.compile(r"(\w+)(?: as (\w+))?")


class Api(ModuleType):
    """Stands in for the module; `homes` tells of each name in which module it is found, and as what."""

    def __init__(self, homes: dict[str, tuple[str, str]], doc: str) -> None:
        super().__init__(API, doc)
        self._homes = homes
        self.__all__ = tuple(homes)

    def __getattr__(self, name: str) -> object:
        if name not in self._homes:
            raise AttributeError(f"module {API!r} has no attribute {name!r}")
        module, original = self._homes[name]
        found = getattr(importlib.import_module(module, __package__), original)
        setattr(self, name, found)
        return found


def homes_of(source: str) -> dict[str, tuple[str, str]]:
    """Where the names that a module's text imports come from."""
    found: dict[str, tuple[str, str]] = {}
    for match in _IMPORT.finditer(source):
        for original, alias in _NAME.findall(match[2] or match[3]):
            found[alias or original] = (match[1], original)
    return found


def lend() -> None:
    """Put the stand-in where rules import from, unless the module or no text of it is there."""
    spec = importlib.util.find_spec(API) if API not in sys.modules else None
    read = getattr(spec.loader, "get_source", None) if spec is not None else None
    source = read(API) if read is not None else None
    if spec is None or not source:
        return
    stand_in = Api(homes_of(source), source.partition('"""')[2].partition('"""')[0])
    stand_in.__spec__, stand_in.__loader__, stand_in.__file__ = spec, spec.loader, spec.origin
    sys.modules[API] = vars(sys.modules[__package__])["api"] = stand_in
