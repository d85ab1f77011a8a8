"""A changed file is judged within its server: what is said of it does not depend on what sslint was handed."""

from __future__ import annotations

import corpus
import pytest

from sslint.analysis import analyse
from sslint.diagnostic import Diagnostic
from sslint.files import MemoryFiles
from sslint.registry import load
from sslint.report import Report
from sslint.settings import Reading, Settings

TREES = [entry for entry in corpus.entries() if entry["role"] == "tree"]
REGISTRY = load()
Said = tuple[str, str, int, int, str]


def said(one: Diagnostic) -> Said:
    return one.source.path, one.code, *one.span, one.message


def shown_in(report: Report, path: str) -> set[Said]:
    return {said(one) for one in report.diagnostics if one.source.path == path}


def touching(report: Report, path: str) -> set[Said]:
    """The findings that stand in a file, or that it explains."""
    return {
        said(one)
        for one in report.diagnostics
        if path in {one.source.path, *(related.source.path for related in one.related)}
    }


@pytest.mark.skipif(not TREES, reason="the shared corpus is not beside the project")
@pytest.mark.parametrize("entry", TREES, ids=lambda entry: entry["id"])
def test_a_fragment_alone_shows_what_the_whole_shows_of_it(entry: corpus.Entry) -> None:
    main, texts = corpus.files(entry)
    files = MemoryFiles(texts)
    settings = Settings(reading=Reading(defines=tuple(entry.get("defines") or ())))
    whole = analyse(files, [main], settings, everything=True, registry=REGISTRY)
    roots = {root for finding in whole.findings for root in finding.roots}
    assert roots <= {main}
    read = {one.source.path for one in whole.diagnostics}
    for path in sorted(read):
        alone = analyse(files, [path], settings, registry=REGISTRY)
        assert shown_in(alone, path) == shown_in(whole, path), path
        if path != main:
            assert {said(one) for one in alone.diagnostics} == touching(whole, path), path


def test_what_a_fragment_causes_elsewhere_is_shown_with_it() -> None:
    files = MemoryFiles(
        {
            "/r/httpd.conf": "ServerRoot /r\nInclude ports.conf\nInclude names.conf\nListen 80\n",
            "/r/ports.conf": "Listen 80\n",
            "/r/names.conf": "Timeout 1 2\n",
        }
    )
    settings = Settings(select=("duplicate-listen", "wrong-argument-count"))
    alone = analyse(files, ["/r/ports.conf"], settings, registry=REGISTRY)
    assert [(one.slug, one.source.path) for one in alone.diagnostics] == [("duplicate-listen", "/r/httpd.conf")]
    assert alone.hidden == 1
