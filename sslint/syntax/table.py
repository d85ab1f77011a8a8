"""The parse table of grammar/httpd.lark. Made by grammar/convert/structure.py; do not edit."""

from __future__ import annotations

ACTIONS: list[dict[str, int]] = [
    {"$END": -11, "OPEN": 1, "RUN": 2, "STRAY": 3},
    {"CLOSE": 7, "MISSING": 8, "OPEN": 1, "RUN": 2, "STRAY": 3},
    {"$END": -1, "CLOSE": -1, "MISSING": -1, "OPEN": -1, "RUN": -1, "STRAY": -1},
    {"$END": -2, "CLOSE": -2, "MISSING": -2, "OPEN": -2, "RUN": -2, "STRAY": -2},
    {"$END": -12, "OPEN": 1, "RUN": 10, "STRAY": 11},
    {"$END": -6, "CLOSE": -6, "MISSING": -6, "OPEN": -6, "RUN": -6, "STRAY": -6},
    {},
    {"$END": -7, "CLOSE": -7, "MISSING": -7, "OPEN": -7, "RUN": -7, "STRAY": -7},
    {"$END": -8, "CLOSE": -8, "MISSING": -8, "OPEN": -8, "RUN": -8, "STRAY": -8},
    {"CLOSE": 13, "MISSING": 14, "OPEN": 1, "RUN": 10, "STRAY": 11},
    {"$END": -3, "CLOSE": -3, "MISSING": -3, "OPEN": -3, "RUN": -3, "STRAY": -3},
    {"$END": -4, "CLOSE": -4, "MISSING": -4, "OPEN": -4, "RUN": -4, "STRAY": -4},
    {"$END": -5, "CLOSE": -5, "MISSING": -5, "OPEN": -5, "RUN": -5, "STRAY": -5},
    {"$END": -9, "CLOSE": -9, "MISSING": -9, "OPEN": -9, "RUN": -9, "STRAY": -9},
    {"$END": -10, "CLOSE": -10, "MISSING": -10, "OPEN": -10, "RUN": -10, "STRAY": -10},
]
"""By state and terminal: n >= 0 shifts to state n, n < 0 reduces by rule ~n."""
GOTOS: list[dict[str, int]] = [
    {"__start_star_0": 4, "section": 5, "start": 6},
    {"__start_star_0": 9, "section": 5},
    {},
    {},
    {"section": 12},
    {},
    {},
    {},
    {},
    {"section": 12},
    {},
    {},
    {},
    {},
    {},
]
"""By state and rule name: the state after a reduction."""
RULES: list[tuple[str, int]] = [
    ("__start_star_0", 1),
    ("__start_star_0", 1),
    ("__start_star_0", 2),
    ("__start_star_0", 2),
    ("__start_star_0", 2),
    ("__start_star_0", 1),
    ("section", 2),
    ("section", 2),
    ("section", 3),
    ("section", 3),
    ("start", 0),
    ("start", 1),
]
"""Each rule's name and how many symbols it takes."""
START = 0
