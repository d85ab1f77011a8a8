"""Where profiles can't be kept together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .lists import group
from .model import Bound, Item, Level, Mixed, Pattern, Profile, Requirement


class Contradiction(NamedTuple):
    """Two requirements, of two profiles, that nothing meets both of."""

    one: Profile
    mine: Requirement
    other: Profile
    theirs: Requirement


def contradictions(one: Profile, other: Profile, subject: str = "") -> Iterator[Contradiction]:
    """What two profiles contradict each other in, on one subject or on all."""
    for mine in one.requirements:
        if subject not in ("", mine.subject):
            continue
        for theirs in other.requirements:
            if oppose(mine, theirs):
                yield Contradiction(one, mine, other, theirs)


def against(requirement: Requirement, profile: Profile, profiles: Sequence[Profile]) -> Iterator[Contradiction]:
    """The requirements of other profiles that contradict one."""
    for other in profiles:
        for theirs in other.requirements if other is not profile else ():
            if oppose(requirement, theirs):
                yield Contradiction(profile, requirement, other, theirs)


def oppose(one: Requirement, other: Requirement) -> bool:
    """Whether nothing meets both."""
    if one.subject != other.subject or Level.MAY in (one.level, other.level):
        return False
    mine, theirs = one.ask, other.ask
    if isinstance(mine, bool):
        return mine is not theirs
    if isinstance(mine, Bound) and isinstance(theirs, Bound):
        return _apart(mine, theirs) or _apart(theirs, mine)
    if isinstance(mine, Mixed) and isinstance(theirs, Mixed):
        return _excludes(mine, theirs, one.subject) or _excludes(theirs, mine, one.subject)
    return False


def _apart(one: Bound, other: Bound) -> bool:
    return one.least is not None and other.most is not None and one.least > other.most


def _excludes(one: Mixed, other: Mixed, subject: str) -> bool:
    """Whether a list bans something that another wants, or all that it allows."""
    mine, banned = _names(one.only, subject), _names(one.forbid, subject)
    if mine is None and banned is None:
        return False

    def out(name: str) -> bool:
        return (mine is not None and name not in mine) or (banned is not None and name in banned)

    required = _names(other.require, subject) or set()
    groups = [found for found in (_names(other.any, subject), _names(other.only, subject)) if found]
    return any(map(out, required)) or any(all(map(out, found)) for found in groups)


def _names(items: tuple[Item, ...] | None, subject: str) -> set[str] | None:
    """What is listed, under names that can be compared; None where nothing is, or where patterns are."""
    if items is None or any(isinstance(one, Pattern) for one in items):
        return None
    names = [str(one) for one in items]
    if subject in ("groups", "certificate-curves"):
        return set(map(group, names))
    if subject == "ciphers":
        from ...openssl.history import openssl_name_of

        return {openssl_name_of(one) or one if one.startswith("TLS_") else one for one in names}
    return set(names)
