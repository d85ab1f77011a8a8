"""Rules of an organisation's own: declared in the settings file, and written in Python."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from sslint.analysis import analyse
from sslint.diagnostic import Safety
from sslint.files import MemoryFiles
from sslint.fixer import fix
from sslint.proof import prove
from sslint.registry import load as load_rules
from sslint.report import Report
from sslint.schema import SettingsError
from sslint.settings import Settings, load

if TYPE_CHECKING:
    from conftest import Run

REGISTRY = load_rules()
DOCUMENT = (Path(__file__).parent.parent / "docs" / "own-rules.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)
MAIN = "/repo/httpd.conf"
RULE = '''"""A host is named after a machine

## What it does
Reports it.

## Why
Machines go.

## Bad
```
Listen 80
ServerName srv9.example.org
# ^^^ {mark}
```

## Good
```
Listen 80
ServerName www.example.org
```
"""

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, rule

from ._names import is_machine


@rule(code="{code}", name="machine-name", severity=Severity.WARNING, since="1.0.0", keys=("servername",))
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    name = directive.arguments[0]
    if is_machine(name.value):
        yield context.report(name, f"{{name.value}} is a machine")
'''


def settings_of(text: str) -> Settings:
    return load(MemoryFiles({"/repo/.sslint.yaml": dedent(text)}), "/repo/.sslint.yaml", REGISTRY)


def judge(rules: str, **files: str) -> Report:
    texts = {f"/repo/{name.replace('_', '.')}": text for name, text in files.items()}
    return analyse(MemoryFiles(texts), ["/repo"], settings_of(rules).replace(select=("own",)), registry=REGISTRY)


def found(report: Report) -> list[tuple[str, str]]:
    assert report.complete
    return [(one.source.text[slice(*one.span)].split("\n")[0], one.message) for one in report.diagnostics]


def test_lines_are_judged_where_the_server_reads_them() -> None:
    rules = """
        rules:
          - name: old-address
            directive: ServerAdmin
            in: VirtualHost
            if: {matches: '@old'}
            message: '{directive} is {value}'
    """
    text = """\
ServerAdmin a@old
Define WHO b@old
<IfDefine NEVER>
<VirtualHost *:80>
ServerAdmin c@old
</VirtualHost>
</IfDefine>
<VirtualHost *:80>
ServerAdmin ${WHO}
ServerAdmin d@new
</VirtualHost>
"""
    assert found(judge(rules, httpd_conf=text)) == [("${WHO}", "ServerAdmin is b@old")]


def test_values_in_force_are_judged_with_inheritance_and_defaults() -> None:
    rules = """
        rules:
          - name: slow
            effective: Timeout
            in: hosts
            if: {above: 30}
            message: '{host}: {value}'
    """
    unset = "Listen 80\n<VirtualHost *:80>\nServerName a\n</VirtualHost>\n"
    assert found(judge(rules, httpd_conf=unset)) == [("<VirtualHost *:80>", "a (*:80): 60")]
    inherited = "Timeout 50\n" + unset
    assert found(judge(rules, httpd_conf=inherited)) == [("Timeout 50", "a (*:80): 50")]
    own = "Timeout 50\n" + unset.replace("ServerName", "Timeout 9\nServerName")
    assert found(judge(rules, httpd_conf=own)) == []


def test_the_default_is_that_of_the_target() -> None:
    rules = """
        httpd: 2.4.50
        rules: [{name: body, effective: LimitRequestBody, if: {is: ['0']}, message: '{value}'}]
    """
    assert found(judge(rules, httpd_conf="Listen 80\nServerName a\n")) == [("Listen 80", "0")]
    assert found(judge(rules.replace("2.4.50", "2.4.60"), httpd_conf="Listen 80\nServerName a\n")) == []


def test_lines_that_act_side_by_side_are_judged_each() -> None:
    rules = "rules: [{name: k, effective: SSLCertificateKeyFile, in: hosts, unless: {matches: ^/etc/}, message: m}]\n"
    text = "Listen 443\nSSLCertificateKeyFile /etc/a\nSSLCertificateKeyFile /root/b\n"
    assert found(judge(rules, httpd_conf=text)) == [("SSLCertificateKeyFile /root/b", "m")]


def test_what_is_missing_is_reported_at_the_host_or_section() -> None:
    rules = """
        rules:
          - name: unlogged
            missing: CustomLog
            in: [tls-hosts, Directory]
            unless: {matches: tls}
            message: 'no log in {host}'
    """
    text = """\
Listen 443
<VirtualHost *:443>
SSLEngine on
CustomLog logs/other combined
</VirtualHost>
"""
    assert found(judge(rules, httpd_conf=text)) == [("<VirtualHost *:443>", "no log in *:443")]
    assert found(judge(rules, httpd_conf="CustomLog logs/tls combined\n" + text)) == []


def test_a_fragment_is_not_blamed_for_what_its_server_may_have() -> None:
    rules = "rules: [{name: unlogged, missing: CustomLog, message: m}, {name: slow, effective: Timeout, message: m}]\n"
    assert found(judge(rules, site_conf="<VirtualHost *:80>\nServerName a\n</VirtualHost>\n")) == []


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (
            "directive: ServerAdmin, if: {matches: '(.*)@old'}, replacement: '\\1@new'",
            "ServerAdmin a@old\n",
            "ServerAdmin a@new\n",
        ),
        (
            "directive: Alias, argument: 2, if: {matches: ^/a}, replacement: /with blank",
            "Alias /x /a\n",
            'Alias /x "/with blank"\n',
        ),
        ("directive: ServerAdmin, remove: true", "# one\nServerAdmin a\nListen 80\n", "# one\nListen 80\n"),
        (
            "effective: Timeout, in: hosts, if: {above: 9}, replacement: '9'",
            "Listen 80\nTimeout 10\n<VirtualHost *:80>\n</VirtualHost>\n",
            "Listen 80\nTimeout 9\n<VirtualHost *:80>\n</VirtualHost>\n",
        ),
        (
            "missing: ErrorLog, in: hosts, replacement: logs/x",
            "Listen 80\r\n<VirtualHost *:80>\r\n</VirtualHost>\r\n",
            "Listen 80\r\n<VirtualHost *:80>\r\n    ErrorLog logs/x\r\n</VirtualHost>\r\n",
        ),
    ],
)
def test_fixes(rule: str, before: str, after: str) -> None:
    settings = settings_of(f"rules: [{{name: r, message: m, fix: safe, {rule}}}]\n").replace(select=("own",))
    fixed = fix(MemoryFiles({MAIN: before}), [MAIN], settings, (Safety.SAFE,))
    assert {path: new for path, (_, new) in fixed.texts.items()} == {MAIN: after}
    assert not fixed.report.findings


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        ("{message: m, directive: Listen}", "2:5: the key name is missing"),
        ("{name: a, message: m}", "2:5: a rule has one subject: exactly one of the keys directive, effective, missing"),
        ("{name: a, message: m, directive: A, missing: B}", "2:38: no httpd knows a directive 'A'"),
        ("{name: a, message: m, directive: Listen, missing: Alias}", "2:5: a rule has one subject"),
        (
            "{name: a, message: m, directive: Lissten}",
            "2:38: no httpd knows a directive 'Lissten': did you mean Listen?",
        ),
        ("{name: a, message: m, directive: [Listen, Foo]}", "2:47: no httpd knows a directive 'Foo'"),
        ("{name: A b, message: m, directive: Listen}", "2:12: 'A b' is no name of a rule"),
        (
            "{name: a, code: SSL0999, message: m, directive: Listen}",
            "2:21: 'SSL0999' is no code for a rule of your own",
        ),
        ("{name: a, message: m, directive: Listen, if: {matches: '('}}", "2:60: not a regular expression: missing )"),
        (
            "{name: a, message: m, directive: Listen, if: {match: x}}",
            "2:51: unknown key 'match': did you mean matches?",
        ),
        ("{name: a, message: m, effective: Timeout, in: [host]}", "2:5: a value is in force in server, hosts"),
        ("{name: a, message: m, effective: Include}", "2:5: Include sets nothing that is in force later"),
        ("{name: a, message: m, missing: Alias, remove: true}", "2:5: remove takes a line out"),
        ("{name: a, message: m, missing: Alias, argument: 1}", "2:5: missing takes unless"),
        ("{name: a, message: m, directive: Listen, replacement: '\\1'}", "2:5: replacement names group 1"),
        (
            "{name: bad-value, message: m, directive: Listen}",
            "2:5: /repo/.sslint.yaml:1: bad-value is also the name of",
        ),
        ("{name: a, message: m, directive: Listen, severity: bad}", "2:56: 'bad' is none of error, warning"),
    ],
)
def test_mistakes_have_a_place(rule: str, error: str) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_of(f"rules:\n  - {rule}\n")
    assert str(caught.value).startswith(f"/repo/.sslint.yaml:{error}")


def test_other_keys_may_name_own_rules_wherever_they_stand() -> None:
    settings = settings_of("""
        severities: {a: error}
        ignore: [EXA]
        rules: [{name: a, code: EXA10, message: m, directive: Listen}]
    """)
    assert settings.severities["EXA10"].word == "error"


def test_comments_ignore_own_rules() -> None:
    rules = "rules: [{name: no-listen, directive: Listen, message: m}]\n"
    assert found(judge(rules, httpd_conf="# sslint: ignore[no-listen] yes\nListen 80\nListen 81\n")) == [("81", "m")]


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_documented_examples_hold(text: str) -> None:
    own = settings_of(text).own
    assert len(own) == 10
    registry = REGISTRY.extended(own)
    proofs = {rule.slug: prove(rule, registry, declared=True) for rule in own}
    assert {slug: proof.faults for slug, proof in proofs.items() if proof.faults} == {}
    assert sum(proof.examples for proof in proofs.values()) >= 9


def test_an_example_that_does_not_hold_is_told() -> None:
    (own,) = settings_of(
        "rules: [{name: a, message: m, directive: Listen, bad: ['Alias /a /b'], good: ['Listen 80']}]"
    ).own
    faults = prove(own, REGISTRY.extended([own]), declared=True).faults
    assert faults == (
        "Bad, Example 1: nothing is found in it",
        f"Good, Example 1: found: {'/etc/apache2/apache2.conf'}:1:8 m",
    )


def python_rules(folder: Path, code: str = "EXA010", mark: str = "srv9.example.org is a machine") -> Path:
    rules = folder / "rules"
    rules.mkdir(parents=True, exist_ok=True)
    text = RULE.format(code=code, mark=mark).replace("# ^^^", "#          ^^^^^^^^^^^^^^^^")
    (rules / "machine_name.py").write_text(text)
    (rules / "_names.py").write_text("def is_machine(name: str) -> bool:\n    return name.startswith('srv')\n")
    (folder / ".sslint.yaml").write_text("rule-folders: [rules]\n")
    return folder


def test_a_folder_of_python_rules(sslint: Run, tmp_path: Path) -> None:
    folder = python_rules(tmp_path)
    (folder / "httpd.conf").write_text("Listen 80\nServerName srv1\n")
    answer = sslint("check", "--format", "concise", "--select", "own", ".", cwd=folder)
    assert (answer.returncode, "srv1 is a machine" in answer.stdout) == (1, True)
    assert sslint("check", "--isolated", "--select", "own", ".", cwd=folder).returncode == 0
    assert "machine-name" in sslint("rules", "--select", "EXA", cwd=folder).stdout
    assert "Machines go." in sslint("explain", "machine-name", cwd=folder).stdout
    answer = sslint("dev", "test-rules", cwd=folder)
    assert (answer.returncode, answer.stdout) == (0, "1 rules with 2 examples: 0 failed.\n")


def test_rules_that_do_not_hold_fail_their_test(sslint: Run, tmp_path: Path) -> None:
    answer = sslint("dev", "test-rules", cwd=python_rules(tmp_path, mark="something else"))
    assert answer.returncode == 1
    assert "marked, not found" in answer.stdout


def test_python_that_cannot_be_loaded_is_told(sslint: Run, tmp_path: Path) -> None:
    answer = sslint("check", ".", cwd=python_rules(tmp_path, code="SSL0101"))
    assert (answer.returncode, "is kept for sslint's own rules" in answer.stderr) == (2, True)
    (tmp_path / "rules" / "machine_name.py").write_text("def broken(:\n")
    answer = sslint("check", ".", cwd=tmp_path)
    assert answer.returncode == 2
    assert "1:15: " in answer.stderr
    assert "machine_name.py:1: cannot be loaded: SyntaxError" in answer.stderr


def test_plugins_are_loaded_by_name(sslint: Run, tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    (python_rules(tmp_path / "built") / "rules").rename(packages / "acme_rules")
    (packages / "acme_rules" / "__init__.py").write_text("")
    info = packages / "acme-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[sslint.rules]\nacme = acme_rules\n")
    (tmp_path / ".sslint.yaml").write_text("plugins: [acme]\n")
    environment = {"PYTHONPATH": str(packages)}
    assert "machine-name" in sslint("rules", "--select", "own", cwd=tmp_path, env=environment).stdout
    (tmp_path / ".sslint.yaml").write_text("plugins: [acne]\n")
    answer = sslint("rules", cwd=tmp_path, env=environment)
    assert answer.returncode == 2
    assert "1:10: no installed package offers rules by the name 'acne'; known are: acme" in answer.stderr
