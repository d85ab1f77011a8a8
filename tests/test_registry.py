"""The registry: what is imported when, and what it refuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sslint.headers import header_of, read_header
from sslint.on_demand import Api, homes_of
from sslint.registry import UnknownRule, load
from sslint.rule import Subject

LOADED = "{name for name in sys.modules if name.startswith('sslint.rules.')}"
HEAD = (
    b'"""Something"""\n\n@rule(\n    code="SSL0101",\n    name="some-thing",\n'
    b"%s)\ndef check(host: %s, context: C) -> R:\n"
)


def test_rules_wait_for_what_they_need() -> None:
    code = f"""
import sys
from sslint.registry import load
selection = load().select((), (), ())
assert not any(header.needs for header in selection.meeting(frozenset()))
assert "ssl-protocol-gap" in [header.slug for header in selection.meeting(frozenset({{"sslprotocol"}}))]
assert {LOADED} <= {{"sslint.rules"}}, {LOADED}
assert selection.reporting("bad-value").code == "SSL0005"
assert {LOADED} == {{"sslint.rules.syntax", "sslint.rules.syntax.bad_value"}}, {LOADED}
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_rules_import_is_the_api_name_by_name() -> None:
    from sslint import api

    stand_in = Api(homes_of(Path(api.__file__).read_text(encoding="utf-8")), "")
    assert set(stand_in.__all__) == set(api.__all__)
    assert all(getattr(stand_in, name) is getattr(api, name) for name in api.__all__)
    with pytest.raises(AttributeError, match="something"):
        stand_in.something  # noqa: B018


def test_a_rule_brings_nothing_that_it_does_not_name() -> None:
    code = """
import sys
from sslint.registry import load
load().find("bad-value")
assert "sslint.accept.walk" not in sys.modules and "sslint.server" not in sys.modules
import sslint.api
from sslint.api import VirtualHost
assert sslint.api.VirtualHost is VirtualHost
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_headers_say_what_the_rules_say() -> None:
    registry = load()
    for header in registry.headers:
        rule = registry.rule(header)
        assert header_of(rule, header.module) == header, "write it in plain literals, one entry a line"
        assert read_header(Path(rule.file).read_bytes(), header.module) == header


@pytest.mark.parametrize(
    ("entries", "subject", "needs"),
    [
        (b"", b"Server", set()),
        (b'    needs=("TLS", "sslEngine"),\n', b"VirtualHost", {"tls", "sslengine"}),
        (b'    needs=(\n        "a",\n        "b",\n    ),\n', b"SourceFile", {"a", "b"}),
        (b'    keys=("sslprotocol",),\n    reference="https://a/(b), needs=c",\n', b"Directive", {"sslprotocol"}),
    ],
)
def test_headers_are_read_from_the_text(entries: bytes, subject: bytes, needs: set[str]) -> None:
    header = read_header(HEAD % (entries, subject), "m")
    assert header is not None
    assert (header.code, header.slug, header.subject) == ("SSL0101", "some-thing", Subject(subject.decode()))
    assert header.needs == needs


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x = 1\n",
        HEAD % (b"    keys=KEYS,\n", b"Directive"),
        HEAD % (b"    default=OFF,\n", b"Server"),
        HEAD % (b"", b"X"),
    ],
)
def test_what_is_no_literal_is_left_to_the_import(content: bytes) -> None:
    assert read_header(content, "m") is None


def test_a_configuration_without_tls_needs_no_openssl() -> None:
    code = """
import sys
from sslint import Settings, analyse
from sslint.files import MemoryFiles
analyse(MemoryFiles({"/httpd.conf": "Listen 80\\n"}), ["/httpd.conf"], Settings())
heavy = {"sslint.openssl.tables", "sslint.syntax.expressions", "lark", "yaml"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("name", ["bad-value", "SSL0005", "ssl0005", "Bad-Value"])
def test_a_waiting_rule_is_found_by_any_name(name: str) -> None:
    registry = load()
    found = registry.find(name)
    assert found is not None and found.code == "SSL0005"
    assert registry.matching(name) == (found,)


def test_all_rules_stand_in_the_order_of_their_codes() -> None:
    registry = load()
    assert registry.find("bad-value")
    codes = [rule.code for rule in registry.rules]
    assert codes == sorted(codes)
    assert list(registry.select((), (), ())) == [rule for rule in registry.rules if rule.default]


def test_ignored_and_selected_rules_may_wait_too() -> None:
    registry = load()
    assert registry.select((), (), ("SSL0005",)).reporting("bad-value") is None
    assert registry.select(("cipher",), (), ()).reporting("bad-value") is None
    assert registry.select(("SSL00",), (), ()).reporting("bad-value") is not None


def test_unknown_names_suggest_a_waiting_rule() -> None:
    with pytest.raises(UnknownRule, match="did you mean bad-value"):
        load().get("bad-valeu")
    with pytest.raises(LookupError, match="no rule reports problems of the kind 'no-such-kind'"):
        load().select((), (), ()).reporting("no-such-kind")
