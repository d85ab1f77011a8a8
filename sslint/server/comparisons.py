"""Numbers that a condition compares as texts: `"10" > "9"` is false.

Source: `ap_expr_eval_comp` in server/util_expr_eval.c: `<`, `<=`, `>` and `>=` are strcmp, `-lt` and its like
compare integers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..syntax.expressions import Condition, Word

NUMERIC = {"<": "-lt", "<=": "-le", ">": "-gt", ">=": "-ge"}
"""The operators for texts, with those for numbers."""
_WIDTHS = {"TIME": 14, "TIME_YEAR": 4, "TIME_MON": 2, "TIME_DAY": 2, "TIME_HOUR": 2, "TIME_MIN": 2, "TIME_SEC": 2,
           "TIME_WDAY": 1, "REQUEST_STATUS": 3}  # fmt: skip
"""Variables that always have so many digits: texts of as many compare like numbers."""
_NUMBERS = frozenset(
    "SSL_CIPHER_USEKEYSIZE SSL_CIPHER_ALGKEYSIZE SSL_CLIENT_V_REMAIN SERVER_PORT REMOTE_PORT CONTENT_LENGTH".split()
)


class AsText(NamedTuple):
    """A comparison: its operator, the variable, and the number that it is compared with."""

    operator: str
    variable: str
    number: str


def compared_as_text(text: str) -> list[AsText]:
    """The comparisons of a condition that take a number for a text; none in what can't be read."""
    from ..syntax.expressions import ExpressionError, parse_condition

    try:
        condition = parse_condition(text)
    except ExpressionError:
        return []
    return list(_found(condition))


def _found(one: Condition) -> Iterator[AsText]:
    from ..syntax.expressions import Both, Compare, Either, Negated

    if isinstance(one, Negated):
        yield from _found(one.condition)
    elif isinstance(one, (Both, Either)):
        yield from _found(one.left)
        yield from _found(one.right)
    elif isinstance(one, Compare) and one.operator in NUMERIC:
        for word, other in ((one.left, one.right), (one.right, one.left)):
            name, number = _name(word), _digits(other)
            if name and number and _WIDTHS.get(name) != len(number):
                yield AsText(one.operator, name, number)


def _name(word: Word) -> str:
    """The variable that a word consists of, if that is one that holds a number."""
    from ..syntax.expressions import Joined, Variable

    if isinstance(word, Joined) and len(word.parts) == 1:
        word = word.parts[0]
    name = word.name.upper() if isinstance(word, Variable) else ""
    return name if name in _WIDTHS or name in _NUMBERS else ""


def _digits(word: Word) -> str:
    from ..syntax.expressions import Joined, Literal, Number

    if isinstance(word, Joined) and len(word.parts) == 1:
        word = word.parts[0]
    text = word.text if isinstance(word, (Literal, Number)) else ""
    return text if text.isdigit() else ""
