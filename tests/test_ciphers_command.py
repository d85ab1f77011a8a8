"""`sslint ciphers`: the table, what is said of each element, comparisons, statuses and the JSON document."""

from __future__ import annotations

import json
import os
import random
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from sslint.openssl import CipherStringError, evaluate, libraries, library
from sslint.openssl.compare import compare
from sslint.openssl.expansion import Expansion, expansion
from sslint.openssl.remarks import Remark, remarks
from sslint.reporters.view import View
from sslint.views.cipher_diff import diff_lines
from sslint.views.ciphers import cipher_lines
from sslint.views.ciphers_data import cipher_data

NEWEST = (2, 4, 71)


def expanded(string: str | None, openssl: str = "3.0", httpd: tuple[int, int, int] | None = None) -> Expansion:
    return expansion(string, library(openssl), httpd)


def remark(string: str, word: str, openssl: str = "3.0", httpd: tuple[int, int, int] | None = None) -> Remark:
    return next(one for one in remarks(expanded(string, openssl, httpd)) if one.text == word)


NOTES = [
    ("HIHG:HIGH", "HIHG", "3.0", "does not know HIHG: did you mean HIGH?"),
    ("RC4:HIGH", "RC4", "3.0", "does not know RC4: gone since 3.0 in builds with default options"),
    ("HIGH:!EXP", "!EXP", "3.0", "does not know EXP: gone since 1.1.0"),
    ("HIGH:!EXP", "!EXP", "3.0", "harmless: there is nothing to take away"),
    ("HIGH:DHE", "DHE", "1.0.1", "does not know DHE: known from 1.0.2 on"),
    ("HIGH:aes", "aes", "3.0", "case matters, write AES"),
    ("HIGH:TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256", "3.0", "name it in SSLCipherSuite TLSv1.3"),
    ("HIGH:TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256", "3.5", "name it in SSLCipherSuite TLSv1.3"),
    (
        "AES:TLS_RSA_WITH_AES_128_CBC_SHA",
        "TLS_RSA_WITH_AES_128_CBC_SHA",
        "3.0",
        "from OpenSSL 3.2 on, write AES128-SHA",
    ),
    ("HIGH:DEFAULT", "DEFAULT", "3.0", "counts only at the very start"),
    ("HIGH:SUITEB128", "SUITEB128", "3.0", "counts only at the very start"),
    ("HIGH:PROFILE=SYSTEM", "PROFILE=SYSTEM", "3.0", "a word of Red Hat's OpenSSL"),
    ("HIGH:!TLSv1.1", "!TLSv1.1", "3.0", "TLSv1.1 was never a keyword"),
    ("AES:AES128+CAMELLIA", "AES128+CAMELLIA", "3.0", "no suite is AES128 and CAMELLIA at once"),
    ("HIGH:!SSLv3", "!SSLv3", "3.0", "the protocol itself is switched by SSLProtocol"),
    ("AESGCM:+CAMELLIA", "+CAMELLIA", "3.0", "a + at the front only moves what is in the list"),
    ("AES:-SHA:SHA", "-SHA", "3.0", "suites of it come back later: only ! is final"),
    ("AES:!SHA:SHA", "SHA", "3.0", "an earlier element removed all of it for good"),
    ("HIGH:AES128-SHA", "AES128-SHA", "3.0", "all of it is in the list already"),
    ("HIGH:LOW", "LOW", "3.0", "no suite of OpenSSL 3.0 is LOW"),
    ("AES:@STRENGTH:@STRENGTH", "@STRENGTH", "3.0", "the list is sorted by strength already"),
    ("AES:@SECLEVEL=3", "@SECLEVEL=3", "3.0", "handshakes can't use"),
    ("AES:@SECLEVEL=3:@SECLEVEL=1", "@SECLEVEL=3", "3.0", "a later one counts: level 1"),
    ("AES:@SECLEVEL=0", "@SECLEVEL=0", "3.0", "nothing is too weak any more"),
    ("AES:@STRENGTH+RC4", "@STRENGTH+RC4", "3.0", "+RC4 is thrown away"),
    ("DEFAULT:!SHA", "DEFAULT", "3.0", "stands for ALL:!COMPLEMENTOFDEFAULT:!eNULL"),
    ("SUITEB128:HIGH", "SUITEB128:HIGH", "3.0", "what follows counts for nothing: HIGH"),
    ("ECDHE+AESGCM:AESGCM+ECDHE+aRSA", "AESGCM+ECDHE+aRSA", "3.0", "all of it is in the list already"),
    ("AES:CAMELLIA:!CAMELLIA", "CAMELLIA", "3.0", "redundant: the result is the same without it"),
]


@pytest.mark.parametrize(("string", "word", "openssl", "note"), NOTES)
def test_a_note_says_why(string: str, word: str, openssl: str, note: str) -> None:
    found = [one for one in remarks(expanded(string, openssl)) if one.text == word]
    assert any(note in text for one in found for text in one.notes), found


def test_what_an_element_did_is_counted() -> None:
    found = [(one.effect, len(one.changed), one.length) for one in remarks(expanded("AESGCM:!aNULL:!PSK:+ECDHE:-DHE"))]
    assert [effect for effect, _, _ in found] == ["adds", "removes", "removes", "moves", "removes"]
    lengths = [length for _, _, length in found]
    for (effect, count, length), before in zip(found[1:], lengths, strict=False):
        assert length == before - (count if effect == "removes" else 0)


@pytest.mark.parametrize("openssl", libraries())
@pytest.mark.parametrize("string", ["ALL:-AES:RSA:+SHA:!MD5:AES:@STRENGTH:-DHE:DHE", "DEFAULT:-HIGH:HIGH:+AES128-SHA"])
def test_the_last_length_is_that_of_the_list(string: str, openssl: str) -> None:
    one = expanded(string, openssl)
    assert remarks(one)[-1].length == len(evaluate(string, openssl).suites)


WORDS = "ALL HIGH AES AES128 AESGCM RSA kRSA ECDHE EECDH DHE SHA1 MD5 RC4 aNULL eNULL SSLv3 FOO AES128-SHA".split()


@pytest.mark.parametrize("openssl", ["0.9.8", "1.0.1", "1.0.2", "1.1.1", "3.0", "3.5", "4.0"])
def test_redundant_is_what_can_be_left_out(openssl: str) -> None:
    choose = random.Random(openssl)
    for _ in range(40):
        words = [choose.choice(("", "", "+", "-", "!")) + choose.choice(WORDS) for _ in range(choose.randint(1, 8))]
        string = ":".join(["DEFAULT", *words, "@STRENGTH"] if choose.random() < 0.3 else words)
        one = expanded(string, openssl)
        for each in remarks(one) if one.error is None else ():
            start, end = each.element.start, each.element.end
            without = expanded(f"{string[:start]}:{string[end:]}", openssl)
            assert each.is_redundant == (without.error is None and without.suites == one.suites), (string, each.text)


def test_what_mod_ssl_adds_is_marked() -> None:
    assert [one.text for one in remarks(expanded("AES", httpd=NEWEST)) if one.by_mod_ssl] == [
        "!aNULL",
        "!eNULL",
        "!EXP",
    ]
    assert [one.by_mod_ssl for one in remarks(expanded("AES", "1.0.2", (2, 4, 10)))] == [True, True, True, False]
    assert "mod_ssl adds it anyway" in remark("AES:!aNULL", "!aNULL", httpd=NEWEST).notes


def test_the_value_keeps_its_place_where_a_policy_replaces_a_word() -> None:
    one = expansion("PROFILE=SYSTEM:!SHA", library("3.5"), NEWEST, 2, "@SECLEVEL=2:ECDHE:!aNULL")
    assert one.text == "@SECLEVEL=2:ECDHE:!aNULL:!SHA:!aNULL:!eNULL:!EXP"
    assert [each.text for each in remarks(one) if not each.by_mod_ssl] == ["@SECLEVEL=2", "ECDHE", "!aNULL", "!SHA"]
    assert any("stands for PROFILE=SYSTEM" in line for line in cipher_lines(one, View()))
    assert one.level == 2 and not any(suite.mac == "SHA1" for suite in one.suites)


def test_a_refused_string_shows_the_place() -> None:
    lines = cipher_lines(expanded("HIGH:!!RC4"), View())
    caret = next(index for index, line in enumerate(lines) if line.strip() == "^")
    assert lines[caret - 1][lines[caret].index("^") :].startswith("!RC4")


def test_what_httpd_does_with_a_refused_string() -> None:
    assert any(
        line.endswith("does not start with it (AH01898)") for line in cipher_lines(expanded("!", "3.0", NEWEST), View())
    )
    assert any(
        line.endswith("does not start with it") for line in cipher_lines(expanded("!", "1.0.1", (2, 2, 34)), View())
    )
    assert not any("httpd" in line for line in cipher_lines(expanded("!"), View()))


def test_a_caret_stays_in_sight_in_a_long_string() -> None:
    view = View(width=60)
    lines = cipher_lines(expanded(":".join(["AES128-SHA"] * 40) + ":!!RC4:" + ":".join(["AES"] * 40)), view)
    caret = next(index for index, line in enumerate(lines) if line.strip() == "^")
    assert lines[caret - 1][lines[caret].index("^") :].startswith("!RC4")
    assert len(lines[caret - 1]) <= view.width


@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("openssl", ["0.9.8", "1.0.2", "3.5"])
def test_lines_keep_to_the_width(openssl: str, width: int) -> None:
    view = View(width=width)
    lines = cipher_lines(expanded("ALL:COMPLEMENTOFALL:+RC4:!MD5:HIHG:@STRENGTH", openssl, NEWEST), view)
    assert max(map(len, lines)) <= width


def test_hostile_text_is_harmless() -> None:
    text = "\n".join(cipher_lines(expanded("AES:\x1b[31m\u202e"), View()))
    assert "\x1b" not in text and "\u202e" not in text


@pytest.mark.parametrize(
    "string", ["", ":", "!", "+", "@", "\0", "é", "DEFAULT" * 50, "A" * 5000, "AES:" * 500, "\\", "%"]
)
@pytest.mark.parametrize("openssl", ["0.9.8", "1.0.2", "3.0", "4.0"])
def test_any_string_gets_lines_and_data(string: str, openssl: str) -> None:
    for httpd in (None, NEWEST):
        one = expanded(string, openssl, httpd)
        assert cipher_lines(one, View()) and json.dumps(cipher_data(one))


# Comparisons


def test_two_strings_differ_by_what_only_one_has_and_what_moved() -> None:
    found = compare(expanded("AESGCM+ECDHE+aRSA:AESGCM+DHE+aRSA"), expanded("AESGCM+ECDHE+aRSA:@STRENGTH:+AES256"))
    assert all(change.reason == "no element adds it" for change in found.changes if change.kind == "first")
    assert sum(change.kind == "moved" for change in found.changes) == 1


def test_a_missing_suite_has_its_reason() -> None:
    old, new = expanded("AES:RC4", "1.0.2"), expanded("AES:RC4", "3.0")
    reasons = {change.suite.name: change.reason for change in compare(old, new).changes}
    assert reasons["RC4-SHA"] == "OpenSSL 3.0.12 does not have it"
    reasons = {change.suite.name: change.reason for change in compare(expanded("AES"), expanded("AES:!SHA")).changes}
    assert reasons["AES128-SHA"] == "!SHA removes it"
    reasons = {change.suite.name: change.reason for change in compare(expanded("AES"), expanded("!SHA:AES")).changes}
    assert reasons["AES128-SHA"] == "!SHA keeps it out"


def test_equal_strings_are_equal_and_levels_count() -> None:
    assert compare(expanded("AES"), expanded("AES:AES128-SHA")).is_equal
    other = compare(expanded("AES"), expanded("AES:@SECLEVEL=2"))
    assert not other.is_equal and not other.changes
    assert any("security level: 1 before, 2 after" in line for line in diff_lines(other, View()))
    assert not compare(expanded("!"), expanded("!")).is_equal


# The command


def document(output: str) -> Any:
    return json.loads(output)


def test_the_command_prints_the_table(sslint: Run) -> None:
    run = sslint("ciphers", "ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA", "--openssl", "1.0.2")
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("2 cipher suites: OpenSSL 1.0.2r")
    assert "1  ECDHE-RSA-AES128-GCM-SHA256  TLSv1.2  ECDHE  RSA   AESGCM(128)  AEAD   128" in run.stdout
    assert "no FS: no forward secrecy" in run.stdout


def test_statuses(sslint: Run) -> None:
    assert sslint("ciphers", "AES").returncode == 0
    assert sslint("ciphers", "HIGH:!!RC4").returncode == 1
    assert sslint("ciphers", "AES", "--openssl", "7.1").returncode == 2
    assert sslint("ciphers", "AES", "--target", "nowhere").returncode == 2
    assert sslint("ciphers", "AES", "--httpd", "x").returncode == 2
    assert sslint("ciphers", "AES", "--diff", "AES:AES128-SHA").returncode == 0
    assert sslint("ciphers", "AES", "--diff", "AES:!SHA").returncode == 1
    assert sslint("ciphers", "AES", "--openssl", "1.0.2", "--openssl", "3.0").returncode == 1
    assert sslint("ciphers", "AES", "--openssl", "1", "--openssl", "3.0", "--openssl", "3.1").returncode == 2


def test_json_agrees_with_the_library(sslint: Run) -> None:
    run = sslint("ciphers", "HIGH:!SHA", "--openssl", "1.1.1", "--raw", "--format", "json")
    told = document(run.stdout)
    assert told["schema_version"] == 1 and told["httpd"] is None and told["error"] is None
    assert [suite["name"] for suite in told["suites"]] == list(evaluate("HIGH:!SHA", "1.1.1").names)
    assert [element["text"] for element in told["elements"]] == ["HIGH", "!SHA"]
    assert any(weakness["slug"] == "anonymous" for suite in told["suites"] for weakness in suite["weaknesses"])


def test_json_of_a_refused_string(sslint: Run) -> None:
    run = sslint("ciphers", "HIGH:@SECLEVEL=2", "--openssl", "1.0.2", "--format", "json")
    assert run.returncode == 1
    assert document(run.stdout)["error"] == {
        "kind": "invalid-command", "message": "no such command: @SECLEVEL", "offset": 5
    }  # fmt: skip
    with pytest.raises(CipherStringError):
        evaluate("HIGH:@SECLEVEL=2", "1.0.2")


def test_without_a_string_it_is_the_default_of_the_target(sslint: Run) -> None:
    told = document(sslint("ciphers", "--target", "rhel-9", "--format", "json").stdout)
    assert told["value"] is None and told["string"].startswith("@SECLEVEL=2:kEECDH")
    assert told["security_level"] == 2 and told["openssl"]["series"] == "3.5"


def test_only_what_a_version_can_use(sslint: Run) -> None:
    told = document(sslint("ciphers", "AES", "--protocol", "tlsv1.2", "--openssl", "3.0", "--format", "json").stdout)
    assert told["protocol"] == "TLSv1.2" and told["suites"]
    told = document(sslint("ciphers", "AES", "--protocol", "TLSv1.3", "--format", "json").stdout)
    assert [suite["name"] for suite in told["suites"]] == told["tls13"]["default"]
    told = document(sslint("ciphers", "AES", "--protocol", "TLSv1", "--openssl", "3.0", "--format", "json").stdout)
    assert all("PSK" in one["name"] or "SRP" in one["name"] for one in told["suites"]), "no certificate may sign there"


DOCUMENT = Path(__file__).parent.parent / "docs" / "ciphers.md"


def test_the_screens_of_the_document_are_real(sslint: Run) -> None:
    """`SSLINT_ACCEPT=1` writes them anew."""

    def screen(block: re.Match[str]) -> str:
        command = block.group(1)
        run = sslint(*shlex.split(command)[1:], env={"COLUMNS": "90"})
        return f"```console\n$ {command}\n{run.stdout}```"

    text = DOCUMENT.read_text(encoding="utf-8")
    real = re.sub(r"```console\n\$ (.*)\n[^`]*```", screen, text)
    if os.environ.get("SSLINT_ACCEPT"):
        DOCUMENT.write_text(real, encoding="utf-8")
    else:
        assert text == real
