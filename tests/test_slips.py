"""What the rules on slips rest on: names of modules, patterns that blow up, numbers compared as texts."""

from __future__ import annotations

import pytest

from sslint.configuration.misspelt import misspelt
from sslint.knowledge.redos import blowup
from sslint.server.comparisons import compared_as_text


@pytest.mark.parametrize(
    ("argument", "meant"),
    [
        ("mod_ssl.so", "mod_ssl.c"),
        ("mod_ssl", "mod_ssl.c"),
        ("ssl", "mod_ssl.c"),
        ("!mod_Headers.c", "mod_headers.c"),
        ("Headers_module", "headers_module"),
        ("mod_rewirte.c", "mod_rewrite.c"),
        ("mod_security2", "security2_module"),
    ],
)
def test_a_module_is_guessed(argument: str, meant: str) -> None:
    found = misspelt(argument, "2.4")
    assert found is not None
    assert found.meant == meant
    assert argument[found.word.start : found.word.end] == found.name


@pytest.mark.parametrize(
    "argument",
    [
        "mod_ssl.c",
        "!ssl_module",
        "mod_php9.c",
        "mod_example_shop.c",
        "mod_rpaf.c",
        "mod_sll.c",
        "core.c",
        "${MODULE}",
        "",
    ],
)
def test_a_module_is_left_alone(argument: str) -> None:
    assert misspelt(argument, "2.4") is None


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", r"^(\w+\s?)*$", "(?:[a-z]+)*x", r"^(\d+\d)+\.", "^(.+)*x$", "^([^/]{1,})+$"]
)
def test_a_pattern_blows_up(pattern: str) -> None:
    found = blowup(pattern)
    assert found is not None
    assert pattern[found.start] == "("


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "^(a+)+.*$",
        "^(a+b)+$",
        "^(/[^/]+)*$",
        "^([^/]+/)*$",
        r"^\(a+\)+$",
        "[(a+)+]$",
        "^(ab)+$",
        "^(a+)++$",
        "^(a|b+)+$",
    ],
)
def test_a_pattern_is_left_alone(pattern: str) -> None:
    assert blowup(pattern) is None


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("%{SSL_CIPHER_USEKEYSIZE} >= 128", [(">=", "SSL_CIPHER_USEKEYSIZE", "128")]),
        ("128 <= %{SSL_CIPHER_USEKEYSIZE}", [("<=", "SSL_CIPHER_USEKEYSIZE", "128")]),
        ("%{TIME_HOUR} > 9", [(">", "TIME_HOUR", "9")]),
        ("%{TIME_HOUR} > '09'", []),
        ("%{SSL_CIPHER_USEKEYSIZE} -ge 128", []),
        ("%{REQUEST_URI} > 'm'", []),
        ("not (%{HTTPS} == 'on' && %{SERVER_PORT} < 1024)", [("<", "SERVER_PORT", "1024")]),
        ("%{SSL_CIPHER_USEKEYSIZE} >=", []),
    ],
)
def test_numbers_compared_as_texts(condition: str, found: list[tuple[str, str, str]]) -> None:
    assert compared_as_text(condition) == found
