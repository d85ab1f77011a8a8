"""Profiles: what they are, what they ask of a host, and the rules that they select."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from sslint import data, profiles
from sslint.analysis import analyse
from sslint.diagnostic import Diagnostic, Severity
from sslint.files import MemoryFiles
from sslint.registry import load as load_rules
from sslint.schema import SettingsError
from sslint.settings import RootSettings, Settings
from sslint.settings import load as load_settings
from sslint.tls.profiles import Basis, Bound, Level, Mixed, Pattern, Profile, Selected

SCHEMA = json.loads((Path(__file__).parent.parent / "sslint" / "profile.schema.json").read_text())
REGISTRY = load_rules()
SHIPPED = [(name, edition) for name, editions in profiles.shipped().items() for edition in editions]
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


# The profiles that ship


@pytest.mark.parametrize(("name", "edition"), SHIPPED)
def test_a_shipped_profile_is_sound(name: str, edition: str) -> None:
    path = f"profiles/{name}@{edition}.yaml"
    text = data.read(path)
    found = profiles.read(text, path, REGISTRY)
    assert found == profiles.of(name, edition)
    assert found.label == f"{name}@{edition}"
    assert all((found.title, found.publisher, found.released, found.source))
    assert all(one.section for one in found.requirements)
    assert all(one.section for one in found.rules)
    jsonschema.validate(yaml.load(text, Loader=_Words), SCHEMA)


class _Words(yaml.SafeLoader):
    """As editors read YAML: a date is text."""


_Words.yaml_implicit_resolvers = {
    key: [one for one in found if one[0] != "tag:yaml.org,2002:timestamp"]
    for key, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize(("name", "edition"), SHIPPED)
def test_every_rule_that_a_profile_names_is_there(name: str, edition: str) -> None:
    for slug in profiles.of(name, edition).slugs:
        assert REGISTRY.of_slug(slug) is not None, slug


def test_what_the_editions_say() -> None:
    modern = {one.subject: one for one in profiles.of("mozilla-modern", "6.0").requirements}
    assert modern["ciphersuites"].ask == Mixed(
        only=("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256")
    )
    assert modern["hsts-seconds"].ask == Bound(least=63072000)
    assert modern["server-cipher-order"].ask is False
    cis = {one.section: one for one in profiles.of("cis-apache-2.4", "2.3.0").requirements}
    assert cis["7.8"].ask == Mixed(forbid=(Pattern(enc=("3DES", "IDEA")),))
    assert cis["7.12"].tags == ("level-2",)
    assert {one.basis for one in profiles.of("pci-dss", "4.0.1").requirements} == {Basis.SECONDARY, Basis.RECALL}
    assert all(one.level is not Level.MAY for one in profiles.of("stig-apache-2.4", "2024-01").requirements)


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("mozilla-modern", "mozilla-modern@6.0"),
        ("Mozilla-Intermediate@5.7", "mozilla-intermediate@5.7"),
        ("mozilla-old@5", "mozilla-old@5.8"),
        ("cis", "cis-apache-2.4@2.3.0"),
        ("bsi", "bsi-tr-02102-2@2025-01"),
        ("bsi@2026", "bsi-tr-02102-2@2026-01"),
    ],
)
def test_names(word: str, label: str) -> None:
    assert profiles.load(word, MemoryFiles({}), "/", REGISTRY).label == label


# Organisations' own

OWN = """\
profile: our-policy
edition: 2026
title: Our policy for web servers
publisher: The security office
released: 2026-02-01
source: https://intranet.example.org/policy
requirements:
  - protocols: {only: [TLSv1.3]}
    section: 4.1
  - ciphers: {forbid: [AES128-SHA, {kx: [rsa], bits-below: 128}]}
    section: "4.2"
    level: should
    basis: recall
rules:
  - rule: hsts-weak
    section: 5
    options: {min-age: 2000}
    tags: [OP-7]
"""


def test_an_own_profile() -> None:
    files = MemoryFiles({"/repo/policies/ours.yaml": OWN, "/repo/.sslint.yaml": "profiles: [policies/ours.yaml]\n"})
    settings = load_settings(files, "/repo/.sslint.yaml", REGISTRY)
    (own,) = settings.profiles
    assert (own.label, own.released) == ("our-policy@2026", "2026-02-01")
    assert own.requirements[0].section == "4.1"
    assert own.requirements[1].ask == Mixed(forbid=("AES128-SHA", Pattern(kx=("RSA",), bits_below=128)))
    assert own.rules[0].options == {"min-age": 2000}
    assert findings(SHORT, own)[0].tags == ("our-policy@2026:5", "OP-7")


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("title: Our", "titel: Our", "3:1: unknown key 'titel': did you mean title?"),
        ("our-policy", "Our Policy", "1:10: 'Our Policy': a name has small letters"),
        ("source: https", "note: https", "1:1: the key source is missing"),
        ("[TLSv1.3]", "[TLS1.3]", "8:24: 'TLS1.3' is none of SSLv2, SSLv3"),
        ("AES128-SHA,", "AES128-SHAH,", "10:24: no cipher suite is called 'AES128-SHAH': did you mean AES128-SHA"),
        ("kx: [rsa]", "xk: [rsa]", "10:37: unknown key 'xk'"),
        ("{only: [TLSv1.3]}", "{}", "8:16: this asks for nothing: write only, require, any or forbid"),
        ("    section: 4.1\n", "    section: 4.1\n    groups: {any: [X25519]}\n", "8:5: a requirement has one subject"),
        ("level: should", "level: shall", "12:12: 'shall' is none of must, should, may"),
        ("hsts-weak", "hsts-week", "15:11: no rule is called 'hsts-week': did you mean hsts-weak?"),
        ("min-age: 2000", "min: 2000", "15:5: hsts-weak has no option 'min'; it has: min-age"),
        ("min-age: 2000", "min-age: long", "15:5: the option min-age of hsts-weak is a number"),
        ("2026-02-01", "soon", "5:11: 'soon': a date is written 2025, 2025-05 or 2025-05-01"),
        (OWN, "", "1:1: the profile is empty"),
    ],
)
def test_mistakes_in_a_profile_have_a_place(old: str, new: str, error: str) -> None:
    assert old in OWN
    files = MemoryFiles({"/repo/ours.yaml": OWN.replace(old, new), "/repo/.sslint.yaml": "profiles: [ours.yaml]\n"})
    with pytest.raises(SettingsError) as caught:
        load_settings(files, "/repo/.sslint.yaml", REGISTRY)
    assert str(caught.value).startswith(f"/repo/ours.yaml:{error}")


def test_a_root_may_have_profiles_of_its_own() -> None:
    text = "Listen 443\n<VirtualHost *:443>\nSSLEngine on\nSSLProtocol TLSv1.2\n</VirtualHost>\n"
    files = MemoryFiles({"/a/httpd.conf": text, "/b/httpd.conf": text})
    modern = profiles.of("mozilla-modern", "6.0")
    settings = Settings(roots=(RootSettings("/a/httpd.conf"), RootSettings("/b/httpd.conf", profiles=(modern,))))
    report = analyse(files, ["/a/httpd.conf", "/b/httpd.conf"], settings)
    assert report.complete
    assert {one.source.path for one in report.diagnostics if one.slug == "profile-protocol"} == {"/b/httpd.conf"}


def test_nothing_of_profiles_is_imported_without_one() -> None:
    code = (
        "import sys; from sslint.cli import run; run(['check', '--isolated', '-q', '-']); "
        "print([name for name in sys.modules if 'profile' in name], file=sys.stderr)"
    )
    text = b"Listen 443\nSSLEngine on\nSSLProtocol all\n"
    done = subprocess.run([sys.executable, "-c", code], input=text, capture_output=True, check=True)
    assert done.stderr.decode().splitlines()[-1] == "[]"
