"""The registry: what is imported when, and what it refuses."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sslint.registry import WAITING, UnknownRule, load

LOADED = "{name for name in sys.modules if name.startswith('sslint.rules.syntax.')}"


def test_rules_about_problems_wait_for_one() -> None:
    code = f"""
import sys
from sslint.registry import load
registry = load()
selection = registry.select((), (), ())
assert all(rule.family not in {set(WAITING)!r} for rule in selection.loaded)
assert not {LOADED}, {LOADED}
assert selection.reporting("bad-value").code == "SSL0005"
assert {LOADED} == {{"sslint.rules.syntax.bad_value"}}
"""
    subprocess.run([sys.executable, "-c", code], check=True)


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
