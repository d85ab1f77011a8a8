"""The command line: exit statuses, streams, surroundings, and what each command prints."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

import sslint as package

if TYPE_CHECKING:
    from collections.abc import Callable

    Site = Callable[[str], Path]

    class Run(Protocol):
        def __call__(
            self, *arguments: str, cwd: Path | str = ..., stdin: str = ..., env: dict[str, str] | None = ...
        ) -> subprocess.CompletedProcess[str]: ...


CLEAN = "#--- httpd.conf\nListen 80\n"
FOUND = "#--- httpd.conf\nListen 80\n# sslint: ignore[nothing]\n"
STYLE = "#--- httpd.conf\n# sslint: ignore[unused-suppression]\nListen 80\n"


# Exit statuses


def test_nothing_found(sslint: Run, site: Site) -> None:
    answer = sslint("check", "httpd.conf", cwd=site(CLEAN))
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "No findings in 1 file (1 line).\n", "")


def test_findings_give_1(sslint: Run, site: Site) -> None:
    answer = sslint("check", "httpd.conf", cwd=site(FOUND))
    assert (answer.returncode, answer.stderr) == (1, "")
    assert "httpd.conf:2:18" in answer.stdout
    assert "Found 1 warning in 1 file (2 lines)." in answer.stdout


@pytest.mark.parametrize(("level", "status"), [("style", 1), ("warning", 0), ("never", 0)])
def test_fail_on(sslint: Run, site: Site, level: str, status: int) -> None:
    folder = site(STYLE)
    assert sslint("check", "httpd.conf", "--fail-on", level, cwd=folder).returncode == status
    (folder / ".sslint.yaml").write_text(f"fail-on: {level}\n")
    assert sslint("check", "httpd.conf", cwd=folder).returncode == status


def test_a_missing_path_gives_2_and_the_rest_is_reported(sslint: Run, site: Site) -> None:
    answer = sslint("check", "missing.conf", "httpd.conf", cwd=site(FOUND))
    assert answer.returncode == 2
    assert answer.stderr == "sslint: cannot read missing.conf: No such file or directory\n"
    assert "httpd.conf:2:18" in answer.stdout
    assert "Not everything could be read" in answer.stdout


def test_nothing_clean_is_said_of_what_was_not_read(sslint: Run, site: Site) -> None:
    answer = sslint("check", "missing.conf", "httpd.conf", cwd=site(CLEAN))
    assert answer.returncode == 2
    assert "not everything could" in answer.stdout


def test_an_empty_folder_is_told(sslint: Run, tmp_path: Path) -> None:
    answer = sslint("check", cwd=tmp_path)
    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr == "sslint: no configuration was found there\n"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["chekc"], "Did you mean 'check'?"),
        (["check", "--nope"], "No such option"),
        (["check", "--select", "unused-supression"], "did you mean unused-suppression?"),
        (["check", "--target", "debain-12"], "unknown preset 'debain-12'"),
        (["check", "--target-httpd", "two"], "not a version of httpd"),
        (["check", "--target-openssl", "new"], "not a version of OpenSSL"),
        (["check", "--target-openssl", "9.9"], "unknown series of OpenSSL in '9.9': use one of 0.9.8, 1.0.0"),
        (["check", "--map", "here"], "--map takes SERVER=HERE"),
        (["check", "--unsafe-fixes"], "--unsafe-fixes goes with --fix or --diff"),
        (["check", "--stdin-filename", "a.conf"], "give - as a path too"),
        (["check", ""], "one of the paths is empty"),
        (["check", "--config", "missing.yaml"], "cannot read"),
        (["explain", "SSL9999"], "no rule is called 'SSL9999'"),
        (["dev", "tree", "missing.conf"], "cannot read missing.conf"),
        (["dev", "new-rule", "Bad Slug", "--family", "style"], "is no slug"),
    ],
)
def test_wrong_usage_gives_2(sslint: Run, site: Site, arguments: list[str], error: str) -> None:
    answer = sslint(*arguments, cwd=site(CLEAN))
    assert (answer.returncode, answer.stdout) == (2, "")
    assert error in answer.stderr


def test_a_mistake_in_the_settings_has_its_place(sslint: Run, site: Site) -> None:
    folder = site(CLEAN + "#--- .sslint.yaml\nselect: [ALL]\nsevrity: info\n")
    answer = sslint("check", cwd=folder)
    assert answer.returncode == 2
    assert ".sslint.yaml:2:1: unknown key 'sevrity': did you mean severity?" in answer.stderr
    assert sslint("check", "--isolated", cwd=folder).returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="no shell of this kind")
@pytest.mark.parametrize(
    ("command", "status", "error"),
    [
        ("check httpd.conf >&-", 1, ""),
        ("check httpd.conf 2>&-", 1, ""),
        ("check missing.conf 2>&-", 2, ""),
        ("check - <&-", 2, "Error: cannot read standard input: it is closed\n"),
        ("check fifo.conf", 2, "sslint: cannot read fifo.conf: not a regular file\n"),
        ("check - --stdin-filename fifo.conf < httpd.conf", 1, ""),
        ("check /dev/zero", 2, "sslint: cannot read /dev/zero: not a regular file\n"),
        ("check /dev/null", 0, ""),
        ("check circle", 2, "sslint: cannot read circle: No such file or directory\n"),
        ("check httpd.conf > /dev/full", 2, "sslint: cannot go on: No space left on device\n"),
    ],
)
def test_streams_and_strange_files(site: Site, command: str, status: int, error: str) -> None:
    folder = site(FOUND)
    os.mkfifo(folder / "fifo.conf")
    (folder / "circle").symlink_to("circle")
    if "/dev/" in command and not os.path.exists("/dev/full"):
        pytest.skip("no such device")
    line = f"{sys.executable} -m sslint {command}"
    answer = subprocess.run(line, shell=True, cwd=folder, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
    assert (answer.returncode, answer.stderr) == (status, error)


def test_a_working_directory_that_is_gone(tmp_path: Path, site: Site) -> None:
    main = site(FOUND) / "httpd.conf"
    gone = tmp_path / "gone"
    gone.mkdir()
    code = f"import os, sys; os.rmdir({str(gone)!r}); from sslint.__main__ import main; sys.exit(main())"
    for arguments, status in (([str(main)], 1), (["x.conf"], 2)):
        gone.mkdir(exist_ok=True)
        command = [sys.executable, "-c", code, "check", *arguments]
        environment = {**os.environ, "PYTHONPATH": str(Path(package.__file__).parent.parent)}
        answer = subprocess.run(command, cwd=gone, capture_output=True, text=True, check=False, env=environment)
        assert answer.returncode == status
        assert "Traceback" not in answer.stderr


def test_errors_are_harmless_too(sslint: Run, site: Site) -> None:
    folder = site(CLEAN)
    strange = folder / "a\x1b[31m\nb"
    strange.mkdir()
    (strange / ".sslint.yaml").write_text("sevrity: info\n")
    for arguments in (["check", str(strange)], ["check", "--config", "x\x1b[31m"], ["dev", "tree", "x\x1b[31m"]):
        answer = sslint(*arguments, cwd=folder)
        assert answer.returncode == 2
        assert "\x1b" not in answer.stderr


# Selection


def test_the_command_line_wins(sslint: Run, site: Site) -> None:
    folder = site(FOUND + "#--- .sslint.yaml\nignore: [style]\nextend-select: [protocol]\n")
    assert sslint("check", "httpd.conf", cwd=folder).returncode == 0
    assert sslint("check", "httpd.conf", "--select", "style", cwd=folder).returncode == 1
    assert sslint("check", "httpd.conf", "--select", "style", "--ignore", "SSL1901", cwd=folder).returncode == 0


def test_selection(sslint: Run, site: Site) -> None:
    folder = site(FOUND)
    for ignored in ("--ignore=SSL1901", "--ignore=style", "--ignore=SSL19", "--select=unused-suppression"):
        assert sslint("check", "httpd.conf", ignored, cwd=folder).returncode == 0
    assert sslint("check", "httpd.conf", "--severity", "error", cwd=folder).returncode == 0
    (folder / ".sslint.yaml").write_text("per-file-ignores: {'*.conf': [style]}\n")
    assert sslint("check", "httpd.conf", cwd=folder).returncode == 0
    (folder / ".sslint.yaml").write_text("severities: {invalid-suppression: error}\nfail-on: error\n")
    assert sslint("check", "httpd.conf", cwd=folder).returncode == 1


def test_only_the_given_file_is_shown(sslint: Run, site: Site) -> None:
    folder = site(
        "#--- httpd.conf\nServerRoot /srv/www\nListen 80\nInclude a.conf\nInclude b.conf\n"
        "#--- a.conf\n# sslint: ignore[nothing]\n#--- b.conf\n# sslint: ignore[nothing]\n"
    )
    answer = sslint("check", "a.conf", "--format", "concise", cwd=folder)
    assert [line.split(":")[0] for line in answer.stdout.splitlines()] == ["a.conf"]
    assert "1 more in other files of the same server" in answer.stderr
    answer = sslint("check", "a.conf", "--format", "concise", "--all", cwd=folder)
    assert [line.split(":")[0] for line in answer.stdout.splitlines()] == ["a.conf", "b.conf"]


# Streams


def test_standard_input(sslint: Run, site: Site) -> None:
    folder = site(CLEAN)
    answer = sslint("check", "-", cwd=folder, stdin="# sslint: ignore[nothing]\n")
    assert answer.returncode == 1
    assert " --> stdin:1:18" in answer.stdout
    answer = sslint("check", "-", "--stdin-filename", "httpd.conf", cwd=folder, stdin="# sslint: ignore[nothing]\n")
    assert " --> httpd.conf:1:18" in answer.stdout


def test_json_is_all_there_is_on_standard_output(sslint: Run, site: Site) -> None:
    answer = sslint("check", "httpd.conf", "missing", "--output-format", "json", cwd=site(FOUND))
    document = json.loads(answer.stdout)
    assert document["findings"][0]["file"] == "httpd.conf"
    assert document["errors"][0]["kind"] == "unreadable"
    assert not document["summary"]["complete"]


def test_concise(sslint: Run, site: Site) -> None:
    answer = sslint("check", "httpd.conf", "--output-format", "concise", cwd=site(FOUND))
    assert answer.stdout == "httpd.conf:2:18: warning[SSL1901] no rule or family is called 'nothing'\n"
    assert "Found 1 warning" in answer.stderr


def test_quiet_statistics_and_timings(sslint: Run, site: Site) -> None:
    folder = site(FOUND)
    answer = sslint("check", "httpd.conf", "-q", cwd=folder)
    assert "Found" not in answer.stdout + answer.stderr
    answer = sslint("check", "httpd.conf", "--statistics", "--timings", cwd=folder)
    assert answer.stdout == "     1  SSL1901  invalid-suppression\n"
    assert " ms  reading" in answer.stderr


@pytest.mark.parametrize(
    ("env", "arguments", "colored"),
    [
        ({}, (), False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, (), True),
        ({"CLICOLOR_FORCE": "1", "NO_COLOR": ""}, (), True),
        ({"FORCE_COLOR": "0", "NO_COLOR": ""}, (), False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, (), False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, ("--color", "never"), False),
        ({"NO_COLOR": "1"}, ("--color", "always"), True),
    ],
)
def test_color(sslint: Run, site: Site, env: dict[str, str], arguments: tuple[str, ...], colored: bool) -> None:
    answer = sslint("check", "httpd.conf", *arguments, cwd=site(FOUND), env=env)
    assert ("\x1b[" in answer.stdout) is colored


def test_surroundings(sslint: Run, site: Site) -> None:
    folder = site("#--- httpd.conf\n# sslint: ignore[n\u00f6thing] " + "x" * 200 + "\n")
    answer = sslint("check", "httpd.conf", cwd=folder, env={"COLUMNS": "50"})
    assert all(len(line) <= 50 for line in answer.stdout.splitlines() if "|" in line)
    assert "nöthing" in answer.stdout
    answer = sslint("check", "httpd.conf", cwd=folder, env={"LC_ALL": "C"})
    assert answer.stdout.isascii()
    assert "n\\xf6thing" in answer.stdout
    answer = sslint("check", "httpd.conf", cwd=folder, env={"PYTHONIOENCODING": "ascii"})
    assert (answer.returncode, answer.stderr) == (1, "")


def test_control_characters_stay_out_of_the_terminal(sslint: Run, site: Site) -> None:
    folder = site("#--- httpd.conf\n# sslint: ignore[\x1b]0;owned\x07]\n")
    answer = sslint("check", "httpd.conf", "\x1b[31m.conf", cwd=folder)
    assert "\x1b" not in answer.stdout + answer.stderr
    assert "\\x1b" in answer.stdout
    assert "\\x1b" in answer.stderr


@pytest.mark.skipif(os.name == "nt", reason="no pipes of this kind")
def test_a_closed_pipe_is_quiet(site: Site) -> None:
    folder = site("#--- httpd.conf\n" + "# sslint: ignore[nothing]\n" * 3000)
    command = f"{sys.executable} -m sslint check httpd.conf | head -1"
    answer = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, check=False)
    assert answer.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="no signals of this kind")
def test_an_interrupt_gives_130(tmp_path: Path) -> None:
    # A shell's background jobs ignore interrupts, and hand that on.
    heed = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [sys.executable, "-c", f"{heed}; from sslint.__main__ import main; sys.exit(main())", "check", "-"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=20)
    assert (process.returncode, error.strip()) == (130, b"")


# Fixes


def test_fix_writes(sslint: Run, site: Site) -> None:
    folder = site(STYLE)
    answer = sslint("check", "httpd.conf", "--fix", cwd=folder)
    assert (folder / "httpd.conf").read_text() == "Listen 80\n"
    assert answer.returncode == 0
    assert "Fixed 1 finding in 1 file" in answer.stderr


def test_fixing_changes_nothing_else(sslint: Run, tmp_path: Path) -> None:
    head, tail = b"# \xe9\xff\xc3\xa9\r\n", b"Listen 443\r\nServerAdmin \xe9\tx\x0c"
    real = tmp_path / "real.conf"
    real.write_bytes(head + b"# sslint: ignore[unused-suppression]\r\n" + tail)
    real.chmod(0o640)
    (tmp_path / "httpd.conf").symlink_to("real.conf")
    answer = sslint("check", "httpd.conf", "--fix", "--severity", "style", cwd=tmp_path)
    assert "Fixed 1 finding in 1 file.\n" in answer.stderr
    assert real.read_bytes() == head + tail
    assert (tmp_path / "httpd.conf").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640


def test_what_cannot_be_written_is_told(site: Site) -> None:
    folder = site(STYLE)
    code = (
        "import sys, sslint.cli.write as write\n"
        "def fail(*_): raise OSError(13, 'Permission denied')\n"
        "write.write_atomically = fail\n"
        "from sslint.__main__ import main; sys.exit(main())"
    )
    command = [sys.executable, "-c", code, "check", "--fix", "httpd.conf"]
    environment = {**os.environ, "PYTHONPATH": str(Path(package.__file__).parent.parent)}
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    assert answer.returncode == 2
    assert f"sslint: cannot write {folder / 'httpd.conf'}: Permission denied\n" in answer.stderr
    assert "Fixed" not in answer.stderr


def test_diff_shows_and_writes_nothing(sslint: Run, site: Site) -> None:
    folder = site(STYLE)
    answer = sslint("check", "httpd.conf", "--diff", cwd=folder)
    assert answer.returncode == 1
    assert "-# sslint: ignore[unused-suppression]\n" in answer.stdout
    assert (folder / "httpd.conf").read_text().startswith("# sslint")


def test_fixed_standard_input_goes_to_standard_output(sslint: Run, tmp_path: Path) -> None:
    answer = sslint("check", "-", "--fix", cwd=tmp_path, stdin="# sslint: ignore[unused-suppression]\nListen 80\n")
    assert (answer.returncode, answer.stdout) == (0, "Listen 80\n")


# Help in the tool


def test_version_and_help(sslint: Run) -> None:
    assert sslint("--version").stdout == f"sslint {package.__version__}\n"
    for arguments in (["--help"], ["check", "--help"], ["-h"], ["dev", "--help"]):
        answer = sslint(*arguments)
        assert (answer.returncode, answer.stderr) == (0, "")
        assert answer.stdout.startswith("Usage: sslint")


def test_explain_and_rules(sslint: Run) -> None:
    answer = sslint("explain", "ssl1901")
    assert answer.stdout.startswith("invalid-suppression (SSL1901)\n\nstyle · warning · unsafe fix · since 0.1.0\n")
    assert "\nBad\n" in answer.stdout
    markdown = sslint("explain", "ssl1901", "--format", "markdown").stdout
    assert markdown.startswith("# invalid-suppression (SSL1901)\n\nstyle · ")
    assert "## Bad\n" in markdown
    assert "SSL1901  invalid-suppression" in sslint("rules", "--select", "style").stdout
    listed = json.loads(sslint("rules", "--format", "json").stdout)
    assert {"SSL1901": "invalid-suppression"}.items() <= {one["code"]: one["name"] for one in listed}.items()


def test_a_page_fits_the_terminal(sslint: Run) -> None:
    answer = sslint("explain", "weak-ssl-protocol", "--color", "always", env={"COLUMNS": "60", "NO_COLOR": ""})
    plain = re.sub(r"\x1b\[[0-9;]*m", "", answer.stdout)
    prose = [line for line in plain.split("\n") if "│" not in line and "http" not in line]
    assert max(map(len, prose)) <= 60
    assert "\x1b[33m^^^ TLS 1.0 and TLS 1.1 are offered by" in answer.stdout
    assert "```" not in plain


def test_dev(sslint: Run, site: Site) -> None:
    folder = site("#--- httpd.conf\nListen 443\n<VirtualHost *:443>\n  SSLEngine on\n</VirtualHost>\n")
    assert "2:1\tOpen\t'<VirtualHost *:443>\\n'" in sslint("dev", "tokens", "httpd.conf", cwd=folder).stdout
    assert "    3   Directive 'SSLEngine' 'on'" in sslint("dev", "tree", "httpd.conf", cwd=folder).stdout
    expanded = sslint("dev", "expanded", "httpd.conf", cwd=folder).stdout
    assert expanded.startswith("# In file: httpd.conf\n#   1:\nListen 443\n")
    model = sslint("dev", "model", "httpd.conf", "--target", "debian-12", cwd=folder).stdout
    assert "with OpenSSL 3.0.19 (debian-12)" in model
    assert "TLS: on (httpd.conf:3)" in model


def test_a_new_rule_fails_until_it_is_filled_in(sslint: Run, tmp_path: Path) -> None:
    answer = sslint("dev", "new-rule", "made-up-problem", "--family", "cipher", "--rules", str(tmp_path))
    assert answer.returncode == 0
    file = tmp_path / "cipher" / "made_up_problem.py"
    compile(file.read_text(), str(file), "exec")
    assert 'name="made-up-problem"' in file.read_text()
    assert sslint("dev", "new-rule", "made-up-problem", "--family", "cipher", "--rules", str(tmp_path)).returncode == 2


def test_the_screen_of_the_readme_is_real(sslint: Run) -> None:
    """`SSLINT_ACCEPT=1` writes it anew."""
    readme = Path(__file__).parent.parent / "README.md"
    text = readme.read_text(encoding="utf-8")
    begin = text.index("$ sslint check --severity warning fixtures/securityfocus-2005\n")
    end = text.index("```", begin)
    command, _, _ = text[begin + 2 : end].partition("\n")
    screen = f"$ {command}\n{sslint(*command.split()[1:]).stdout}"
    if os.environ.get("SSLINT_ACCEPT"):
        readme.write_text(text[:begin] + screen + text[end:], encoding="utf-8")
    else:
        assert text[begin:end] == screen


# Start-up


def test_version_imports_nothing_heavy() -> None:
    script = (
        "import sys; sys.argv = ['sslint', '--version']\n"
        "from sslint.__main__ import main; main()\n"
        "heavy = {'click', 'lark', 'yaml', 'dataclasses', 'inspect', 'sslint.cli', 'sslint.text'} & set(sys.modules)\n"
        "sys.exit(repr(heavy) if heavy else 0)"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_a_check_without_settings_needs_no_yaml(tmp_path: Path) -> None:
    (tmp_path / "httpd.conf").write_text("Listen 80\n")
    script = (
        "import sys; from sslint.cli import run; status = run(['check', 'httpd.conf'])\n"
        "heavy = {'yaml', 'json', 'difflib', 'unicodedata'} & set(sys.modules)\n"
        "sys.exit(repr(heavy) if heavy or status else 0)"
    )
    answer = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
