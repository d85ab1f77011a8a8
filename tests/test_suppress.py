"""Comments that silence findings: what each covers, and what is said of bad ones."""

from __future__ import annotations

import pytest

from sslint.diagnostic import Diagnostic, Severity, apply_edits
from sslint.ignore import ignoring
from sslint.registry import Registry
from sslint.rule import Rule, Subject
from sslint.suppress import INVALID, TRAILING, UNUSED, heed
from sslint.text import Source, Span


def example_rule(code: str, slug: str) -> Rule:
    return Rule(code, slug, Severity.WARNING, "0.1.0", Subject.PROBLEM, lambda *_: iter(()), "", "")


REGISTRY = Registry([example_rule("SSL0101", "weak-ssl-protocol"), example_rule("SSL0201", "weak-cipher-suite")])
ACTIVE = frozenset(rule.code for rule in REGISTRY.rules)


def kept(text: str) -> tuple[list[str], list[str]]:
    """The words that are still found, and the kinds of the problems; every X and Y in a text is a finding."""
    source = Source("/httpd.conf", text)
    found = [
        Diagnostic("SSL0101" if letter == "X" else "SSL0201", "", Severity.WARNING, "", source, Span(at, at + 2))
        for at, letter in enumerate(text)
        if letter in "XY"
    ]
    outcome = heed(found, [source], REGISTRY, ACTIVE)
    assert len(outcome.silenced) == len(found) - len(outcome.kept)
    words = [text[one.span.start : one.span.end] for one in outcome.kept]
    return words, [problem.kind for problem in outcome.problems]


@pytest.mark.parametrize(
    ("text", "words", "kinds"),
    [
        ("# sslint: ignore[SSL0101] why\nX1\nX2\n", ["X2"], []),
        ("# sslint: ignore[weak-ssl-protocol]\nX1 \\\n X2\nX3\n", ["X3"], []),
        ("# sslint: ignore[SSL0101, SSL0201]\nX1 Y1\n", [], []),
        ("# sslint: ignore[SSL01]\nX1 Y1\n", ["Y1"], []),
        ("# sslint: ignore[protocol]\nX1 Y1\n", ["Y1"], []),
        ("# sslint: ignore[ALL]\nX1 Y1\n", [], []),
        ("# sslint: ignore[SSL0101]\n# sslint: ignore[SSL0201]\n\n# and more\nX1 Y1\n", [], []),
        ("  #sslint:ignore[SSL0101]\nX1\n", [], []),
        ("# sslint: ignore[SSL0101]\n<VirtualHost X1>\nX2\n</VirtualHost>\nX3\n", ["X3"], []),
        ("X1\n# sslint: disable[SSL0101]\nX2\nX3\n# sslint: enable[SSL0101]\nX4\n", ["X1", "X4"], []),
        ("<If a>\n# sslint: disable[SSL0101]\nX1\n</If>\nX2\n", ["X2"], []),
        ("# sslint: disable[SSL0101, SSL0201]\nX1\n# sslint: enable\nY1\n", ["Y1"], []),
        ("# sslint: ignore-file[SSL0101]\nX1\nX2\n", [], []),
        ("X1\n# sslint: ignore-file[SSL0101]\n", ["X1"], [INVALID]),
        ("# sslint: ignore\nX1\n", ["X1"], [INVALID]),
        ("# sslint: ignore[]\nX1\n", ["X1"], [INVALID]),
        ("# sslint: ignore[weak-protocol]\nX1\n", ["X1"], [INVALID]),
        ("# sslint: suppress[SSL0101]\nX1\n", ["X1"], [INVALID]),
        ("# sslint: enable[SSL0101]\nX1\n", ["X1"], [INVALID]),
        ("X1 # sslint: ignore[SSL0101]\n", ["X1"], [TRAILING]),
        ('X1 "# sslint: ignore[SSL0101]"\n', ["X1"], []),
        ("<If X1> # sslint: ignore[SSL0101]\n</If>\n", ["X1"], [TRAILING]),
        ("# sslint: ignore[SSL0101, SSL0201]\nX1\n", [], [UNUSED]),
        ("# sslint: ignore[SSL0101]\nFine\nX1\n", ["X1"], [UNUSED]),
        ("# sslint: ignore[SSL0101]", [], [UNUSED]),
        ("# we like sslint: it is fine\nX1\n", ["X1"], []),
    ],
)
def test_comments(text: str, words: list[str], kinds: list[str]) -> None:
    assert kept(text) == (words, kinds)


def test_a_comment_for_a_rule_that_did_not_run_is_not_unused() -> None:
    source = Source("/httpd.conf", "# sslint: ignore[SSL0101]\nListen 80\n")
    assert not heed([], [source], REGISTRY, frozenset(["SSL0201"])).problems


def test_deep_nesting_is_no_trouble() -> None:
    deep = "<If a>\n" * 3000 + "# sslint: ignore[SSL0101]\nX1\n" + "</If>\n" * 3000
    assert kept(deep) == ([], [])


def test_removing_an_unused_comment_takes_its_line() -> None:
    source = Source("/httpd.conf", "Listen 80\r\n  # sslint: ignore[SSL0101]\r\nListen 81\r\n")
    (problem,) = heed([], [source], REGISTRY, ACTIVE).problems
    (edit,) = problem.edits
    assert source.text[: edit.span.start] + source.text[edit.span.end :] == "Listen 80\r\nListen 81\r\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("X1\n", "# sslint: ignore[SSL0101]\nX1\n"),
        ("  X1", "  # sslint: ignore[SSL0101]\n  X1"),
        ("Fine\r\n\tX1\r\n", "Fine\r\n\t# sslint: ignore[SSL0101]\r\n\tX1\r\n"),
        ("Fine \\\n  X1 \\\n  more\n", "# sslint: ignore[SSL0101]\nFine \\\n  X1 \\\n  more\n"),
        ("# a note \\\nFine\nX1\n", "# a note \\\nFine\n# sslint: ignore[SSL0101]\nX1\n"),
        (
            "# sslint: ignore[SSL0201] for Y\n\n# note\nX1 Y1\n",
            "# sslint: ignore[SSL0201, SSL0101] for Y\n\n# note\nX1 Y1\n",
        ),
        (
            "# sslint: ignore[SSL0201] \\\n more\nX1 Y1\n",
            "# sslint: ignore[SSL0201] \\\n more\n# sslint: ignore[SSL0101]\nX1 Y1\n",
        ),
        ("# sslint: ignore[SSL0201]\nY1\nX1\n", "# sslint: ignore[SSL0201]\nY1\n# sslint: ignore[SSL0101]\nX1\n"),
        ("<If a>\n  <If X1>\n  </If>\n</If>\n", "<If a>\n  # sslint: ignore[SSL0101]\n  <If X1>\n  </If>\n</If>\n"),
        ("# X1\nFine\n", "# sslint: ignore-file[SSL0101]\n# X1\nFine\n"),
    ],
)
def test_a_finding_is_ignored_by_a_comment_above_it(before: str, after: str) -> None:
    source = Source("/httpd.conf", before)
    edit = ignoring(source, before.index("X1"), ["SSL0101"])
    assert apply_edits(before, (edit,)) == after
    words, problems = kept(after)
    assert "X1" not in words
    assert not problems


def test_a_finding_at_an_end_tag_is_ignored_above_the_section() -> None:
    text = "<If a>\n<If b>\n<If c>\n</If>\n</If>\n"
    source = Source("/httpd.conf", text)
    edit = ignoring(source, text.rindex("</If"), ["a-rule"], "old clients")
    assert apply_edits(text, (edit,)).startswith("<If a>\n# sslint: ignore[a-rule] old clients\n<If b>\n<If c>\n")


def test_an_empty_file_can_ignore() -> None:
    assert ignoring(Source("/httpd.conf", ""), 0, ["a", "b"]).text == "# sslint: ignore-file[a, b]\n"
