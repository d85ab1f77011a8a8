"""What a condition (`<If>`, `Require expr`) comes to when some things about a request are known.

Source: server/util_expr_eval.c. True and False are certain; None means that it depends on the rest.
"""

from __future__ import annotations

import functools
import operator as order
import re
from collections.abc import Callable
from dataclasses import replace

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
from ..text import leading_number
from .pattern import compile_pattern
from .requests.networks import in_network

_PLAIN = {"HTTPS": "off", "REQUEST_SCHEME": "http", "SERVER_PORT": "80", "HTTP:X-FORWARDED-PROTO": "http",
          "HTTP_X_FORWARDED_PROTO": "http"}  # fmt: skip
_TLS = {"HTTPS": "on", "REQUEST_SCHEME": "https", "SERVER_PORT": "443", "HTTP:X-FORWARDED-PROTO": "https",
        "HTTP_X_FORWARDED_PROTO": "https"}  # fmt: skip
Lookup = Callable[[str], "str | None"]
"""What a variable (`HTTP:NAME` for a header, name in upper case) comes to; None where that isn't known."""
_TEXT_ORDER: dict[str, Callable[[str, str], bool]] = {"<": order.lt, "<=": order.le, ">": order.gt, ">=": order.ge}
_NUMBER_ORDER: dict[str, Callable[[int, int], bool]] = {
    "eq": order.eq, "ne": order.ne, "lt": order.lt, "le": order.le, "gt": order.gt, "ge": order.ge,
}  # fmt: skip
_AS_TEXT = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_HEADER_CALLS = frozenset({"http", "req", "req_novary"})
_UNSET = frozenset({"", "off", "no", "false", "0"})


@functools.lru_cache(maxsize=1024)
def holds(text: str, tls: bool) -> bool | None:
    """Whether a condition holds for a request by TLS or by plain HTTP; None where that depends on more."""
    return judge(text, _by_tls if tls else _by_plain)


def _by_tls(name: str) -> str | None:
    return _TLS.get(name.removeprefix("ENV:"))


def _by_plain(name: str) -> str | None:
    name = name.removeprefix("ENV:")
    return "" if name.startswith("SSL_") else _PLAIN.get(name)


def judge(text: str, lookup: Lookup, *, of_mod_ssl: bool = False) -> bool | None:
    """Whether a condition holds, as far as the variables are known.

    `of_mod_ssl` is SSLRequire's reading, where `eq` and the like compare texts
    (`AP_EXPR_FLAG_SSL_EXPR_COMPAT`).
    """
    condition = _parsed(text.strip())
    if condition is None:
        return None
    return _truth(_of_texts(condition) if of_mod_ssl else condition, lookup)


def _of_texts(one: Condition) -> Condition:
    """A condition with `eq` for `==`, and so on."""
    if isinstance(one, Compare):
        return replace(one, operator=_AS_TEXT.get(one.operator, one.operator))
    if isinstance(one, Negated):
        return Negated(_of_texts(one.condition))
    if isinstance(one, (Both, Either)):
        return type(one)(_of_texts(one.left), _of_texts(one.right))
    return one


@functools.lru_cache(maxsize=1024)
def _parsed(text: str) -> Condition | None:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    try:
        return parse_condition(text)
    except ExpressionError:
        return None


def _truth(one: Condition, lookup: Lookup) -> bool | None:
    if isinstance(one, Truth):
        return one.value
    if isinstance(one, Negated):
        inner = _truth(one.condition, lookup)
        return None if inner is None else not inner
    if isinstance(one, (Both, Either)):
        return _joined(one, lookup)
    value = _value(one.left if isinstance(one, Compare) else one.word, lookup)
    return None if value is None else _tested(one, value, lookup)


def _tested(one: Unary | Compare | Match | Contained, value: str, lookup: Lookup) -> bool | None:
    """What a test comes to when its (left) word comes to a value."""
    if isinstance(one, Unary):
        return _unary(one.operator, value)
    if isinstance(one, Match):
        pattern = compile_pattern(one.pattern, "i" in one.flags)
        return None if pattern is None else (pattern.search(value) is not None) is not one.negated
    if isinstance(one, Contained):
        items = [_value(item, lookup) for item in one.items]
        return None if None in items else value in items
    right = _value(one.right, lookup)
    return None if right is None else _compare(one.operator.lstrip("-"), value, right)


def _joined(one: Both | Either, lookup: Lookup) -> bool | None:
    results = {_truth(one.left, lookup), _truth(one.right, lookup)}
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
    if operator == "ipmatch":
        return in_network(left, right)
    if operator in _TEXT_ORDER:
        return _TEXT_ORDER[operator](left, right)
    test = _NUMBER_ORDER.get(operator)
    return None if test is None else test(leading_number(left), leading_number(right))


def _value(word: Word, lookup: Lookup) -> str | None:
    """The text that a word comes to; None where it depends on the rest of the request."""
    if isinstance(word, (Literal, Number)):
        return word.text
    if isinstance(word, Joined):
        parts = [_value(part, lookup) for part in word.parts]
        return None if None in parts else "".join(part for part in parts if part is not None)
    if isinstance(word, Variable):
        return lookup(word.name.upper())
    return _call(word, lookup) if isinstance(word, Call) else None


def _call(call: Call, lookup: Lookup) -> str | None:
    argument, name = _value(call.argument, lookup), call.name.lower()
    if argument is None or name in ("tolower", "toupper"):
        return argument if argument is None else argument.lower() if name == "tolower" else argument.upper()
    if name in _HEADER_CALLS:
        return lookup(f"HTTP:{argument.upper()}")
    if name in ("reqenv", "osenv", "note"):
        return lookup(f"ENV:{argument}") if name == "reqenv" else None
    return lookup(argument.upper()) if name in ("env", "ssl", "v") else None
