"""The output formats: functions that turn a report into lines. None of them prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..report import Report
from .concise import concise
from .json import json
from .text import text
from .view import View

Reporter = Callable[[Report, View], Iterator[str]]

REPORTERS: Mapping[str, Reporter] = {"text": text, "concise": concise, "json": json}

__all__ = ["REPORTERS", "Reporter", "View"]
