"""Real configurations that nobody here wrote, with a real server's verdicts."""

from __future__ import annotations

import corpus
import pytest

from sslint.accept import check
from sslint.configuration import Problem
from sslint.configuration.dump import render
from sslint.syntax import parse
from sslint.text import decode, encode

ENTRIES = corpus.entries()
pytestmark = pytest.mark.skipif(not ENTRIES, reason="the shared corpus is not beside the project")

ENVIRONMENT = frozenset({"builtin-module", "missing-server-root", "several-mpms"})
"""What the oracle stood in for: modules, folders."""
ACCEPTED = frozenset(
    {
        "undefined-variable", "duplicate-load-module", "unclosed-condition", "argument-ignored", "unterminated-quote",
        "include-out-of-reach",
    }
)  # fmt: skip
"""Problems that the server does not refuse."""
UNDECIDED = {
    "d867d544a21d": "mod_security looks for rules that other files define",
    "d973379ac2b7": "the expression's text comes from an environment variable",
    "2b49fd8ff03b": "a provider that mod_auth_openidc registers only when it is built with jq",
}
"""Rejections that the text alone does not tell."""


def test_every_file_is_kept() -> None:
    for path in corpus.texts():
        data = path.read_bytes()
        assert encode(parse(decode(data)).text) == data, path


def _dump_differs(entry: corpus.Entry) -> bool:
    mount = entry.get("mount") or corpus.MOUNT
    prefix = mount + "/"
    got = render(corpus.read(entry), lambda path: path.removeprefix(prefix))
    want = (corpus.CORPUS / entry["dump"]).read_bytes()
    return bool(encode(got) != want)


def test_trees_expand_as_on_the_server() -> None:
    trees = [entry for entry in ENTRIES if entry["role"] == "tree" and entry.get("dump")]
    assert trees
    assert not [entry["id"] for entry in trees if _dump_differs(entry)]


def test_single_files_expand_as_on_the_server() -> None:
    """Files that stood at the top level of the oracle's configuration; others are indented."""
    files = [
        entry
        for entry in ENTRIES
        if entry.get("dump") and entry["role"] != "tree" and entry["verdict"]["context"] in ("main", "server")
    ]
    differing = [entry["id"] for entry in files if _dump_differs(entry)]
    assert len(differing) <= len(files) // 100, differing


def _refusals(entry: corpus.Entry) -> list[Problem]:
    configuration = corpus.read(entry)
    problems = configuration.problems + check(configuration)
    neutral = {item.get("what") for item in entry["verdict"].get("neutralised") or ()}
    ignored = ENVIRONMENT | ACCEPTED | ({"missing-include"} if "include" in neutral else set())
    return [problem for problem in problems if problem.kind not in ignored]


def test_no_false_rejection() -> None:
    judged = [entry for entry in ENTRIES if entry["verdict"]]
    wrong = {
        entry["id"]: [problem.message for problem in found]
        for entry in judged
        if entry["verdict"]["verdict"] == "accept" and (found := _refusals(entry))
    }
    assert not wrong


def test_rejections() -> None:
    """What the server refuses for the text's own sake; variables and files are its machine's."""
    missed = [
        entry["id"]
        for entry in ENTRIES
        if entry["verdict"]
        and entry["verdict"]["verdict"] == "reject"
        and entry["verdict"]["class"] not in ("environment", "undefined-variable")
        and not entry["verdict"].get("undefined_variables")
        and not _refusals(entry)
    ]
    assert set(missed) <= set(UNDECIDED)
