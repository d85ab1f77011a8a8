"""What a requirement asks for, in words."""

from __future__ import annotations

from ...text import enumeration
from .lists import title
from .model import Bound, Item, Level, Mixed, Pattern, Requirement
from .switched import SWITCHES

_SHOWN = 6


def asked(requirement: Requirement, most: int | None = _SHOWN) -> str:
    """What is asked for: `only TLSv1.2 and TLSv1.3`, `2048 at least`, `SSLHonorCipherOrder on`.

    Of lists longer than `most` the first names are given, and how many more there are.
    """
    ask = requirement.ask
    if isinstance(ask, bool):
        return f"{SWITCHES[requirement.subject].directive} {'on' if ask else 'off'}"
    if isinstance(ask, Bound):
        bounds = ((ask.least, "at least"), (ask.most, "at most"))
        return " and ".join(f"{number} {word}" for number, word in bounds if number is not None)
    return _listed(ask, most) if isinstance(ask, Mixed) else ask


def _listed(ask: Mixed, most: int | None) -> str:
    def names(items: tuple[Item, ...]) -> str:
        return enumeration([title(one) for one in items], most)

    parts = [f"only {names(ask.only)}"] if ask.only is not None else []
    parts += [names(ask.require)] if ask.require else []
    parts += [f"one of {names(ask.any)}" if len(ask.any) > 1 else names(ask.any)] if ask.any else []
    parts += [_banned(ask.forbid)] if ask.forbid else []
    return "; ".join(parts)


def _banned(items: tuple[Item, ...]) -> str:
    """`not SSLv2, SSLv3 or TLSv1`; `not RC4; not below 112 bits`."""
    if any(isinstance(one, Pattern) for one in items):
        return "; ".join(f"not {title(one)}" for one in items)
    return "not " + " or ".join(filter(None, (", ".join(map(title, items[:-1])), *map(title, items[-1:]))))


def weight(requirement: Requirement) -> str:
    """`must`, `should` or `may`, and whether it was only recalled."""
    word = {Level.MUST: "must", Level.SHOULD: "should", Level.MAY: "may"}[requirement.level]
    return word if requirement.verified else f"{word}, recalled"
