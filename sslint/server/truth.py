"""What a condition (`<If>`, `Require expr`) comes to when some things about a request are known.

Source: server/util_expr_eval.c. True and False are certain; None means that it depends on the rest.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from ..syntax.expressions import (
    Both,
    Call,
    Compare,
    Condition,
    Contained,
    Either,
    ExpressionError,
    Joined,
    Literal,
    Match,
    Negated,
    Number,
    Truth,
    Unary,
    Variable,
    Word,
    parse_condition,
)
from .pattern import compile_pattern

_PLAIN = {"HTTPS": "off", "REQUEST_SCHEME": "http", "SERVER_PORT": "80", "HTTP:X-FORWARDED-PROTO": "http",
          "HTTP_X_FORWARDED_PROTO": "http"}  # fmt: skip
_TLS = {"HTTPS": "on", "REQUEST_SCHEME": "https", "SERVER_PORT": "443", "HTTP:X-FORWARDED-PROTO": "https",
        "HTTP_X_FORWARDED_PROTO": "https"}  # fmt: skip
_HEADER_CALLS = frozenset({"http", "req", "req_novary"})
_UNSET = frozenset({"", "off", "no", "false", "0"})


@functools.lru_cache(maxsize=1024)
def holds(text: str, tls: bool) -> bool | None:
    """Whether a condition holds for a request by TLS or by plain HTTP; None where that depends on more."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    try:
        condition = parse_condition(text)
    except ExpressionError:
        return None
    return _truth(condition, _TLS if tls else _PLAIN, tls)


def _truth(one: Condition, known: Mapping[str, str], tls: bool) -> bool | None:
    if isinstance(one, Truth):
        return one.value
    if isinstance(one, Negated):
        inner = _truth(one.condition, known, tls)
        return None if inner is None else not inner
    if isinstance(one, (Both, Either)):
        return _joined(one, known, tls)
    value = _value(one.left if isinstance(one, Compare) else one.word, known, tls)
    return None if value is None else _tested(one, value, known, tls)


def _tested(one: Unary | Compare | Match | Contained, value: str, known: Mapping[str, str], tls: bool) -> bool | None:
    """What a test comes to when its (left) word comes to a value."""
    if isinstance(one, Unary):
        return _unary(one.operator, value)
    if isinstance(one, Match):
        pattern = compile_pattern(one.pattern, "i" in one.flags)
        return None if pattern is None else (pattern.search(value) is not None) is not one.negated
    if isinstance(one, Contained):
        items = [_value(item, known, tls) for item in one.items]
        return None if None in items else value in items
    right = _value(one.right, known, tls)
    return None if right is None else _compare(one.operator.lstrip("-"), value, right)


def _joined(one: Both | Either, known: Mapping[str, str], tls: bool) -> bool | None:
    results = {_truth(one.left, known, tls), _truth(one.right, known, tls)}
    decisive = isinstance(one, Either)
    if decisive in results:
        return decisive
    return None if None in results else not decisive


def _unary(operator: str, value: str) -> bool | None:
    if operator == "n":
        return bool(value)
    if operator == "z":
        return not value
    return value.lower() not in _UNSET if operator == "T" else None


def _compare(operator: str, left: str, right: str) -> bool | None:
    if operator in ("==", "="):
        return left == right
    if operator == "!=":
        return left != right
    if operator in ("strmatch", "strcmatch"):
        pattern = re.escape(right).replace("\\*", ".*").replace("\\?", ".")
        return re.fullmatch(pattern, left, re.IGNORECASE if operator == "strcmatch" else 0) is not None
    if operator in ("eq", "ne"):
        return (_number(left) == _number(right)) is (operator == "eq")
    return None


def _number(text: str) -> int:
    digits = re.match(r"\s*[-+]?\d+", text)
    return int(digits.group()) if digits else 0


def _value(word: Word, known: Mapping[str, str], tls: bool) -> str | None:
    """The text that a word comes to; None where it depends on the rest of the request."""
    if isinstance(word, (Literal, Number)):
        return word.text
    if isinstance(word, Joined):
        parts = [_value(part, known, tls) for part in word.parts]
        return None if None in parts else "".join(part for part in parts if part is not None)
    if isinstance(word, Variable):
        return _variable(word.name.upper(), known, tls)
    return _call(word, known, tls) if isinstance(word, Call) else None


def _call(call: Call, known: Mapping[str, str], tls: bool) -> str | None:
    argument, name = _value(call.argument, known, tls), call.name.lower()
    if argument is None or name in ("tolower", "toupper"):
        return argument if argument is None else argument.lower() if name == "tolower" else argument.upper()
    if name in _HEADER_CALLS:
        return known.get(f"HTTP:{argument.upper()}")
    return _variable(argument.upper(), known, tls) if name in ("env", "reqenv", "ssl", "v") else None


def _variable(name: str, known: Mapping[str, str], tls: bool) -> str | None:
    if name.startswith("SSL_") and not tls:
        return ""
    return known.get(name)
