"""`sslint check` where it changes files: which, by how much, and what is told of the rest."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sslint.cli.write import Refused, write_atomically
from sslint.diagnostic import Safety
from sslint.files import MemoryFiles
from sslint.fixer import fix
from sslint.settings import RootSettings, Settings
from sslint.text import encode

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    Site = Callable[[str], Path]

    class Run(Protocol):
        def __call__(
            self, *arguments: str, cwd: Path | str = ..., stdin: str = ..., env: dict[str, str] | None = ...
        ) -> subprocess.CompletedProcess[str]: ...


UNUSED = "# sslint: ignore[unused-suppression]\n"
TWO = f"#--- httpd.conf\nListen 80\n{UNUSED}# sslint: ignore[nothing]\n"


# Options


def test_fix_only_reports_nothing_that_is_left(sslint: Run, site: Site) -> None:
    folder = site(TWO)
    answer = sslint("check", "httpd.conf", "--fix-only", cwd=folder)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "Fixed 1 finding in 1 file.\n")
    answer = sslint("check", "httpd.conf", "--fix-only", "missing.conf", cwd=folder)
    assert answer.returncode == 2


def test_show_fixes(sslint: Run, site: Site) -> None:
    folder = site(TWO)
    for option in ("--diff", "--fix"):
        answer = sslint("check", "httpd.conf", option, "--show-fixes", cwd=folder)
        assert "httpd.conf:\n    1 × unused-suppression\n" in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "settings", "fixed"),
    [
        ((), "", True),
        (("--unfixable", "style"), "", False),
        (("--fixable", "protocol"), "", False),
        (("--fixable", "SSL19", "--unfixable", "SSL1901"), "", True),
        ((), "unfixable: [unused-suppression]", False),
        ((), "fixable: [protocol]", False),
        (("--fixable", "style"), "fixable: [protocol]", True),
    ],
)
def test_fixable_and_unfixable(sslint: Run, site: Site, arguments: tuple[str, ...], settings: str, fixed: bool) -> None:
    folder = site(TWO)
    (folder / ".sslint.yaml").write_text(settings)
    sslint("check", "httpd.conf", "--fix", *arguments, cwd=folder)
    assert ("unused" not in (folder / "httpd.conf").read_text()) is fixed


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("--fix",), 0),
        (("--fix", "--exit-non-zero-on-fix"), 1),
        (("--fix", "--exit-non-zero-on-fix", "--exit-zero"), 0),
        (("--diff",), 1),
        (("--diff", "--exit-zero"), 0),
        (("--exit-zero", "--fail-on", "style"), 0),
        (("--fix", "--exit-zero", "missing.conf"), 2),
    ],
)
def test_exit_statuses(sslint: Run, site: Site, arguments: tuple[str, ...], status: int) -> None:
    folder = site(f"#--- httpd.conf\nListen 80\n{UNUSED}")
    assert sslint("check", "httpd.conf", *arguments, cwd=folder).returncode == status


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("--show-fixes",), "--show-fixes goes with --fix or --diff"),
        (("--reason", "x"), "--reason goes with --add-ignore"),
        (("--add-ignore", "--fix"), "exclude each other"),
        (("--unfixable", "nothing"), "no rule or family is called 'nothing'"),
        (("--baseline", "x", "--no-baseline"), "exclude each other"),
    ],
)
def test_contradictions(sslint: Run, site: Site, arguments: tuple[str, ...], error: str) -> None:
    answer = sslint("check", *arguments, cwd=site(TWO))
    assert (answer.returncode, answer.stdout) == (2, "")
    assert error in answer.stderr


# Which files


def test_only_files_that_were_asked_for_are_changed(sslint: Run, site: Site) -> None:
    folder = site(
        f"#--- httpd.conf\nServerRoot /srv/www\nListen 80\nInclude a.conf\nInclude b.conf\n"
        f"#--- a.conf\n{UNUSED}#--- b.conf\n{UNUSED}"
    )
    assert "Fixed 1 finding in 1 file." in sslint("check", "a.conf", "--fix", cwd=folder).stderr
    assert (folder / "a.conf").read_text() == ""
    assert (folder / "b.conf").read_text() == UNUSED


def test_a_shared_file_is_fixed_once_and_judged_in_each_root(sslint: Run, site: Site) -> None:
    folder = site(
        f"#--- one.conf\nServerRoot /srv/www\nListen 80\nInclude shared.conf\n"
        f"#--- two.conf\nServerRoot /srv/www\nListen 81\nInclude shared.conf\n#--- shared.conf\n{UNUSED}Timeout 7\n"
    )
    (folder / ".sslint.yaml").write_text("roots: [one.conf, two.conf]\n")
    answer = sslint("check", ".", "--fix", "--format", "json", cwd=folder)
    assert "Fixed 1 finding in 1 file." in answer.stderr
    assert (folder / "shared.conf").read_text() == "Timeout 7\n"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_byte_that_no_fix_names_stays(sslint: Run, tmp_path: Path, ending: str) -> None:
    before = f"\ufeff# caf\u00e9{ending}".encode() + b"# \xff\xfe\x00" + ending.encode()
    after = f"Listen 80{ending}ServerAdmin a@b \t".encode()
    comment = UNUSED.replace("\n", ending).encode()
    (tmp_path / "real.conf").write_bytes(before + comment + after)
    (tmp_path / "real.conf").chmod(0o604)
    (tmp_path / "link").symlink_to("real.conf")
    (tmp_path / "httpd.conf").symlink_to("link")
    sslint("check", "httpd.conf", "--fix", "--fixable", "style", cwd=tmp_path)
    assert (tmp_path / "real.conf").read_bytes() == before + after
    assert os.readlink(tmp_path / "httpd.conf") == "link"
    assert stat.S_IMODE((tmp_path / "real.conf").stat().st_mode) == 0o604
    assert len(os.listdir(tmp_path)) == 3


HOSTILE = {
    "not UTF-8": b"# caf\xe9 \x85\n%s\n",
    "byte order mark": b"\xef\xbb\xbf%s\n",
    "CRLF": b"# a\r\n%s\r\nListen 81\r\n",
    "CRLF here and there": b"# a\r\n%s\nListen 81\r\nListen 82",
    "NUL": b"# a\0b\n%s\nListen 81\0 x\n",
    "other line ends": "# a\rb\x0c\x0b\x1c\u2028c\n%s\n".encode(),
    "no final newline": b"%s",
    "a backslash at the end": b"%s\nListen 81 \\",
    "blank lines at the end": b"%s\n\n \t\n\n",
}


def hostile(kind: str) -> bytes:
    """Lines with faults, in a text of some kind."""
    ending = b"\r\n" if b"\r\n" in HOSTILE[kind] else b"\n"
    lines = [b"Listen 80", b"TraceEnable On", b"SSLProtocol all -SSLv3", b"# last", b"ServerTokens Full"]
    return HOSTILE[kind].replace(b"%s", ending.join(lines))


@pytest.mark.parametrize("kind", HOSTILE)
def test_fixes_change_whole_words_and_lines_alone(kind: str) -> None:
    settings = Settings(roots=(RootSettings("/a/httpd.conf"),), select=("ALL",))
    texts = {"/a/httpd.conf": hostile(kind)}
    for wanted in (True, False):
        fixed = fix(MemoryFiles(texts), ["/a/httpd.conf"], settings, (Safety.SAFE, Safety.UNSAFE))
        assert bool(fixed.texts) is wanted
        texts.update((path, encode(new)) for path, (_, new) in fixed.texts.items())
    old, new = hostile(kind).split(b"\n"), texts["/a/httpd.conf"].split(b"\n")
    assert {line for line in old if b"#" in line} <= set(new)
    assert [byte for byte in b"\0\x85\xe9\x0b" if texts["/a/httpd.conf"].count(byte) != hostile(kind).count(byte)] == []


@pytest.mark.skipif(shutil.which("patch") is None, reason="no patch here")
@pytest.mark.parametrize(("kind", "name"), [("CRLF here and there", "httpd.conf"), ("not UTF-8", "on/my site.conf")])
def test_patch_makes_of_a_diff_what_fix_makes(sslint: Run, tmp_path: Path, kind: str, name: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(hostile(kind))
    options = ("check", name, "--isolated", "--select", "ALL", "--unsafe-fixes", "--target", "debian-11")
    command = [sys.executable, "-m", "sslint", *options, "--diff"]
    diff = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120).stdout
    assert file.read_bytes() == hostile(kind)
    sslint(*options, "--fix-only", cwd=tmp_path)
    fixed = file.read_bytes()
    assert fixed != hostile(kind)
    file.write_bytes(hostile(kind))
    subprocess.run(["patch", "-p0", "-s"], cwd=tmp_path, input=diff, check=True, timeout=60)
    assert file.read_bytes() == fixed


def test_one_file_under_two_names_is_fixed_once(sslint: Run, site: Site) -> None:
    folder = site(
        "#--- httpd.conf\nServerRoot /srv/www\nListen 80\nInclude on/*.conf\n#--- off/a.conf\nTraceEnable On\n"
    )
    (folder / "on").mkdir()
    for name in ("a.conf", "b.conf"):
        (folder / "on" / name).symlink_to("../off/a.conf")
    (folder / ".sslint.yaml").write_text("roots: [httpd.conf]\n")
    answer = sslint("check", ".", "--fix", "--select", "trace-enabled", cwd=folder)
    assert "Fixed 1 finding in 1 file." in answer.stderr
    assert (folder / "off" / "a.conf").read_text() == "TraceEnable Off\n"
    assert [(folder / "on" / name).is_symlink() for name in ("a.conf", "b.conf")] == [True, True]


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.conf"
    file.write_bytes(b"by others\n")
    with pytest.raises(Refused, match="it changed meanwhile"):
        write_atomically(str(file), b"new\n", b"old\n")
    assert file.read_bytes() == b"by others\n"
    assert os.listdir(tmp_path) == ["a.conf"]


def test_a_change_meanwhile_is_told_and_the_others_are_written(site: Site) -> None:
    import sslint as package

    folder = site(f"#--- a/httpd.conf\nListen 80\n{UNUSED}#--- b/httpd.conf\nListen 80\n{UNUSED}")
    code = (
        "import sys, sslint.fixer as fixer\n"
        "run = fixer._Fixer.run\n"
        "def slow(self):\n"
        "    fixed = run(self)\n"
        f"    open({str(folder / 'a' / 'httpd.conf')!r}, 'a').write('Timeout 7')\n"
        "    return fixed\n"
        "fixer._Fixer.run = slow\n"
        "from sslint.__main__ import main; sys.exit(main())"
    )
    command = [sys.executable, "-c", code, "check", "--fix", "a/httpd.conf", "b/httpd.conf"]
    environment = {**os.environ, "PYTHONPATH": str(Path(package.__file__).parent.parent)}
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    assert answer.returncode == 2
    assert "a/httpd.conf: it changed meanwhile" in answer.stderr
    assert (folder / "a" / "httpd.conf").read_text() == f"Listen 80\n{UNUSED}Timeout 7"
    assert (folder / "b" / "httpd.conf").read_text() == "Listen 80\n"


def test_a_read_only_file_is_told(sslint: Run, site: Site) -> None:
    folder = site(f"#--- httpd.conf\nListen 80\n{UNUSED}")
    (folder / "httpd.conf").chmod(0o444)
    answer = sslint("check", "httpd.conf", "--fix", cwd=folder)
    assert answer.returncode == 2
    assert f"cannot write {folder}/httpd.conf: it is read-only" in answer.stderr
    assert (folder / "httpd.conf").read_text().endswith(UNUSED)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.conf"
    file.write_bytes(b"old")
    os.chown(file, 12345, 54321)
    file.chmod(0o4640)
    write_atomically(str(file), b"new", b"old")
    status = file.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 54321, 0o4640)


def test_an_owner_that_cannot_be_kept_is_a_reason_to_refuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.conf"
    file.write_bytes(b"old")
    real = os.stat

    def other_owner(path: str) -> os.stat_result:
        found = real(path)
        mine = str(path).endswith("a.conf")
        return os.stat_result((*found[:4], found[4] + mine, *found[5:])) if mine else found

    def not_allowed(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "stat", other_owner)
    monkeypatch.setattr(os, "chown", not_allowed)
    with pytest.raises(Refused, match="it belongs to others"):
        write_atomically(str(file), b"new", b"old")
    assert file.read_bytes() == b"old"


def test_a_new_file_gets_the_usual_mode(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_atomically(str(tmp_path / "new"), b"new")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


# Comments


def test_add_ignore(sslint: Run, site: Site) -> None:
    folder = site(
        "#--- httpd.conf\nListen 80\nTimeuot 5\n<VirtualHost *:80>\n\tServerNmae x\\\n\ty\n</VirtualHost>\nTimeuot 6\n"
    )
    answer = sslint("check", "httpd.conf", "--add-ignore", "--reason", "for now", cwd=folder)
    text = (folder / "httpd.conf").read_text()
    assert text.count("# sslint: ignore[unknown-directive] for now\n") == 3
    assert "\n\t# sslint: ignore[unknown-directive] for now\n\tServerNmae x\\\n\ty\n" in text
    assert "Ignored " in answer.stderr
    assert sslint("check", "httpd.conf", cwd=folder).returncode == 0
    again = sslint("check", "httpd.conf", "--add-ignore", cwd=folder)
    assert "Ignored" not in again.stderr
    assert (folder / "httpd.conf").read_text() == text


def test_add_ignore_joins_a_comment_that_is_there(sslint: Run, site: Site) -> None:
    folder = site("#--- httpd.conf\nListen 80\n# sslint: ignore[unused-suppression] old\nTimeuot 5\n")
    sslint("check", "httpd.conf", "--add-ignore", "--ignore", "unused-suppression", cwd=folder)
    text = (folder / "httpd.conf").read_text()
    assert "# sslint: ignore[unused-suppression, unknown-directive] old\nTimeuot 5\n" in text


def test_add_ignore_with_diff_changes_nothing(sslint: Run, site: Site) -> None:
    folder = site("#--- httpd.conf\nListen 80\nTimeuot 5\n")
    answer = sslint("check", "httpd.conf", "--add-ignore", "--diff", cwd=folder)
    assert "+# sslint: ignore[unknown-directive]\n" in answer.stdout
    assert answer.returncode == 1
    assert "sslint" not in (folder / "httpd.conf").read_text()


def test_no_ignores(sslint: Run, site: Site) -> None:
    folder = site("#--- httpd.conf\nListen 80\n# sslint: ignore[unknown-directive]\nTimeuot 5\n")
    assert sslint("check", "httpd.conf", cwd=folder).returncode == 0
    answer = sslint("check", "httpd.conf", "--no-ignores", "--format", "concise", cwd=folder)
    assert (answer.returncode, answer.stdout.count("\n")) == (1, 1)


def test_a_reason_may_be_required(sslint: Run, site: Site) -> None:
    folder = site("#--- httpd.conf\nListen 80\n# sslint: ignore[unknown-directive]\nTimeuot 5\n")
    answer = sslint("check", "httpd.conf", "--require-ignore-reason", "--format", "concise", cwd=folder)
    assert "httpd.conf:2:1: warning[SSL1904]" in answer.stdout


# Outputs


def test_one_format_for_people_and_others_in_files(sslint: Run, site: Site) -> None:
    folder = site(TWO)
    answer = sslint(
        *("check", "httpd.conf", "--format", "sarif=a.sarif", "--format", "concise", "--format", "junit=b=c.xml"),
        cwd=folder,
    )
    assert answer.returncode == 1
    assert answer.stdout.startswith("httpd.conf:2:1: style[SSL1902]")
    assert '"version": "2.1.0"' in (folder / "a.sarif").read_text()
    assert (folder / "b=c.xml").read_text().startswith("<?xml")
    answer = sslint("check", "httpd.conf", "--format", "json=a.json", cwd=folder)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "Found 1 warning" in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("--format", "sarfi"), "did you mean sarif?"),
        (("--format", "xml"), "use one of text, concise"),
        (("--format", "json="), "the file is missing"),
        (("--format", "json", "--format", "text"), "only one format can go to standard output"),
        (("--format", "json=a", "--format", "sarif=./a"), "two formats can't go to one file"),
    ],
)
def test_wrong_formats(sslint: Run, site: Site, arguments: tuple[str, ...], error: str) -> None:
    answer = sslint("check", *arguments, cwd=site(TWO))
    assert (answer.returncode, answer.stdout) == (2, "")
    assert error in answer.stderr


def test_an_output_that_cannot_be_written_gives_2(sslint: Run, site: Site) -> None:
    answer = sslint("check", "httpd.conf", "--format", "json=missing/a.json", cwd=site(TWO))
    assert answer.returncode == 2
    assert "missing/a.json: No such file or directory" in answer.stderr


def test_links_and_width(sslint: Run, site: Site) -> None:
    folder = site("#--- httpd.conf\nListen 443\n<VirtualHost *:443>\nSSLEngine on\nSSLProtocol all\n</VirtualHost>\n")
    answer = sslint("check", "httpd.conf", "--hyperlinks", "always", "--width", "60", cwd=folder)
    assert "\x1b]8;;https://" in answer.stdout
    plain = sslint("check", "httpd.conf", "--width", "60", cwd=folder).stdout
    assert "\x1b" not in plain
    assert any(len(line) > 50 for line in plain.splitlines())
    assert not any(len(line) > 60 for line in plain.splitlines() if "|" in line)


# What a run would work on


def test_show_files_and_settings(sslint: Run, site: Site) -> None:
    import json

    folder = site("#--- httpd.conf\nServerRoot /srv/www\nListen 80\nInclude a.conf\n#--- a.conf\nTimeout 5\n")
    (folder / ".sslint.yaml").write_text("fail-on: info\nexclude: [old]\n")
    answer = sslint("check", "--show-files", cwd=folder)
    assert (answer.returncode, answer.stdout) == (0, "a.conf  (httpd.conf)\nhttpd.conf\n")
    answer = sslint("check", "--show-settings", "--exclude", "new", cwd=folder)
    shown = json.loads(answer.stdout)
    assert (shown["fail-on"], shown["exclude"]) == ("info", ["old", "new"])


def test_exclude(sslint: Run, site: Site) -> None:
    folder = site("#--- old/httpd.conf\nTimeuot 5\n#--- new/httpd.conf\nListen 80\n")
    assert sslint("check", "--exclude", "old", cwd=folder).returncode == 0


def test_a_comment_behind_a_list_is_not_lost(sslint: Run, site: Site) -> None:
    folder = site("#--- httpd.conf\nListen 80\nServerAlias a b # sslint: ignore[wrong-context]\n")
    sslint("check", "httpd.conf", "--fix-only", "--unfixable", "unused-suppression", cwd=folder)
    assert "\n# sslint: ignore[wrong-context]\nServerAlias a b\n" in (folder / "httpd.conf").read_text()
