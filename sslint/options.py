"""The rules' own options, as settings and profiles give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .rule import OptionValue, Rule

if TYPE_CHECKING:
    from .schema import Value


def option(value: Value) -> OptionValue:
    """An option's value as rules take it."""
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    assert not isinstance(value, dict)
    return value


def check_options(rule: Rule, options: Mapping[str, Value]) -> None:
    """Whether a rule has options, of these kinds. Raises ValueError."""
    for name, value in options.items():
        if name not in rule.options:
            known = ", ".join(rule.options) or "none"
            raise ValueError(f"{rule.slug} has no option {name!r}; it has: {known}")
        default = rule.options[name]
        if type(option(value)) is not type(default):
            kind = {bool: "true or false", int: "a number", str: "text", tuple: "a list"}[type(default)]
            raise ValueError(f"the option {name} of {rule.slug} is {kind}")
