"""What is offered to CI systems: the GitHub Action, run as a runner would, and the GitLab job."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
GITLAB = ROOT / "docs" / "ci" / "sslint.gitlab-ci.yml"
DOCUMENT = (ROOT / "docs" / "ci.md").read_text("utf-8")


def valid(schema: str, path: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_files_are_what_their_systems_expect(tmp_path: Path) -> None:
    valid("vendor.github-actions", ROOT / "action.yml")
    valid("vendor.gitlab-ci", GITLAB)
    (workflow,) = (text for text in re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL) if "jobs:" in text)
    (tmp_path / "workflow.yml").write_text(workflow)
    valid("vendor.github-workflows", tmp_path / "workflow.yml")


def test_the_actions_inputs_reach_the_shell_as_variables_alone() -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"]]
    assert not [script for script in scripts if "${{" in script], "an input would be run as part of the script"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A place where sslint is installed, as the action's first step leaves it."""
    folder = tmp_path / "home"
    (folder / "bin").mkdir(parents=True)
    script = folder / "bin" / "sslint"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sslint "$@"\n')
    script.chmod(0o755)
    return folder


@pytest.mark.skipif(shutil.which("bash") is None, reason="the action's steps are run by bash")
def test_the_action_annotates_and_reports(tmp_path: Path, home: Path) -> None:
    (tmp_path / "httpd.conf").write_text("Listen 80\nLissten 81\n")
    environment = {
        **os.environ,
        "SSLINT_HOME": str(home),
        "SSLINT_PATHS": "httpd.conf",
        "SSLINT_ARGS": "--fail-on error --isolated",
        "SSLINT_SARIF": "out.sarif",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }
    script = ACTION["runs"]["steps"][1]["run"]
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    answer = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 1, answer.stderr
    assert answer.stdout.startswith("::error ")
    assert "file=httpd.conf,line=2," in answer.stdout
    assert "SSL0001" in answer.stdout
    (result,) = json.loads((tmp_path / "out.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert result["ruleId"] == "SSL0001"
    assert "Lissten" in (tmp_path / "summary.md").read_text("utf-8")


@pytest.mark.skipif(shutil.which("bash") is None, reason="the job's script is run by a shell")
def test_the_gitlab_job_reports(tmp_path: Path, home: Path) -> None:
    (tmp_path / "httpd.conf").write_text("Listen 80\nLissten 81\n")
    job = yaml.safe_load(GITLAB.read_text("utf-8"))["sslint"]
    script = job["script"][-1].replace("/tmp/sslint", str(home))
    environment = {**os.environ, **job["variables"]}
    command = ["bash", "-c", script]
    answer = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 1, answer.stderr
    reports = job["artifacts"]["reports"]
    (finding,) = json.loads((tmp_path / reports["codequality"]).read_text("utf-8"))
    assert finding["location"]["path"] == "httpd.conf"
    assert "Lissten" in (tmp_path / reports["junit"]).read_text("utf-8")
