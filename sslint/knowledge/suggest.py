"""Did you mean: names that a misspelled one is close to."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 60
"""A word longer than this is no misspelled name."""


def distance(left: str, right: str, limit: int) -> int:
    """Edit distance (insert, delete, replace, swap of neighbours), or `limit + 1` when above it."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def _inside(word: str, name: str) -> bool:
    """Whether one of the two long names only adds something to the other, or abbreviates it."""
    if min(len(word), len(name)) < 6:
        return False
    if name.endswith(word) or word.endswith(name) or name.startswith(word) or word.startswith(name):
        return True
    if word[0] != name[0] or word[-1] != name[-1] or 2 * len(word) < len(name):
        return False
    rest = iter(name)
    return all(letter in rest for letter in word)


def closest(word: str, names: Iterable[str], count: int = 3) -> list[str]:
    """Up to `count` names near `word` (both lower case), nearest first.

    Near means about one slip in four letters, three at most. A name that only adds or lacks some
    letters (`CertificateFile`, `DocRoot`) counts as a weaker match. What can't be a slip of somebody
    who types, such as binary data, is near nothing.
    """
    if len(word) > LONGEST or not (word.isascii() and word.isprintable()):
        return []
    limit = 1 if len(word) < 4 else min(3, 1 + len(word) // 4)
    letters = set(word)
    scored: list[tuple[int, int, bool, str]] = []
    for name in names:
        gap = abs(len(name) - len(word))
        if gap <= limit and len(letters.symmetric_difference(name)) <= limit + 1:
            found = distance(word, name, limit)
            if found <= limit:
                scored.append((found, gap, word[:1] != name[:1], name))
                continue
        if _inside(word, name):
            scored.append((limit + 1, gap, word[:1] != name[:1], name))
    scored.sort()
    return [name for *_, name in scored[:count]]
