"""What a run of `sslint check` would work on: its files, and its settings."""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..rule import Rule
from ..units import gather
from .inputs import Inputs, Options
from .outputs import shape
from .terminal import emit

if TYPE_CHECKING:
    from ..reporters.json import Json


def show_files(options: Options, work: Inputs) -> int:
    """The files that would be read, each with the main file that it belongs to."""
    gathered = gather(work.files, work.paths, work.settings)
    seen = shape(options, sys.stdout)
    found = {path: unit for unit in gathered.units for path in sorted(unit.sources) if unit.shows(path)}
    for path, unit in sorted(found.items()):
        emit([seen.path(path) + ("" if path == unit.path else f"  ({seen.path(unit.path)})")])
    for unread in gathered.unread:
        emit([f"sslint: cannot read {seen.path(unread.path)}: {seen.clean(unread.message)}"], sys.stderr)
    return 2 if gathered.unread else 0


def show_settings(work: Inputs) -> int:
    """The settings in force, as JSON."""
    import json

    emit([json.dumps(dict(_plain(work.settings._asdict())), indent=2)])
    return 0


def _plain(settings: Mapping[str, object]) -> Iterator[tuple[str, Json]]:
    for key, value in settings.items():
        yield key.replace("_", "-"), _value(value)


_NAMED: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (enum.Enum, lambda member: member.name.lower()),
    (Rule, lambda rule: rule.slug),
    (datetime, datetime.isoformat),
)
"""What is told by a name."""


def _value(value: object) -> Json:
    """A setting as plain data."""
    for kind, name in _NAMED:
        if isinstance(value, kind):
            return name(value)
    if isinstance(value, Mapping):
        return {str(key): _value(one) for key, one in value.items()}
    if hasattr(value, "_asdict"):
        return dict(_plain(value._asdict()))
    if isinstance(value, (list, tuple)):
        return [_value(one) for one in value]
    return value if isinstance(value, (str, int, type(None))) else str(getattr(value, "label", value))
