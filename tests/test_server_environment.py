"""SetEnvIf and BrowserMatch against real User-Agent strings, and httpd's patterns in Python's engine."""

from __future__ import annotations

import time

import pytest
from test_server import serve

from sslint.configuration import Directive
from sslint.server.environment import environment_line, lines, scope_lines, setters
from sslint.server.pattern import compile_pattern, literal_prefix, sample
from sslint.server.user_agents import user_agents

MAJORS = ("2", "3", "4", "5", "6", "7", "8", "9", "10", "11")


def hit(pattern: str) -> list[str]:
    """The major versions of Internet Explorer that a pattern matches, and `-` for other browsers."""
    compiled = compile_pattern(pattern)
    assert compiled is not None
    found = {
        (agent.version.partition(".")[0] if agent.is_internet_explorer else "-")
        for agent in user_agents()
        if compiled.search(agent.text) and not agent.browser.endswith("!") and not agent.text.endswith(".NET4.0E)")
    }
    return [one for one in (*MAJORS, "-") if one in found]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (".*MSIE.*", "2 3 4 5 6 7 8 9 10"),
        ("MSIE", "2 3 4 5 6 7 8 9 10"),
        ("MSIE [2-5]", "2 3 4 5"),
        ("MSIE [2-6]", "2 3 4 5 6"),
        ("MSIE [17-9]", "7 8 9 10"),
        ("MSIE [1-4]", "2 3 4 10"),
        ("MSIE [1-5]", "2 3 4 5 10"),
        ("MSIE [6-9]", "6 7 8 9"),
        ("msie", ""),
        ("(?i)msie", "2 3 4 5 6 7 8 9 10"),
        (r"MSIE [2-5]\.", "2 3 4 5"),
        (r"MSIE 4\.0b2", "4"),
        ("Trident", "8 9 10 11"),
    ],
)
def test_what_old_patterns_match(pattern: str, expected: str) -> None:
    """The table of `reference/httpd-semantics.md`, which was made by requests to a running httpd."""
    assert hit(pattern) == expected.split()


def first(text: str) -> Directive:
    item = serve(text).configuration.children[0]
    assert isinstance(item, Directive)
    return item


def test_a_line_taken_apart() -> None:
    line = environment_line(first('SetEnvIfNoCase User-Agent "a b" x !y "z=1 2"'))
    assert line is not None
    assert [(one.variable, one.unsets) for one in line.actions] == [("x", False), ("y", True), ("z", False)]
    assert line.pattern is not None
    assert line.pattern.search("A B")


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("BrowserMatch x y", True),
        ("SetEnvIf user-agent x y", True),
        ("SetEnvIf ^User x y", True),
        ("SetEnvIf ^user x y", False),
        ("SetEnvIfNoCase ^user x y", True),
        ("SetEnvIf Referer x y", False),
        ("SetEnvIf Request_URI x y", False),
    ],
)
def test_which_header_a_line_looks_at(text: str, looks: bool) -> None:
    line = environment_line(first(text))
    assert line is not None
    assert line.looks_at_user_agent is looks


def test_refused_lines_are_left_out() -> None:
    children = serve("SetEnvIf\nSetEnvIf a\nBrowserMatch x\nBrowserMatch x y\n").configuration.children
    assert len(list(lines(children))) == 1


def test_the_last_line_that_matches_decides() -> None:
    configuration = serve("BrowserMatch a v\nBrowserMatch b !v\nBrowserMatch c v=2\n").configuration
    found = scope_lines(first("BrowserMatch a v"), configuration.children, ["v"])
    assert "v" in setters(found, "a")
    assert "v" not in setters(found, "ab")
    assert setters(found, "abc")["v"][1].argument.value == "v=2"


def test_posix_classes_and_perls_escapes() -> None:
    for pattern, text in (("^[[:alpha:]]+$", "abc"), (r"a\hb\z", "a b"), ("(?<n>x)y", "xy"), ("(?i)ABC", "abc")):
        compiled = compile_pattern(pattern)
        assert compiled is not None
        assert compiled.search(text)


@pytest.mark.parametrize("pattern", ["(", "(a+)+$", ".*.+.*.+.*.+x", "a" * 3000, r"\p{Lu}"])
def test_what_python_cannot_run_is_unknown(pattern: str) -> None:
    assert compile_pattern(pattern) is None


def test_hostile_patterns_cost_little() -> None:
    begun = time.process_time()
    for pattern in ("(a|b|ab)*c", "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x", "(x+x+)+y", r"(\w+\s?)*!"):
        compiled = compile_pattern(pattern)
        for agent in user_agents() if compiled else ():
            compiled.search(agent.text)  # type: ignore[union-attr]
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("^/a/b(/.*)?$", "/a/b"), ("^/(x|y)/z", "/x/z"), (r"^/a\.b/", "/a.b/"), ("/admin", "/admin"), ("^/a[0-9]+$", "")],
)
def test_samples(pattern: str, text: str) -> None:
    assert sample(pattern).startswith(text)
    assert not sample(pattern) or compile_pattern(pattern).search(sample(pattern))  # type: ignore[union-attr]


def test_prefixes() -> None:
    assert literal_prefix(r"^/icons/(.*)") == "/icons/"
    assert literal_prefix("^/a?b") == "/"
    assert literal_prefix("x") == ""
