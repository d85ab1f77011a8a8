"""The pre-commit hooks: which files they take, and real runs of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import Run

ROOT = Path(__file__).parent.parent
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
TAKEN = """
    httpd.conf conf/httpd.conf extra/httpd-ssl.conf httpd-vhosts.conf etc/apache2/apache2.conf etc/apache2/ports.conf
    etc/apache2/sites-available/shop etc/apache2/sites-enabled/shop.conf etc/apache2/mods-enabled/ssl.load
    etc/httpd/conf.d/ssl.conf etc/httpd/conf.modules.d/00-ssl.conf vhosts.d/shop.conf vhosts/shop.conf shop.vhost
    shop.apacheconf www/.htaccess .htaccess apache/a/b/c.conf
"""
LEFT = """
    nginx.conf app.conf etc/nginx/sites.conf etc/apache2/sites-available/shop~ etc/apache2/envvars shop.conf.j2
    httpd.conf.erb README.md src/vhost.py myhttpd.conf
"""


def git(folder: Path, *arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    person = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "protocol.file.allow=always"]
    return subprocess.run(
        ["git", *person, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **(env or {})},
    )


def test_the_hooks_share_their_filter() -> None:
    assert set(HOOKS) == {"sslint", "sslint-fix", "sslint-all"}
    assert HOOKS["sslint"]["files"] == HOOKS["sslint-fix"]["files"]
    assert all(HOOKS[name]["types"] == [] for name in ("sslint", "sslint-fix")), "links would be dropped"
    assert HOOKS["sslint-all"]["always_run"], "a commit that only deletes has no files"


@pytest.mark.parametrize("path", TAKEN.split())
def test_configurations_are_taken(path: str) -> None:
    assert re.search(HOOKS["sslint"]["files"], path)


@pytest.mark.parametrize("path", LEFT.split())
def test_other_files_are_left(path: str) -> None:
    assert not re.search(HOOKS["sslint"]["files"], path)


# What the hooks call


def test_named_files_that_are_no_configuration_are_left_out(sslint: Run, tmp_path: Path) -> None:
    (tmp_path / "nginx.conf").write_text("server {\n    listen 80;\n}\n")
    (tmp_path / "site.conf.j2").write_text("Listen {{ port }}\n")
    (tmp_path / "httpd.conf").write_text("Lissten 80\n")
    named = ["nginx.conf", "site.conf.j2"]
    assert sslint("check", "--force-exclude", *named, cwd=tmp_path).stdout == ""
    assert sslint("check", *named, cwd=tmp_path).returncode == 2
    (tmp_path / ".sslint.yaml").write_text("exclude: [old, 'httpd.*']\n")
    assert sslint("check", "--force-exclude", "httpd.conf", cwd=tmp_path).returncode == 0
    assert sslint("check", "httpd.conf", cwd=tmp_path).returncode == 1


def test_thousands_of_names(sslint: Run, tmp_path: Path) -> None:
    (tmp_path / "sites-enabled").mkdir()
    (tmp_path / "apache2.conf").write_text("ServerRoot .\nListen 80\nIncludeOptional sites-enabled/*.conf\n")
    names = [f"sites-enabled/{number:04}.conf" for number in range(4000)]
    for name in names:
        (tmp_path / name).write_text(f"<VirtualHost *:80>\nServerName {name[14:18]}.example.org\n</VirtualHost>\n")
    (tmp_path / names[3000]).write_text("<VirtualHost *:80>\nServerNam x\n</VirtualHost>\n")
    parts = [names[:1636], names[1636:3272], names[3272:]]
    answers = [sslint("check", "--force-exclude", "--format", "concise", *part, cwd=tmp_path) for part in parts]
    assert [answer.returncode for answer in answers] == [0, 1, 0]
    assert "ServerNam" in answers[1].stdout


# Real runs


@pytest.fixture(scope="module")
def pre_commit(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command, with an environment for this checkout made once; skipped where none can be made."""
    pytest.importorskip("pre_commit")
    if git(ROOT, "rev-parse", "HEAD").returncode:
        pytest.skip("the hooks are tried from a git checkout, and this is none")
    os.environ["PRE_COMMIT_HOME"] = str(tmp_path_factory.mktemp("pre-commit"))
    return [sys.executable, "-m", "pre_commit"]


@pytest.fixture
def repository(tmp_path: Path, pre_commit: list[str]) -> Path:
    """A repository with a server, whose commits run the hooks of this checkout as it was committed."""
    folder = tmp_path / "servers"
    sites = folder / "etc" / "apache2" / "sites-available"
    sites.mkdir(parents=True)
    (sites.parent / "sites-enabled").mkdir()
    (sites.parent / "apache2.conf").write_text("Listen 80\nInclude sites-enabled/shop.conf\n")
    (sites / "shop.conf").write_text("<VirtualHost *:80>\nServerName shop.example.org\n</VirtualHost>\n")
    (sites.parent / "sites-enabled" / "shop.conf").symlink_to("../sites-available/shop.conf")
    head = git(ROOT, "rev-parse", "HEAD").stdout.strip()
    hooks = "".join(f"  - id: {name}\n" for name in ("sslint", "sslint-all"))
    (folder / ".pre-commit-config.yaml").write_text(f"repos:\n- repo: {ROOT}\n  rev: {head}\n  hooks:\n{hooks}")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    installed = subprocess.run([*pre_commit, "install"], cwd=folder, capture_output=True, text=True, check=False)
    assert installed.returncode == 0, installed.stderr
    return folder


def commit(folder: Path) -> subprocess.CompletedProcess[str]:
    git(folder, "add", "-A")
    return git(folder, "commit", "-qm", "a change")


def test_commits(repository: Path) -> None:
    """One test for all kinds of commits, since making the hooks' environment takes most of the time."""
    first = commit(repository)
    assert first.returncode == 0, first.stderr
    assert "sslint (all servers)" in first.stderr

    site = repository / "etc" / "apache2" / "sites-available" / "shop.conf"
    site.write_text(site.read_text().replace("ServerName", "ServerNam"))
    broken = commit(repository)
    assert broken.returncode == 1
    assert "etc/apache2/sites-available/shop.conf:2" in broken.stderr
    assert "ServerNam" in broken.stderr
    site.write_text(site.read_text().replace("ServerNam ", "ServerName "))

    (repository / "etc" / "apache2" / "sites-enabled" / "shop.conf").unlink()
    deleted = commit(repository)
    assert deleted.returncode == 1
    assert re.search(r"sslint\.+\(no files to check\)Skipped", deleted.stderr)
    assert "sites-enabled/shop.conf" in deleted.stderr


def test_the_manifest_is_valid(pre_commit: list[str]) -> None:
    command = [*pre_commit, "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


def test_a_repository_is_tried(repository: Path, pre_commit: list[str]) -> None:
    """`try-repo` takes the checkout as it is, changes that are not committed included."""
    (repository / "etc" / "apache2" / "ports.conf").write_text("Listen 80\nLissten 81\n")
    git(repository, "add", "-A")
    command = [*pre_commit, "try-repo", str(ROOT), "sslint", "--all-files", "--verbose"]
    answer = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False, timeout=300)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "etc/apache2/ports.conf:2" in answer.stdout
