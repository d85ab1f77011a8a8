"""The lossless tree: what is a line, a tag, a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark import Lark, Token
from lark import Tree as LarkTree
from lark.lexer import Lexer

from sslint.syntax import Bad, Blank, Comment, Directive, Section, Tree, parse, table
from sslint.syntax.lexer import tokens
from sslint.syntax.lines import Dialect, split_values, split_words
from sslint.text import decode, encode


def shape(tree: Tree) -> list[object]:
    """The tree as nested lists: directive names, `#`, `-` for blank lines, `!` for bad ones."""

    def of(node: object) -> object:
        if isinstance(node, Section):
            return [node.key, *map(of, node.children)]
        if isinstance(node, Directive):
            return node.name
        return {Comment: "#", Blank: "-", Bad: "!"}[type(node)]

    return [of(node) for node in tree.children]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n", ["-"]),
        ("A b\nC d", ["A", "C"]),
        ("# c\\\nA b\nC\n", ["#", "C"]),
        ("A \\\n# no comment\nB\n", ["A", "B"]),
        ("A \\ \nB\n", ["A", "B"]),
        ("A \\\\\nB\nC\n", ["A", "C"]),
        ("A \\\r\nB\r\nC\r\n", ["A", "C"]),
        ("A\rB\n", ["A"]),
        ("  <a>\n B\n </A>\n", [["a", "B"]]),
        ("<a \\\n x>\nB\n</a>\n", [["a", "B"]]),
        ("A \\\n<b>\nC\n", ["A", "C"]),
        ("<a>\n<b>\n</a>\nC\n", [["a", ["b"]], "C"]),
        ("</a>\nB\n", ["!", "B"]),
        ("<a>\nB", [["a", "B"]]),
        ("<IfModule a><IfModule b>\nC\n</IfModule>\n", [["ifmodule", "C"]]),
        ("A\x00 <b>\n", ["A"]),
        ("A \x00\\\nB\n", ["A", "B"]),
        ("\x00A\nB\n", ["-", "B"]),
        ("\f\v\n\tA\n", ["-", "A"]),
        ("\\\nA b\n", ["A"]),
        ("\\\n# c\nA\n", ["#", "A"]),
    ],
)
def test_structure(text: str, expected: list[object]) -> None:
    tree = parse(text)
    assert shape(tree) == expected
    assert tree.text == text


def test_older_servers_count_backslashes() -> None:
    text = "A \\\\\nB\n"
    assert shape(parse(text)) == ["A"]
    assert shape(parse(text, dialect=Dialect.CLASSIC)) == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a  b\tc", ["a", "b", "c"]),
        ('"a b" c', ["a b", "c"]),
        ("'a \"b' c", ['a "b', "c"]),
        ('"a\\"b\\\\" c', ['a"b\\', "c"]),
        ('"a\\n"', ["a\\n"]),
        ('"A""b"', ["A", "b"]),
        ('"A"b', ["A", "b"]),
        ('x"y z"', ['x"y', 'z"']),
        ("a\\ b", ["a\\", "b"]),
        ("a\\\\b", ["a\\b"]),
        ('"foo bar', ["foo bar"]),
        ("a\x1cb \u00a0", ["a\x1cb", "\u00a0"]),
        ('""', [""]),
    ],
)
def test_words(text: str, values: list[str]) -> None:
    assert split_values(text) == values
    assert [word.value for word in split_words(text)] == values


def test_errors_name_each_broken_tag() -> None:
    tree = parse("<a>\n<b>\n</a>\n</c>\n<d>\n")
    assert [message for _, message in tree.errors] == [
        "<b> is never closed",
        "</c> closes nothing",
        "<d> is never closed",
    ]


FIXTURES = Path(__file__).parents[1] / "fixtures"
LINES = st.lists(
    st.sampled_from(
        [
            "A b",
            "# c",
            "",
            "<s x>",
            "</s>",
            "<t>",
            "</t>",
            "A \\",
            "# c \\",
            "\\",
            '"',
            "\x00",
            "\ufeff",
            "\r",
            " <s",
            "</",
            "<",
            "é\udcff",
        ]
    )
)


@given(st.one_of(st.text(), LINES.map("\n".join), LINES.map("\r\n".join)))
def test_every_text_is_kept(text: str) -> None:
    for dialect in Dialect:
        tree = parse(text, dialect=dialect)
        assert tree.text == text
        position = 0
        for leaf in tree.leaves():
            assert leaf.start == position
            position = leaf.end


@given(st.binary())
def test_every_byte_is_kept(data: bytes) -> None:
    assert encode(parse(decode(data)).text) == data


@lru_cache
def _lark() -> Lark:
    class Structure(Lexer):
        def __init__(self, conf: object) -> None:
            pass

        def lex(self, data: str) -> Iterator[Token]:  # type: ignore[override]
            return tokens(data, Dialect.MODERN)  # type: ignore[return-value]

    grammar = files("sslint.grammar").joinpath("httpd.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=Structure)


def _plain(items: Iterable[object]) -> list[object]:
    """Items, or Lark's own tree of them, as nested lists of ranges."""
    found: list[object] = []
    for item in items:
        if isinstance(item, Section):
            close = item.close
            found.append([(item.open.start, item.open.end), *_plain(item.items), close and (close.start, close.end)])
        elif isinstance(item, LarkTree):
            first, *inner, last = item.children
            end = (last.start, last.end) if last.type == "CLOSE" else None  # type: ignore[union-attr]
            found.append([(first.start, first.end), *_plain(inner), end])  # type: ignore[union-attr]
        else:
            found.append((item.start, item.end))  # type: ignore[attr-defined]
    return found


@given(st.one_of(st.text(), LINES.map("\n".join)))
def test_the_table_parses_as_lark_does(text: str) -> None:
    tree = parse(text)
    assert _plain(tree.items) == _plain(_lark().parse(tree.lexed).children)


@pytest.mark.parametrize("path", sorted(FIXTURES.rglob("*.conf")), ids=lambda path: path.parent.name)
def test_the_table_parses_every_fixture_as_lark_does(path: Path) -> None:
    tree = parse(decode(path.read_bytes()))
    assert encode(tree.text) == path.read_bytes()
    assert _plain(tree.items) == _plain(_lark().parse(tree.lexed).children)


def test_the_table_is_that_of_the_grammar() -> None:
    """The kept table is the one that the converter would write today."""
    path = Path(__file__).parents[1] / "grammar" / "convert" / "structure.py"
    spec = spec_from_file_location("structure", path)
    assert spec and spec.loader
    converter = module_from_spec(spec)
    spec.loader.exec_module(converter)
    grammar = files("sslint.grammar").joinpath("httpd.lark").read_text(encoding="utf-8")
    assert converter.table(grammar) == (table.ACTIONS, table.GOTOS, table.RULES, table.START)


def test_depth_costs_no_recursion() -> None:
    text = "<a>\n" * 5000 + "B\n" + "</a>\n" * 5000
    tree = parse(text)
    assert tree.text == text
    assert not tree.errors
