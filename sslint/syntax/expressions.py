"""Expressions (`ap_expr`): `<If>`, `Require expr`, `SSLRequire`, `Header … expr=` and the like.

`parse_condition` reads what must be true or false, `parse_text` a string with `%{…}` in it. Both
raise ExpressionError where httpd 2.4 refuses the text. The grammar is `grammar/expression.lark`;
the scanner below follows `server/util_expr_scan.l`, whose states a regular lexer can't express.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Union

from .. import data
from ..knowledge import vocabulary
from ..knowledge.regexes import regex_problem
from ..knowledge.subnets import subnet_problem

if TYPE_CHECKING:
    from lark import Lark, Token


class ExpressionError(Exception):
    """httpd refuses the expression; `offset` counts from the start of its text."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


@dataclass(frozen=True, slots=True)
class Literal:
    """Fixed text."""

    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """Digits written without quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Variable:
    """`%{NAME}`; the offset is that of the name."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Reference:
    """`$0` to `$9`."""

    number: int


@dataclass(frozen=True, slots=True)
class Call:
    """`name(word)` or `%{name:text}`; the offset is that of the name."""

    name: str
    argument: Word
    offset: int
    gives_list: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """Words or pieces of a string, one after the other."""

    parts: tuple[Word, ...]


Text = Joined
Word = Union[Literal, Number, Variable, Reference, Call, Joined]  # noqa: UP007 - evaluated on 3.10


@dataclass(frozen=True, slots=True)
class Truth:
    """`true` or `false`."""

    value: bool


@dataclass(frozen=True, slots=True)
class Negated:
    """`not condition`."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Both:
    """`left and right`."""

    left: Condition
    right: Condition


@dataclass(frozen=True, slots=True)
class Either:
    """`left or right`."""

    left: Condition
    right: Condition


@dataclass(frozen=True, slots=True)
class Unary:
    """`-n word`; the operator comes without its dash."""

    operator: str
    word: Word
    offset: int


@dataclass(frozen=True, slots=True)
class Compare:
    """`left op right`, with the operator as written, dash included (`==`, `-eq`, `-ipmatch`)."""

    operator: str
    left: Word
    right: Word
    offset: int


@dataclass(frozen=True, slots=True)
class Match:
    """`word =~ /pattern/flags`, or `!~`; the offset is that of the pattern."""

    word: Word
    pattern: str
    flags: str
    negated: bool
    offset: int


@dataclass(frozen=True, slots=True)
class Contained:
    """`word in {…}` or `word in listfunction(…)`."""

    word: Word
    items: tuple[Word, ...]


Condition = Union[Truth, Negated, Both, Either, Unary, Compare, Match, Contained]  # noqa: UP007


def parse_condition(text: str, *, restricted: bool = False) -> Condition:
    """Read a condition. `restricted` is the rule of .htaccess: no file tests, no `file()`.

    Raises ExpressionError with the offset in `text` and httpd's objection.
    """
    tree = _parse(text, "condition")
    _check_names(tree, restricted)
    return tree  # type: ignore[return-value]


def parse_text(text: str, *, restricted: bool = False) -> Text:
    """Read a string with `%{…}` and `$1` in it. Raises ExpressionError as `parse_condition` does."""
    if "%{" not in text:
        return Joined((Literal(text),))
    tree = _parse(text, "pieces")
    _check_names(tree, restricted)
    return tree  # type: ignore[return-value]


def _parse(text: str, start: str) -> object:
    from lark.exceptions import UnexpectedInput, UnexpectedToken

    try:
        return _Builder().build(_grammar().parse(f"{start[0]}{text}", start=start))
    except RecursionError:
        raise ExpressionError(0, "the expression is nested too deeply") from None
    except UnexpectedToken as unexpected:
        raise ExpressionError(*_objection(unexpected.token, len(text))) from None
    except UnexpectedInput as unexpected:
        raise ExpressionError(unexpected.pos_in_stream or 0, "syntax error") from None


def _objection(token: Token, length: int) -> tuple[int, str]:
    if token.type == "$END":
        return length, "the expression ends too soon"
    return token.start_pos or 0, f"unexpected {str(token)!r}"


@functools.cache
def _grammar() -> Lark:
    from lark import Lark
    from lark.lexer import Lexer

    class Scanner(Lexer):
        """Hands the text to the scanner; its first letter tells the state to start in."""

        def __init__(self, conf: object) -> None:
            pass

        def lex(self, text: str) -> object:  # type: ignore[override]
            return scan(text[1:], string=text[0] == "p")

    return Lark(data.read("expression.lark"), parser="lalr", lexer=Scanner, start=["condition", "pieces"])


class _Builder:
    """Makes the nodes from the parser's tree, bottom up; one method for each alias of the grammar."""

    def build(self, tree: Any) -> Any:
        """The node of a tree; tokens are handed to the methods as they are."""
        children = (self.build(child) if hasattr(child, "data") else child for child in tree.children)
        return getattr(self, tree.data)(*children)

    def either(self, *parts: Condition | Token) -> Condition:
        return functools.reduce(lambda right, left: Either(left, right), _conditions(parts))

    def both(self, *parts: Condition | Token) -> Condition:
        return functools.reduce(lambda right, left: Both(left, right), _conditions(parts))

    def negated(self, _: Token, condition: Condition) -> Condition:
        return Negated(condition)

    def true(self, _: Token) -> Condition:
        return Truth(True)

    def false(self, _: Token) -> Condition:
        return Truth(False)

    def parenthesised(self, _: Token, condition: Condition, __: Token) -> Condition:
        return condition

    def unary(self, operator: Token, word: Word) -> Condition:
        return Unary(str(operator)[1:], word, _at(operator))

    def compare(self, left: Word, operator: Token, right: Word) -> Condition:
        return Compare(str(operator), left, right, _at(operator))

    def match(self, word: Word, operator: Token, regex: Token) -> Condition:
        text = str(regex)
        skipped = 2 if text.startswith("m") else 1
        flags = "i" if text.endswith("i") and text[-2] == text[skipped - 1] and len(text) > skipped + 1 else ""
        pattern = text[skipped : -1 - len(flags)]
        return Match(word, pattern, flags, operator == "!~", _at(regex) + skipped)

    def contained(self, word: Word, _: Token, items: tuple[Word, ...] | Call) -> Condition:
        return Contained(word, (items,) if isinstance(items, Call) else items)

    def items(self, _: Token, words: tuple[Word, ...], __: Token) -> tuple[Word, ...]:
        return words

    def words(self, *words: Word | Token) -> tuple[Word, ...]:
        return tuple(word for word in words if not isinstance(word, str))

    def list_call(self, name: Token, _: Token, argument: Word, __: Token) -> Word:
        return Call(str(name), argument, _at(name), gives_list=True)

    def joined(self, *parts: Word | Token) -> Word:
        words = tuple(part for part in parts[::2] if not isinstance(part, str))
        return words[0] if len(words) == 1 else Joined(words)

    def number(self, digits: Token) -> Word:
        return Number(str(digits))

    def empty(self, _: Token, __: Token) -> Word:
        return Literal("")

    def quoted(self, _: Token, pieces: Joined, __: Token) -> Word:
        return pieces.parts[0] if len(pieces.parts) == 1 else pieces

    def call(self, name: Token, _: Token, argument: Word, __: Token) -> Word:
        return Call(str(name), argument, _at(name))

    def pieces(self, *pieces: Word) -> Word:
        return Joined(pieces)

    def literal(self, text: Token) -> Word:
        return Literal(str(text))

    def variable(self, _: Token, name: Token, __: Token) -> Word:
        return Variable(str(name), _at(name))

    def variable_call(self, _: Token, name: Token, __: Token, argument: Word, ___: Token) -> Word:
        return Call(str(name), argument, _at(name))

    def reference(self, token: Token) -> Word:
        return Reference(int(str(token)[1:]))


def _at(token: Token) -> int:
    return token.start_pos or 0


def _conditions(parts: tuple[Condition | Token, ...]) -> Iterator[Condition]:
    """The conditions between the operators, last one first: the chains are right-associative."""
    return (part for part in parts[::-2] if not isinstance(part, str))


def _check_names(tree: object, restricted: bool) -> None:
    """Raise ExpressionError for the first name, operator, subnet or regex that httpd refuses."""
    for node in _walk(tree):
        if isinstance(node, Variable):
            if node.name.upper() not in vocabulary.VARIABLES and not node.name.upper().startswith("SSL_"):
                raise ExpressionError(node.offset, f"variable {node.name!r} does not exist")
        elif isinstance(node, Call):
            _check_call(node.name, node.offset, node.gives_list, restricted)
        elif isinstance(node, Unary):
            _check_unary(node.operator, node.offset, restricted)
            if node.operator == "R":
                _check_subnet(node.word, node.offset, "-R")
        elif isinstance(node, Compare):
            _check_binary(node.operator, node.right, node.offset)
        elif isinstance(node, Match):
            _check_regex(node.pattern, node.offset)


def _walk(tree: object) -> Iterator[object]:
    """All nodes, in the order of the text."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for field in reversed(fields(node) if is_dataclass(node) else ()):
            value = getattr(node, field.name)
            children = value if isinstance(value, tuple) else (value,)
            waiting.extend(child for child in reversed(children) if is_dataclass(child))


def _check_call(name: str, offset: int, gives_list: bool, restricted: bool) -> None:
    key = name.lower()
    if gives_list:
        if key not in vocabulary.LIST_FUNCTIONS:
            raise ExpressionError(offset, f"list-returning function {name!r} does not exist")
    elif key not in vocabulary.FUNCTIONS:
        raise ExpressionError(offset, f"function {name!r} does not exist")
    elif restricted and key in vocabulary.RESTRICTED_FUNCTIONS:
        raise ExpressionError(offset, f"function {name!r} is not allowed in .htaccess")


def _check_unary(operator: str, offset: int, restricted: bool) -> None:
    if operator not in vocabulary.UNARY:
        raise ExpressionError(offset, f"unary operator '-{operator}' does not exist")
    if restricted and operator in vocabulary.RESTRICTED_UNARY:
        raise ExpressionError(offset, f"file test '-{operator}' is not allowed in .htaccess")


def _check_binary(operator: str, right: object, offset: int) -> None:
    name = operator[1:]
    if not operator.startswith("-") or len(name) == 2:
        return
    if name not in vocabulary.BINARY:
        raise ExpressionError(offset, f"binary operator {operator!r} does not exist")
    if name == "ipmatch":
        _check_subnet(right, offset, operator)


def _check_subnet(word: object, offset: int, operator: str) -> None:
    if isinstance(word, Variable):
        raise ExpressionError(offset, f"{operator} wants a fixed subnet")
    if isinstance(word, Literal | Number):
        problem = subnet_problem(word.text)
        if problem is not None:
            raise ExpressionError(offset, f"{word.text!r}: {problem.value}")


def _check_regex(pattern: str, offset: int) -> None:
    problem = regex_problem(pattern)
    if problem is not None:
        raise ExpressionError(offset + problem.offset, f"regular expression: {problem.message}")


_ID = re.compile(r"[a-zA-Z][a-zA-Z0-9_]*")
_REGEX_START = re.compile(r"/|m([/#$%^,;:_?|\-!.'\"])")
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_CONTROL = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_WORDS = {
    "and": "AND", "or": "OR", "not": "NOT", "true": "TRUE", "false": "FALSE", "in": "IN",
    "lt": "COMPARE", "le": "COMPARE", "gt": "COMPARE", "ge": "COMPARE", "ne": "COMPARE", "eq": "COMPARE",
}  # fmt: skip
_DASHED = {"-in": "IN"} | {f"-{name}": "COMPARE" for name in ("eq", "ne", "ge", "le", "gt", "lt")}
_SIGNS = {
    "==": "COMPARE", "!=": "COMPARE", "<=": "COMPARE", ">=": "COMPARE", "=~": "MATCH", "!~": "MATCH",
    "&&": "AND", "||": "OR", "=": "COMPARE", "<": "COMPARE", ">": "COMPARE", "!": "NOT", ".": "CONCAT",
    "(": "LPAR", ")": "RPAR", "{": "LBRACE", "}": "RBRACE", ",": "COMMA",
}  # fmt: skip
_PLAIN = re.compile(
    r"(?P<space>[ \t\n]+)|(?P<var>%\{)|(?P<reference>\$[0-9])|(?P<quote>[\"'])"
    r"|(?P<digit>-?[0-9]+)|(?P<dashed>-[a-zA-Z_][a-zA-Z_0-9]*)|(?P<id>[a-zA-Z][a-zA-Z0-9_]*)"
    r"|(?P<sign>==|!=|<=|>=|=~|!~|&&|\|\||[=<>!.(){},])"
)


def scan(text: str, *, string: bool) -> Iterator[Token]:
    """The tokens of an expression, or of a string expression. Raises ExpressionError."""
    return _Scanner(text).pieces("") if string else _Scanner(text).expression()


class _Scanner:
    def __init__(self, text: str) -> None:
        from lark import Token

        self.text = text
        self.at = 0
        self._token = Token

    def token(self, kind: str, text: str, start: int) -> Token:
        return self._token(kind, text, start_pos=start, end_pos=self.at)

    def expression(self) -> Iterator[Token]:
        """The state `expr`."""
        while self.at < len(self.text):
            start = self.at
            if self.regex_starts():
                yield self.regex(start)
                continue
            found = _PLAIN.match(self.text, start)
            if found is None:
                raise ExpressionError(start, f"parse error near {self.text[start]!r}")
            self.at = found.end()
            yield from self.plain(found.lastgroup or "", found.group(), start)

    def plain(self, kind: str, text: str, start: int) -> Iterator[Token]:
        """Tokens that start with one found by the table."""
        if kind == "var":
            yield from self.variable(start)
        elif kind == "quote":
            yield self.token("STR_BEGIN", text, start)
            yield from self.pieces(text)
            yield self.token("STR_END", text, self.at - 1)
        elif kind == "dashed":
            name = _DASHED.get(text, "UNARY" if len(text) == 2 else "BINARY")
            yield self.token(name, text, start)
        elif kind == "id":
            yield self.token(_WORDS.get(text, "ID"), text, start)
        elif kind == "sign":
            yield self.token(_SIGNS[text], text, start)
        elif kind != "space":
            yield self.token(kind.upper(), text, start)

    def regex_starts(self) -> bool:
        """Whether a regex starts here; a longer identifier such as `m_x` goes first."""
        found = _REGEX_START.match(self.text, self.at)
        if found is None:
            return False
        name = _ID.match(self.text, self.at)
        return name is None or name.end() < found.end()

    def regex(self, start: int) -> Token:
        """`/…/i` or `m#…#i`. There is no escape for the delimiter."""
        opening = _REGEX_START.match(self.text, start)
        assert opening is not None
        stop = opening.group()[-1]
        end = self.text.find(stop, opening.end())
        if end < 0 or "\n" in self.text[opening.end() : end]:
            raise ExpressionError(start, "the regular expression does not end")
        self.at = end + 1
        if self.text[self.at : self.at + 1] == "i":
            self.at += 1
        return self.token("REGEX", self.text[start : self.at], start)

    def pieces(self, stop: str) -> Iterator[Token]:
        """The states `str` (`stop` is the quote, or empty for a whole text) and `vararg` (`}`)."""
        start, kept = self.at, ""
        while self.at < len(self.text):
            letter = self.text[self.at]
            if letter == stop:
                break
            special = self.text.startswith("%{", self.at) or re.compile(r"\$[0-9]").match(self.text, self.at)
            if special:
                if kept:
                    yield self.token("STRING", kept, start)
                yield from self.inside()
                start, kept = self.at, ""
                continue
            kept += self.character()
        else:
            if stop:
                raise ExpressionError(start, "the string or variable does not end")
        if kept:
            yield self.token("STRING", kept, start)
        if stop and stop != "}":
            self.at += 1

    def inside(self) -> Iterator[Token]:
        """A variable or a reference within a string."""
        start = self.at
        self.at += 2
        if self.text[start] == "$":
            yield self.token("REFERENCE", self.text[start : self.at], start)
        else:
            yield from self.variable(start)

    def character(self) -> str:
        """One character of a string, escapes resolved."""
        found = _ESCAPE.match(self.text, self.at)
        if found is None:
            self.at += 1
            return self.text[self.at - 1]
        self.at = found.end()
        octal, letter = found.groups()
        if octal is None:
            return _CONTROL.get(letter, letter)
        if int(octal, 8) > 0xFF:
            raise ExpressionError(found.start(), "octal number too large")
        return chr(int(octal, 8))

    def variable(self, start: int) -> Iterator[Token]:
        """What follows `%{`, up to its `}`."""
        yield self.token("VAR_BEGIN", "%{", start)
        name = _ID.match(self.text, self.at)
        if name is None:
            raise ExpressionError(start, "a variable name is missing after %{")
        self.at = name.end()
        yield self.token("ID", name.group(), name.start())
        if self.text[self.at : self.at + 1] == ":":
            self.at += 1
            yield self.token("COLON", ":", self.at - 1)
            yield from self.pieces("}")
        if self.text[self.at : self.at + 1] != "}":
            raise ExpressionError(self.at, "unexpected character in a variable name, or no } after it")
        self.at += 1
        yield self.token("VAR_END", "}", self.at - 1)
