"""Buffers hold what the client holds, whatever is edited, in every encoding of positions."""

from __future__ import annotations

import random

import pytest

from sslint.lsp.text import UTF8, UTF16, UTF32, Buffer, Table, sane, split

ENCODINGS = (UTF8, UTF16, UTF32)
ALPHABET = [
    "a",
    "b",
    " ",
    "\n",
    "\r",
    "\r\n",
    "é",
    "€",
    "😀",
    "\x0b",
    "\f",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\ufeff",
]


def lines_of(text: str) -> list[str]:
    """The lines as a client counts them, read character by character."""
    lines, current, before = [], "", ""
    for character in text:
        if before == "\r" and character != "\n":
            lines.append(current)
            current = ""
        current += character
        if character == "\n":
            lines.append(current)
            current = ""
        before = character
    if before == "\r":
        lines.append(current)
        current = ""
    return [*lines, current]


def length(text: str, encoding: str) -> int:
    sizes = {UTF8: len(text.encode()), UTF16: len(text.encode("utf-16-le")) // 2, UTF32: len(text)}
    return sizes[encoding]


def places(text: str, encoding: str) -> list[tuple[int, tuple[int, int]]]:
    """Every offset that a client can name, with the place by which it does."""
    found, start = [], 0
    for number, line in enumerate(lines_of(text)):
        body = line.rstrip("\r\n")
        found += [(start + at, (number, length(body[:at], encoding))) for at in range(len(body) + 1)]
        start += len(line)
    return found


def test_edits_leave_the_text_that_the_client_has() -> None:
    chance = random.Random(20261130)
    for _ in range(20_000):
        encoding = chance.choice(ENCODINGS)
        text = "".join(chance.choices(ALPHABET, k=chance.randrange(14)))
        buffer = Buffer(text, encoding)
        for _ in range(3):
            choices = places(text, encoding)
            (start, begin), (end, stop) = sorted([chance.choice(choices), chance.choice(choices)])
            new = "".join(chance.choices(ALPHABET, k=chance.randrange(4)))
            buffer.edit(begin, stop, new)
            text = text[:start] + new + text[end:]
            assert buffer.text == text
            assert buffer.lines == lines_of(text)


def test_places_and_offsets_are_each_others_inverse() -> None:
    chance = random.Random(1)
    for _ in range(1000):
        encoding = chance.choice(ENCODINGS)
        text = "".join(chance.choices(ALPHABET, k=chance.randrange(20)))
        table = Table.of(text, encoding)
        for offset, place in places(text, encoding):
            assert table.place(offset) == place
            assert table.offset(*place) == offset


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_places_beyond_a_line_or_the_text_are_brought_back(encoding: str) -> None:
    buffer = Buffer("ab\r\ncd", encoding)
    buffer.edit((0, 99), (0, 99), "X")
    buffer.edit((7, 3), (9, 0), "Y")
    assert buffer.text == "abX\r\ncdY"
    assert Table.of("ab\ncd", encoding).offset(5, 0) == 5


def test_only_three_line_ends_count() -> None:
    assert split("a\x0bb\fc\x1cd\x85e\u2028f\ng\rh\r\ni") == ["a\x0bb\fc\x1cd\x85e\u2028f\n", "g\r", "h\r\n", "i"]


def test_lone_surrogates_are_no_bytes() -> None:
    assert sane("a\ud800b\udce9") == "a\ufffdb\ufffd"
