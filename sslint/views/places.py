"""Places and origins of settings, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..configuration.model import Condition, Directive
from ..server import Default, Inherited, Origin, Setting, Unknown

Data = str | int | float | bool | list["Data"] | dict[str, "Data"] | None
Name = Callable[[str], str]
"""Turns the server's path of a file into the one that is shown."""


def place_text(directive: Directive, name: Name) -> str:
    """`conf.d/ssl.conf:12`."""
    return f"{name(directive.source.path)}:{directive.line}"


def origin_text(origin: Origin, name: Name) -> str:
    """Where a value comes from, in a few words."""
    if isinstance(origin, Default):
        return f"default of {origin.of}"
    if isinstance(origin, Unknown):
        return origin.why
    if isinstance(origin, Inherited):
        return f"{place_text(origin.directive, name)}, inherited from {origin.host.title}"
    return place_text(origin, name)


def place_data(directive: Directive, name: Name) -> dict[str, Data]:
    """File, line and column, with the Include and Use lines that led there, innermost first."""
    line, column = directive.source.position(directive.start)
    via = directive.frame.chain
    return {
        "file": name(directive.source.path),
        "line": line,
        "column": column,
        "via": [{"text": _text(one), "file": name(one.source.path), "line": one.line} for one in via],
        "conditions": list(_conditions(directive.condition, name)),
    }


def _conditions(condition: Condition | None, name: Name) -> Iterator[Data]:
    """The sections around it whose truth can't be known, innermost first."""
    while condition is not None:
        header = condition.header
        yield {"text": _text(header), "file": name(header.source.path), "line": header.line}
        condition = condition.outer


def _text(directive: Directive) -> str:
    return f"{directive.name} {directive.text}".strip()


def directive_data(directive: Directive, name: Name) -> dict[str, Data]:
    """A directive with its place."""
    return {"text": _text(directive), **place_data(directive, name)}


def origin_data(origin: Origin, name: Name) -> dict[str, Data]:
    """An origin: `kind` is `directive`, `inherited`, `default` or `unknown`."""
    if isinstance(origin, Default):
        return {"kind": "default", "of": origin.of}
    if isinstance(origin, Unknown):
        return {"kind": "unknown", "why": origin.why}
    if isinstance(origin, Inherited):
        return {"kind": "inherited", "from": origin.host.title, **directive_data(origin.directive, name)}
    return {"kind": "directive", **directive_data(origin, name)}


def setting_data(setting: Setting[bool] | Setting[int] | Setting[str], name: Name) -> dict[str, Data]:
    """A value with its origin and the directives that it overrides."""
    losers: list[Data] = [directive_data(one, name) for one in setting.losers]
    return {"value": setting.value, "origin": origin_data(setting.origin, name), "overrides": losers}
