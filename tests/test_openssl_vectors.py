"""What real libraries answered: expansions, keywords, lists, security levels.

The small sample always runs; the full data is compared where it stands beside the project.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sslint.openssl import (
    CipherStringError,
    expand_ciphers,
    expand_ciphersuites,
    expand_groups,
    libraries,
    library,
    usable,
)

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared" / "data" / "openssl"
SAMPLE = Path(__file__).resolve().parent / "data" / "cipher-vectors.json"
with_shared_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the measured data is not beside the project")


def answer(string: str, build: str) -> str:
    """The expansion in the notation of the vectors."""
    try:
        return ":".join(expand_ciphers(string, library(build)))
    except CipherStringError as error:
        return f"error {error.kind}"


def differences(vectors: Iterable[Any]) -> tuple[Counter[str], list[str]]:
    """How many answers of each build were compared, and those that differ."""
    compared: Counter[str] = Counter()
    wrong = []
    for vector in vectors:
        for result in vector["results"]:
            expected = result.get("ciphers") or f"error {result['error']}"
            for build in result["profiles"]:
                compared[build] += 1
                found = answer(vector["string"], build)
                if found != expected:
                    wrong.append(f"{build} {vector['string']!r}: {found}, expected {expected}")
    return compared, wrong


def measured(name: str) -> Any:
    return json.loads((SHARED / name).read_text(encoding="utf-8"))


def test_sample() -> None:
    compared, wrong = differences(json.loads(SAMPLE.read_text(encoding="utf-8")))
    assert not wrong
    assert set(compared) == set(libraries())


@with_shared_data
def test_all_vectors() -> None:
    with gzip.open(SHARED / "vectors.jsonl.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        compared, wrong = differences(map(json.loads, lines))
    assert not wrong[:10]
    assert set(compared) == set(libraries())
    assert len(set(compared.values())) == 1


@with_shared_data
@pytest.mark.parametrize("build", libraries())
def test_keywords(build: str) -> None:
    table = measured(f"{build}.json")
    for word, expansion in table["keywords"].items():
        expected = f"error {expansion['error']}" if isinstance(expansion, dict) else ":".join(expansion)
        assert answer(word, build) == expected, word


@with_shared_data
@pytest.mark.parametrize("build", libraries())
def test_suites(build: str) -> None:
    table = measured(f"{build}.json")
    known = library(build)
    assert [suite.name for suite in known.suites] == table["rule_order"]
    assert known.default_security_level == table["default_security_level"]
    assert list(known.tls13_default) == [suite["name"] for suite in table["tls13_default"]]
    assert known.version == " ".join(table["version_string"].split())
    for facts in table["suites"]:
        suite = known.suite(facts["name"])
        assert suite is not None
        assert suite.kx.startswith(facts["kx"])
        for key in ("iana", "hex", "protocol", "au", "enc", "mac", "strength_bits", "alg_bits", "export"):
            assert getattr(suite, key) == facts[key], (suite.name, key)
        assert list(suite.classes) == facts["classes"]


@with_shared_data
def test_ciphersuite_lists() -> None:
    for text, answers in measured("lists.json")["ciphersuites"].items():
        for expected, builds in answers.items():
            for build in builds:
                try:
                    found = ":".join(expand_ciphersuites(text, build))
                except CipherStringError:
                    found = "error"
                assert found == expected, (build, text)


@with_shared_data
def test_group_lists() -> None:
    for text, verdicts in measured("lists.json")["groups"].items():
        for verdict, builds in verdicts.items():
            for build in builds:
                try:
                    expand_groups(text, build)
                    found = "accepted"
                except CipherStringError:
                    found = "rejected"
                assert found == verdict, (build, text)


def handshakes() -> Iterator[tuple[str, int, str, set[str], set[str]]]:
    """Build, level, protocol, the suites that completed a handshake, those that did at the lowest level."""
    for build, facts in measured("security-levels.json")["profiles"].items():
        levels = facts["levels"]
        tried = levels.get("0") or levels["none"]
        for level, protocols in levels.items():
            for protocol in ("TLSv1", "TLSv1.1", "TLSv1.2"):
                number = 0 if level == "none" else int(level)
                yield build, number, protocol, set(protocols[protocol]), set(tried[protocol])


@with_shared_data
def test_security_levels() -> None:
    for build, level, protocol, completed, tried in handshakes():
        known = library(build)
        keys = {"RSA", "ECDSA"} if level < 5 else {"ECDSA"}
        found = {suite.name for suite in usable(known, known.suites, protocol, level, keys)} & tried
        if level >= 4:  # the server had no DH parameters there
            found = {name for name in found if not name.startswith("DHE-")}
        assert found == completed, (build, level, protocol)


@with_shared_data
def test_tables_are_up_to_date(tmp_path: Path) -> None:
    import importlib.util

    script = PROJECT / "grammar" / "convert" / "openssl.py"
    spec = importlib.util.spec_from_file_location("convert_openssl", script)
    assert spec is not None
    assert spec.loader is not None
    convert = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(convert)
    convert.main(str(SHARED), tmp_path)
    shipped = {path.name: path.read_bytes() for path in (PROJECT / "grammar" / "openssl").iterdir()}
    del shipped["words.txt"]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == shipped
