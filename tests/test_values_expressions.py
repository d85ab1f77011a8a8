from __future__ import annotations

import pytest

from sslint.syntax.expressions import (
    Both,
    Call,
    Compare,
    Either,
    ExpressionError,
    Joined,
    Literal,
    Match,
    Reference,
    Unary,
    Variable,
    parse_condition,
    parse_text,
)


def test_precedence() -> None:
    tree = parse_condition("-n 'a' or true and not false")
    assert isinstance(tree, Either)
    assert tree.left == Unary("n", Literal("a"), 0)
    assert isinstance(tree.right, Both)


def test_comparison() -> None:
    assert parse_condition("%{HTTPS} == 'on'") == Compare("==", Variable("HTTPS", 2), Literal("on"), 9)
    assert parse_condition("%{TIME_HOUR} -gt 9").operator == "-gt"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "pattern", "flags"),
    [
        ("/a/", "a", ""),
        ("/a/i", "a", "i"),
        ("m#a/b#", "a/b", ""),
        ("m#i#i", "i", "i"),
        ("m/i/", "i", ""),
        ("//", "", ""),
    ],
)
def test_regexes(text: str, pattern: str, flags: str) -> None:
    tree = parse_condition(f"'x' =~ {text}")
    assert isinstance(tree, Match)
    assert (tree.pattern, tree.flags, tree.negated) == (pattern, flags, False)


def test_strings() -> None:
    text = parse_text("a %{tolower:%{HTTP_HOST}x} $1")
    assert text.parts == (
        Literal("a "),
        Call("tolower", Joined((Variable("HTTP_HOST", 14), Literal("x"))), 4),
        Literal(" "),
        Reference(1),
    )


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("%{HTTPS}", 8), ("%{HTTPS} == on", 14), ("%{NOPE} == 'x'", 2), ("TRUE", 4), ("'a' =~ /(/", 8), ("true)", 4),
        ("foo('x') == 'y'", 0), ("-Q 'x'", 0), ("'x' -foo 'y'", 4), ("-R 'foo'", 0), ("", 0), ("'a", 1), ("true #", 5),
    ],
)  # fmt: skip
def test_errors(text: str, offset: int) -> None:
    with pytest.raises(ExpressionError) as error:
        parse_condition(text)
    assert error.value.offset == offset


def test_htaccess_has_no_file_tests() -> None:
    assert parse_condition("-f '/x'")
    for text in ("-f '/x'", "file('/x') == 'y'"):
        with pytest.raises(ExpressionError):
            parse_condition(text, restricted=True)


@pytest.mark.parametrize("text", ["!" * 9000 + "true", "(" * 9000 + "true" + ")" * 9000])
def test_deep_nesting_is_an_error_and_no_crash(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse_condition(text)


def test_long_chains() -> None:
    assert parse_condition(" && ".join(["true"] * 5000))
