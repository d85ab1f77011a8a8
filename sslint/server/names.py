"""Names with wildcards, as ServerAlias takes them (`ap_is_matchexp`, `ap_strcasecmp_match` in server/util.c)."""

from __future__ import annotations


def is_pattern(name: str) -> bool:
    """Whether a name has a wildcard."""
    return "*" in name or "?" in name


def fits(name: str, pattern: str) -> bool:
    """Whether a name matches a pattern of `*` and `?`, both in lower case; takes time by their lengths at most."""
    at = place = 0
    star, resume = -1, 0
    while at < len(name):
        if place < len(pattern) and pattern[place] == "*":
            star, resume = place, at
            place += 1
        elif place < len(pattern) and pattern[place] in ("?", name[at]):
            at, place = at + 1, place + 1
        elif star >= 0:
            resume += 1
            at, place = resume, star + 1
        else:
            return False
    return not pattern[place:].strip("*")
