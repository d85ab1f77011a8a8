"""Profiles: what they are, what they ask of a host, and the rules that they select."""

from __future__ import annotations

from sslint.analysis import analyse
from sslint.diagnostic import Diagnostic, Severity
from sslint.files import MemoryFiles
from sslint.registry import load as load_rules
from sslint.settings import RootSettings, Settings
from sslint.tls.profiles import Basis, Profile, Selected

MAIN = "/etc/apache2/apache2.conf"
SHORT = 'Listen 443\nHeader always set Strict-Transport-Security "max-age=1000"\n'


def profile(name: str, *rules: Selected) -> Profile:
    return Profile(name, "1", name.upper(), "Somebody", "2026-01-01", "https://example.org/", (), rules)


def hsts(least: int, section: str = "7.11", **more: object) -> Selected:
    return Selected("hsts-weak", section, Basis.PRIMARY, options={"min-age": least}, **more)  # type: ignore[arg-type]


def findings(text: str, *profiles: Profile, **changes: object) -> list[Diagnostic]:
    settings = Settings(roots=(RootSettings(MAIN),), profiles=profiles).replace(**changes)
    report = analyse(MemoryFiles({MAIN: text}), [MAIN], settings)
    assert report.complete
    return [one for one in report.diagnostics if one.slug == "hsts-weak"]


def test_a_selected_rule_takes_the_profiles_options_and_cites_it() -> None:
    asked = profile("house", hsts(500, tags=("V-1",)))
    assert not findings(SHORT, asked), "1000 seconds are enough there"
    found = findings(SHORT, profile("house", hsts(2000, tags=("V-1",), note="as of old")))
    assert [one.tags for one in found] == [("house@1:7.11", "V-1")]
    assert found[0].notes[-1] == "Asked for by HOUSE, edition 1, section 7.11: as of old."
    assert [one.tags for one in findings(SHORT)] == [()]


def test_what_was_recalled_is_said_to_be() -> None:
    found = findings(SHORT, profile("house", hsts(2000)._replace(basis=Basis.RECALL)))
    assert "recalled, never verified" in found[0].notes[-1]


def test_the_users_word_wins_over_the_profiles() -> None:
    code = load_rules().get("hsts-weak").code
    asked = profile("house", hsts(2000, severity=Severity.ERROR))
    assert not findings(SHORT, asked, options={code: {"min-age": 500}})
    assert [one.severity for one in findings(SHORT, asked)] == [Severity.ERROR]
    assert [one.severity for one in findings(SHORT, asked, severities={code: Severity.INFO})] == [Severity.INFO]
    assert not findings(SHORT, asked, ignore=("hsts-weak",))


def test_profiles_that_set_a_rule_differently_are_judged_one_by_one() -> None:
    low, high = profile("low", hsts(500)), profile("high", hsts(2000))
    assert [one.tags for one in findings(SHORT, low, high)] == [("high@1:7.11",)]
    both = findings(SHORT, profile("a", hsts(2000)), profile("b", hsts(4000, section="R1")))
    assert [one.tags for one in both] == [("a@1:7.11", "b@1:R1")], "equal findings become one that cites both"
    assert len(both[0].notes) == 2


def test_a_profile_runs_what_is_off_by_default_and_adds_to_a_selection() -> None:
    asked = profile("house", hsts(2000))
    assert findings(SHORT, asked, select=("weak-ssl-protocol",))
    assert not findings(SHORT, select=("weak-ssl-protocol",))
