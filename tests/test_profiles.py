"""Profiles: what they are, what they ask of a host, and the rules that they select."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import config_test
import corpus
import jsonschema
import pytest
import yaml

from sslint import data, profiles
from sslint.analysis import analyse
from sslint.diagnostic import Diagnostic, Safety, Severity
from sslint.explain import explain
from sslint.files import MemoryFiles
from sslint.fixer import fix
from sslint.registry import load as load_rules
from sslint.schema import SettingsError
from sslint.settings import Reading, RootSettings, Settings
from sslint.settings import load as load_settings
from sslint.tls.profiles import Basis, Bound, Level, Mixed, Pattern, Profile, Selected
from sslint.tls.profiles.judge import Breach, Fault
from sslint.tls.profiles.subjects import SUBJECTS

if TYPE_CHECKING:
    from sslint.server import VirtualHost
    from sslint.tls import TlsOffer

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


def test_every_rule_that_looks_at_a_subject_is_there() -> None:
    for subject in SUBJECTS.values():
        for slug in (subject.rule, *subject.related) if subject.rule else ():
            assert REGISTRY.of_slug(slug) is not None, slug


def test_the_items_of_cis_and_stig() -> None:
    def sections(name: str, edition: str) -> set[str]:
        found = profiles.of(name, edition)
        return {one.section for one in found.requirements} | {one.section for one in found.rules}

    decidable = """2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 3.1 4.1 4.3 4.4 5.1 5.2 5.3 5.7 5.8 5.9 5.10 5.11 5.12 5.13 5.14 5.15
        5.16 5.17 5.18 6.1 6.2 6.3 6.6 7.1 7.4 7.5 7.6 7.7 7.8 7.9 7.10 7.11 7.12 8.1 8.2 8.4 9.1 9.2 9.3 9.4 9.5 9.6
        10.1 10.2 10.3 10.4""".split()
    assert len(decidable) == 54
    assert set(decidable) <= sections("cis-apache-2.4", "2.3.0")
    ids = {word for section in sections("stig-apache-2.4", "2024-01") for word in re.findall(r"V-214(\d+)", section)}
    asked = """228 229 230 231 232 239 241 242 243 244 245 246 250 251 252 253 255 256 257 258 259 265 268 269
        277 278 279 280 281 282 283 284 285 286 288 291 293 294 295 296 297 301 303""".split()
    assert set(asked) <= ids


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


def test_the_documents_example_is_one() -> None:
    text = (Path(__file__).parent.parent / "docs" / "profiles.md").read_text(encoding="utf-8")
    block = next(one for one in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if one.startswith("profile:"))
    own = profiles.read(block, "/docs/example.yaml", REGISTRY)
    assert (len(own.requirements), len(own.rules)) == (4, 2)
    for subject in SUBJECTS:
        assert f"`{subject}`" in text


# What profiles find

MOZILLA = """\
LoadModule ssl_module modules/mod_ssl.so
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /path/to/signed_cert_and_intermediate_certs
    SSLCertificateKeyFile /path/to/private_key
    Protocols h2 http/1.1
    Header always set Strict-Transport-Security "max-age=63072000"
</VirtualHost>
SSLProtocol -all +TLSv1.2 +TLSv1.3
SSLOpenSSLConfCmd Curves X25519MLKEM768:X25519:prime256v1:secp384r1
SSLCipherSuite ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:\\
ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305
SSLHonorCipherOrder off
SSLSessionTickets off
SSLUseStapling On
SSLStaplingCache shmcb:logs/ssl_stapling(32768)
"""


def told(text: str, *words: str, **changes: object) -> list[Diagnostic]:
    chosen = tuple(profiles.load(word, MemoryFiles({}), "/", REGISTRY) for word in words)
    reading = Reading(httpd="2.4.66", openssl="3.5.0")
    settings = Settings(roots=(RootSettings(MAIN),), reading=reading, profiles=chosen, select=("profile",))
    report = analyse(MemoryFiles({MAIN: text}), [MAIN], settings.replace(**changes))
    assert report.complete
    return [one for one in report.diagnostics if one.code.startswith("SSL20")]


def test_mozillas_own_configuration_keeps_its_profile() -> None:
    assert not told(MOZILLA, "mozilla-intermediate@6.0")
    assert not told(MOZILLA.replace("+TLSv1.2 ", ""), "mozilla-modern@6.0")
    assert {one.slug for one in told(MOZILLA, "mozilla-modern@6.0")} == {"profile-protocol"}


def test_a_contradiction_is_told_and_not_fixed() -> None:
    alone = [one for one in told(MOZILLA, "cis") if one.slug == "profile-session"]
    assert [one.fix is not None for one in alone] == [True]
    both = [one for one in told(MOZILLA, "cis", "mozilla-intermediate@6.0") if one.slug == "profile-session"]
    assert [one.message.partition(": ")[2] for one in both] == [
        "cis-apache-2.4@2.3.0 (7.5) requires SSLHonorCipherOrder on"
    ]
    assert both[0].fix is None
    assert any("mozilla-intermediate@6.0 (cipher preference) asks for SSLHonorCipherOrder off" in note
               for note in both[0].notes)  # fmt: skip


def test_both_of_two_contradicting_profiles_find_something() -> None:
    text = MOZILLA.replace("SSLProtocol -all +TLSv1.2 +TLSv1.3", "SSLProtocol -all +TLSv1.1")
    found = [one for one in told(text, "mozilla-modern", "rfc-9325") if one.slug == "profile-protocol"]
    assert {one.tags[0].partition("@")[0] for one in found} == {"mozilla-modern", "rfc-9325"}
    assert all(one.fix is None for one in found), "no version meets both"


def test_a_fix_keeps_what_every_chosen_profile_wants() -> None:
    text = MOZILLA.replace("SSLProtocol -all +TLSv1.2 +TLSv1.3", "SSLProtocol all")
    text = text.replace("SSLCipherSuite ECDHE", "SSLCipherSuite @SECLEVEL=0:AES128-SHA:ECDHE")
    chosen = tuple(profiles.load(word, MemoryFiles({}), "/", REGISTRY) for word in ("mozilla-intermediate", "nist"))
    settings = Settings(roots=(RootSettings(MAIN),), reading=Reading(openssl="3.5.0"), profiles=chosen,
                        select=("profile",), ignore=("profile-session", "profile-transport"))  # fmt: skip
    fixed = fix(MemoryFiles({MAIN: text}), [MAIN], settings, (Safety.SAFE, Safety.UNSAFE))
    new = fixed.texts[MAIN][1]
    assert "SSLProtocol -all +TLSv1.2 +TLSv1.3\n" in new
    left = next(line for line in new.splitlines() if line.startswith("SSLCipherSuite ECDHE"))
    assert "CHACHA20" not in left, "NIST does not list it"
    assert not [
        one for one in fixed.report.diagnostics if one.slug == "profile-cipher" and "TLS 1.3" not in one.message
    ]


OPEN = """\
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol all
    SSLCipherSuite ALL:@SECLEVEL=0
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
"""


@pytest.mark.parametrize("name", profiles.shipped())
def test_fixes_leave_nothing_that_a_list_decides(name: str, tmp_path: Path) -> None:
    chosen = (profiles.load(name, MemoryFiles({}), "/", REGISTRY)._replace(rules=()),)
    settings = Settings(roots=(RootSettings(MAIN),), reading=Reading(target="debian-12"), profiles=chosen,
                        select=("profile",))  # fmt: skip
    begun = analyse(MemoryFiles({MAIN: OPEN}), [MAIN], settings)
    assert {"profile-cipher", "profile-protocol"} & {one.slug for one in begun.diagnostics}
    fixed = fix(MemoryFiles({MAIN: OPEN}), [MAIN], settings, (Safety.SAFE, Safety.UNSAFE))
    left = {one.slug for one in fixed.report.diagnostics}
    assert left <= {"profile-session"}, "stapling needs a cache first"
    if config_test.HERE:
        new = {MAIN: fixed.texts[MAIN][1].encode()}
        assert config_test.refusal(MAIN, new, tmp_path, config_test.prelude(tmp_path)) == ""


def test_a_fragment_is_judged_by_what_it_sets() -> None:
    files = MemoryFiles({"/repo/ssl.conf": "SSLProtocol -all +TLSv1.1\n"})
    modern = profiles.of("mozilla-modern", "6.0")
    settings = Settings(profiles=(modern,), reading=Reading(openssl="1.1.1"), select=("profile",))
    report = analyse(files, ["/repo/ssl.conf"], settings)
    assert {one.slug for one in report.diagnostics} == {"profile-protocol"}
    assert not analyse(MemoryFiles({"/repo/a.conf": "Listen 443\n"}), ["/repo/a.conf"], settings).diagnostics


def test_what_a_host_has_from_the_first_of_its_address_is_said() -> None:
    second = MOZILLA[MOZILLA.index("<Virt") : MOZILLA.index("</Virt")].replace("www.", "b.") + "</VirtualHost>\n"
    first = second.replace("b.ex", "a.ex").replace("SSLEngine on", "SSLEngine on\n    SSLHonorCipherOrder on")
    found = told(f"{first}{second}{MOZILLA}", "mozilla-intermediate@6.0")
    assert [one.slug for one in found] == ["profile-session"]
    assert "b.example.org (*:443) has it from a.example.org (*:443), the default host of the address." in found[0].notes


def test_nothing_is_written_that_the_server_does_not_know() -> None:
    found = told(OPEN, "cis", reading=Reading(httpd="2.2.22", openssl="1.0.1"))
    stapling = next(one for one in found if "stapled" in one.message)
    assert stapling.fix is None
    assert "httpd 2.2.22 has no SSLUseStapling: only a newer one can keep the profile." in stapling.notes
    order = next(one for one in found if "order" in one.message)
    assert order.fix is not None


def test_names_in_a_certificate_are_only_names() -> None:
    requirement = profiles.of("mozilla-modern", "6.0").requirements[0]
    fault = Fault(requirement, "the certificate for {0}{x of {hosts} is old", "forbids it", None)
    host, offer = cast("VirtualHost", None), cast("TlsOffer", None)
    message = Breach(profiles.of("mozilla-modern", "6.0"), fault, host, offer).message("a")
    assert message.startswith("the certificate for {0}{x of a is old: mozilla-modern@6.0 (protocols) forbids it")


def test_a_variable_that_nobody_defines_is_no_value() -> None:
    text = MOZILLA.replace("-all +TLSv1.2 +TLSv1.3", "${VERSIONS}").replace("Order off", "Order ${ORDER}")
    assert {one.slug for one in told(text, "mozilla-modern", "nist", "cis")} <= {"profile-transport"}
    known = told("Define VERSIONS TLSv1.2\nDefine ORDER on\n" + text, "mozilla-modern@6.0")
    assert {one.slug for one in known} == {"profile-protocol", "profile-session"}


def test_stapling_that_nobody_answers_weighs_little() -> None:
    pem = (Path(__file__).parent.parent / "fixtures" / "certificates" / "www.pem").read_bytes()
    text = "Listen 443\n<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile www.pem\n</VirtualHost>\n"
    for files, severity in (({}, Severity.ERROR), ({"/etc/apache2/www.pem": pem}, Severity.INFO)):
        settings = Settings(roots=(RootSettings(MAIN, Reading(server_root="/etc/apache2")),),
                            profiles=(profiles.of("cis-apache-2.4", "2.3.0"),), select=("profile",))  # fmt: skip
        report = analyse(MemoryFiles({MAIN: text, **files}), [MAIN], settings)
        assert [one.severity for one in report.diagnostics if "stapled" in one.message] == [severity]


# The real corpus


@pytest.mark.skipif(not corpus.entries(), reason="the corpus is not here")
def test_the_corpus_is_judged_by_every_profile() -> None:
    chosen = profiles.newest()
    trees = [one for one in corpus.entries() if one["role"] == "tree"][:6]
    found = set()
    for entry in trees:
        main, files = corpus.files(entry)
        reading = Reading(target="debian-12", modules=("all",))
        settings = Settings(roots=(RootSettings(main),), reading=reading, profiles=chosen, select=("profile",))
        report = analyse(MemoryFiles(files), [main], settings)
        assert not report.crashes
        found |= {one.tags[0].partition("@")[0] for one in report.diagnostics if one.tags}
    assert len(found) >= len(chosen) // 2


# The commands


def run(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-m", "sslint", *arguments], capture_output=True, text=True, check=False,
                          env={**os.environ, "COLUMNS": "100", "LC_ALL": "C.UTF-8"})  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_profiles_lists_them() -> None:
    status, out, _ = run("profiles")
    assert status == 0
    assert "mozilla-intermediate  6.0      2026-04-06" in out
    assert max(map(len, out.splitlines())) <= 100
    document = json.loads(run("profiles", "--format", "json")[1])
    assert [one["name"] for one in document["profiles"]] == list(profiles.shipped())
    assert document["schema_version"] == 1


def test_profiles_show(tmp_path: Path) -> None:
    status, out, _ = run("profiles", "show", "bsi")
    assert status == 0
    assert out.startswith("bsi-tr-02102-2@2025-01: BSI TR-02102-2")
    assert "Not decided by a configuration, and never counted as passed" in out
    assert "Only parts of this edition were read" in run("profiles", "show", "bsi@2026")[1]
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    document = json.loads(run("profiles", "show", str(tmp_path / "own.yaml"), "--format", "json")[1])
    first = document["requirements"][0]
    assert (first["asks"], first["judged_by"]) == ({"only": ["TLSv1.3"]}, "profile-protocol")
    assert document["requirements"][1]["verified"] is False
    status, out, err = run("profiles", "show", "mozila-modern")
    assert (status, out) == (2, "")
    assert "did you mean mozilla-modern?" in err


def test_profiles_compare() -> None:
    status, out, _ = run("profiles", "compare", "mozilla-intermediate", "cis")
    assert status == 1
    head, _, rest = out.partition("They ask differently")
    assert "SSLHonorCipherOrder off (should)" in head
    assert "63072000 at least (must)" in rest
    assert run("profiles", "compare", "nist", "pci-dss")[0] == 0
    document = json.loads(run("profiles", "compare", "mozilla-intermediate", "cis", "--format", "json")[1])
    assert document["subjects"]["server-cipher-order"]["relation"] == "contradict"


def test_explain_tells_who_asks_what() -> None:
    text = "\n".join(explain(REGISTRY.get("profile-session")))
    assert "- **the server's order of suites**: nothing meets both cis-apache-2.4@2.3.0 and mozilla-inter" in text
    text = "\n".join(explain(REGISTRY.get("hsts-weak")))
    assert "480 at least: cis-apache-2.4@2.3.0 (7.11, must)" in text
    assert "## Profiles" not in "\n".join(explain(REGISTRY.get("unused-suppression")))


def test_a_benchmark_brings_its_rules(tmp_path: Path) -> None:
    text = "Listen 80\nServerName www.example.org\nDocumentRoot /srv/www\nServerTokens Full\nTimeout 60\n"
    (tmp_path / "httpd.conf").write_text(text, encoding="utf-8")
    arguments = ["check", "--isolated", "--format", "json", str(tmp_path / "httpd.conf"), "--profile"]
    found = json.loads(run(*arguments, "cis,stig")[1])["findings"]
    tags = {one["rule"]: one["tags"] for one in found}
    assert tags["server-tokens-verbose"] == ["cis-apache-2.4@2.3.0:8.1", "level-1"]
    stig = "stig-apache-2.4@2024-01:V-214255, V-214291"
    assert tags["timeout-high"] == ["cis-apache-2.4@2.3.0:9.1", "level-1", stig, "V-214255", "V-214291"]
    notes = next(one["notes"] for one in found if one["rule"] == "timeout-high")
    assert "Asked for by CIS Apache HTTP Server 2.4 Benchmark, edition 2.3.0, section 9.1." in notes
    assert "timeout-high" not in {one["rule"] for one in json.loads(run(*arguments, "pci-dss")[1])["findings"]}


def test_a_choice_on_the_command_line_sets_the_files_profiles_aside(tmp_path: Path) -> None:
    (tmp_path / "httpd.conf").write_text(MOZILLA, encoding="utf-8")
    (tmp_path / ".sslint.yaml").write_text("profiles: [mozilla-modern]\nopenssl: 3.5.0\n", encoding="utf-8")

    def names(*options: str) -> set[str]:
        _, out, _ = run("check", "--format", "json", *options, str(tmp_path / "httpd.conf"))
        found = (tag for one in json.loads(out)["findings"] for tag in one["tags"])
        return {tag.partition("@")[0] for tag in found if "@" in tag}

    assert names() == {"mozilla-modern"}
    assert names("--profile", "mozilla-modern,nist") == {"mozilla-modern", "nist-sp800-52r2"}
    assert names("--profile", "nist") == {"nist-sp800-52r2"}
    assert names("--select", "profile") == set()
    assert names("--select", "profile", "--profile", "nist") == {"nist-sp800-52r2"}


def test_check_takes_profiles(tmp_path: Path) -> None:
    (tmp_path / "httpd.conf").write_text(MOZILLA, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    names = f"mozilla-intermediate,{tmp_path}/own.yaml"
    arguments = ["check", "--isolated", "--target-openssl", "3.5", "--select", "profile", "--format", "json"]
    status, out, _ = run(*arguments, "--profile", names, "--profile", "pci", str(tmp_path / "httpd.conf"))
    assert status == 1
    tags = {one["tags"][0].partition("@")[0] for one in json.loads(out)["findings"]}
    assert "our-policy" in tags
    status, _, err = run("check", "--isolated", "--profile", "mozilla", str(tmp_path / "httpd.conf"))
    assert status == 2
    assert "'mozilla' may be any of mozilla-intermediate, mozilla-modern, mozilla-old" in err
