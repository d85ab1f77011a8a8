"""The output formats: functions that turn a report into lines. None of them prints.

What a start may not need is imported when its format is asked for.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping

from ..report import Report
from .view import View

Reporter = Callable[[Report, View], Iterator[str]]


def _lazily(name: str) -> Reporter:
    """The reporter of a name: the function of that name in the module of that name."""

    def report(found: Report, view: View) -> Iterator[str]:
        reporter: Reporter = getattr(importlib.import_module(f".{name}", __name__), name)
        return reporter(found, view)

    return report


FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "markdown")
PEOPLE = frozenset({"text", "concise"})
"""Formats that say nothing where nothing was found; the others write a whole document all the same."""
REPORTERS: Mapping[str, Reporter] = {name: _lazily(name) for name in FORMATS}

__all__ = ["FORMATS", "PEOPLE", "REPORTERS", "Reporter", "View"]
