"""The settings file: every key, every mistake with its place, and the shipped schema."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from sslint.diagnostic import Severity
from sslint.files import MemoryFiles
from sslint.openssl import library
from sslint.registry import load as load_rules
from sslint.schema import SettingsError
from sslint.server import build
from sslint.settings import Reading, Settings, find, load
from sslint.units import gather

SCHEMA = json.loads((Path(__file__).parent.parent / "sslint" / "settings.schema.json").read_text())
REGISTRY = load_rules()
EVERYTHING = """\
roots:
  - etc/apache2/apache2.conf
  - path: other/httpd.conf
    target: rhel-9
    httpd: 2.4
    openssl: 3.0
    server-root: /etc/httpd
    defines: [LIVE]
    modules: [ssl_module]
    map: {/etc/httpd: other}
    envvars: other/envvars
    profiles: [cis]
target: debian-12
httpd: 2.4.66
openssl: 3.0.19
server-root: /etc/apache2
defines: [SSL, NAME=value]
modules: [ssl_module]
map: {/etc/apache2: etc/apache2}
envvars: etc/apache2/envvars
allow: [/etc/ssl]
exclude: ["old/*"]
select: [ALL]
extend-select: [unused-suppression]
ignore: [style, SSL19]
fixable: [style]
unfixable: [SSL1902]
baseline: known/baseline.json
per-file-ignores: {"*.conf": [invalid-suppression]}
severities: {unused-suppression: warning}
severity: info
fail-on: never
check-environment: true
check-files: true
profiles: [mozilla-intermediate, pci-dss@4.0.1]
options: {}
plugins: []
rule-folders: []
rules: [{name: no-listen, directive: Listen, message: nothing listens here}]
"""


def read(text: str) -> Settings:
    return load(MemoryFiles({"/repo/.sslint.yaml": text}), "/repo/.sslint.yaml", REGISTRY)


def test_every_key() -> None:
    settings = read(EVERYTHING)
    assert settings.folder == "/repo"
    assert [root.path for root in settings.roots] == ["/repo/etc/apache2/apache2.conf", "/repo/other/httpd.conf"]
    assert settings.roots[1].reading == Reading(
        target="rhel-9",
        httpd="2.4",
        openssl="3.0",
        server_root="/etc/httpd",
        defines=("LIVE",),
        modules=("ssl_module",),
        map=(("/etc/httpd", "/repo/other"),),
        envvars="/repo/other/envvars",
    )
    assert settings.reading.map == (("/etc/apache2", "/repo/etc/apache2"),)
    assert settings.allow == ("/etc/ssl",)
    assert settings.ignore == ("style", "SSL19")
    assert (settings.fixable, settings.unfixable) == (("style",), ("SSL1902",))
    assert settings.baseline_path == "/repo/known/baseline.json"
    assert settings.severities == {REGISTRY.get("unused-suppression").code: Severity.WARNING}
    assert (settings.severity, settings.fail_on) == (Severity.INFO, None)
    assert (settings.check_environment, settings.check_files) == (True, True)
    assert [rule.slug for rule in settings.own] == ["no-listen"]
    assert [one.label for one in settings.profiles] == ["mozilla-intermediate@6.0", "pci-dss@4.0.1"]
    assert [one.name for one in settings.roots[1].profiles] == ["cis-apache-2.4"]


def test_the_schema_knows_every_key() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    data = yaml.safe_load(EVERYTHING)
    assert set(data) == set(SCHEMA["properties"])
    assert set(data["roots"][1]) == set(SCHEMA["$defs"]["root"]["oneOf"][1]["properties"])
    data["httpd"] = "2.4.66"
    jsonschema.validate(data, SCHEMA)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("selct: [ALL]\n", "1:1: unknown key 'selct': did you mean select?"),
        ("roots:\n  - path: a\n    htpd: 2.4\n", "3:5: unknown key 'htpd': did you mean httpd?"),
        ("roots:\n  - httpd: 2.4\n", "2:5: the key path is missing"),
        ("select: ALL\n", "1:9: a list is expected here, not a single value"),
        ("severity: bad\n", "1:11: 'bad' is none of error, warning, info, style"),
        ("ignore:\n- weak\n- unused-supression\n", "2:3: no rule or family is called 'weak'"),
        ("ignore: [unused-supression]\n", "1:10: no rule or family is called 'unused-supression': did you mean"),
        ("severities: {nothing-like-it: error}\n", "1:14: no rule is called 'nothing-like-it'"),
        ("target: debain-12\n", "1:9: unknown preset 'debain-12'"),
        ("httpd: two\n", "1:8: not a version of httpd"),
        ("openssl: new\n", "1:10: not a version of OpenSSL"),
        ("openssl: 7.1\n", "1:10: unknown series of OpenSSL in '7.1': use one of 0.9.8, 1.0.0"),
        ("select: [ALL]\nignore: [\x1b]\n", "2:10: special characters are not allowed"),
        ("options: {unused-suppression: {depth: 3}}\n", "1:31: unused-suppression has no option 'depth'"),
        ("profiles: [mozila-old]\n", "1:12: no profile is called 'mozila-old': did you mean mozilla-old?"),
        ("profiles: [mozilla]\n", "1:12: 'mozilla' may be any of mozilla-intermediate, mozilla-modern, mozilla-old"),
        ("profiles:\n  - pci-dss@3\n", "2:5: pci-dss has no edition '3': use one of 4.0.1"),
        ("profiles: [./house.yaml]\n", "1:12: cannot read /repo/house.yaml: "),
        ("check-files: maybe\n", "1:14: true or false is expected here, not 'maybe'"),
        ("severity:\n", "1:10: a value is missing here"),
        ("select: [ALL\n", "2:1: "),
        ("severity: info\nseverity: info\n", "2:1: severity is here twice"),
        ("- a\n", "1:1: a mapping is expected here, not a list"),
        ("a: &a [*a]\n", "1:1: unknown key 'a'"),
        ("select: &a [*a]\n", "1:9: a single value is expected here, not a list"),
        ("\0", "1:1: "),
    ],
)
def test_mistakes_have_a_place(text: str, error: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(text)
    assert str(caught.value).startswith(f"/repo/.sslint.yaml:{error}")


def test_an_empty_file_decides_nothing() -> None:
    assert read("# nothing yet\n") == Settings(folder="/repo")


def test_aliases_do_not_explode() -> None:
    bomb = "".join(f"x{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'a'}]\n" for n in range(9))
    with pytest.raises(SettingsError):
        read(bomb.replace("x8", "select"))


def test_the_nearest_file_counts() -> None:
    files = MemoryFiles({"/a/.sslint.yaml": "", "/a/b/.sslint.yml": "", "/a/b/c/d/x.conf": ""})
    assert find(files, "/a/b/c/d") == "/a/b/.sslint.yml"
    assert find(files, "/a") == "/a/.sslint.yaml"
    assert find(files, "/") is None


def test_nearer_decisions_win_and_lists_add_up() -> None:
    near = Reading(httpd="2.2", defines=("A",), map=(("/x", "/near"),))
    far = Reading(httpd="2.4", openssl="3.0", defines=("B",), map=(("/x", "/far"),))
    assert near.over(far) == Reading(
        httpd="2.2", openssl="3.0", defines=("B", "A"), map=(("/x", "/near"), ("/x", "/far"))
    )


def test_a_target_is_preset_and_versions() -> None:
    target = Reading(target="debian-12", httpd="2.2", modules=("foo_module",)).resolve()
    assert (target.preset, target.httpd.series, target.openssl) == ("debian-12", "2.2", "1.0.2k")
    assert "foo_module" in target.assumed_modules
    assert Reading().resolve("rhel").preset == "rhel-9"
    with pytest.raises(ValueError, match="unknown preset"):
        Reading(target="none").resolve()


@pytest.mark.parametrize(
    ("reading", "openssl"),
    [
        (Reading(httpd="1.3"), "0.9.8zh"),
        (Reading(httpd="2.0"), "0.9.8zh"),
        (Reading(httpd="2.2"), "1.0.2k"),
        (Reading(httpd="2.4.6"), "1.0.2k"),
        (Reading(httpd="2.4.29"), "1.1.0l"),
        (Reading(httpd="2.4.41"), "1.1.1w"),
        (Reading(httpd="2.4.52"), "3.0.19"),
        (Reading(httpd="2.4"), "3.0.19"),
        (Reading(httpd="2.2", openssl="3.0"), "3.0"),
        (Reading(target="rhel-7", httpd="2.4.29"), "1.0.2k"),
        (Reading(target="ubuntu-20.04", httpd="2.4.41"), "1.1.1f"),
        (Reading(target="debian-12", httpd="2.4.25"), "1.0.2k"),
    ],
)
def test_an_old_httpd_alone_means_the_openssl_of_its_time(reading: Reading, openssl: str) -> None:
    target = reading.resolve()
    assert target.openssl == openssl
    assert library(target.openssl).series
    if openssl < "1.1":
        assert target.has_sslv3
        assert (target.effective_security_level, target.tls_floor) == (0, None)


def test_everything_sees_the_same_target() -> None:
    files = MemoryFiles({"/s/httpd.conf": "ServerRoot /s\nListen 443\n"})
    settings = Settings(reading=Reading(httpd="2.2"))
    (unit,) = gather(files, ["/s/httpd.conf"], settings).units
    assert build(unit.configuration).target is unit.configuration.target
    assert unit.configuration.target.openssl == "1.0.2k"
