"""`sslint baseline`: accept what is found for now."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable

import click

from ..analysis import analyse
from ..baseline import Baseline, BaselineError, load
from ..files import DiskFiles, Kind
from ..report import Known, Report
from ..reporters.summary import trouble
from . import check
from .inputs import Inputs, Options, absolute, inputs, shipped_rules
from .terminal import complain, emit, view

NAME = ".sslint-baseline.json"
_SHARED = frozenset(
    "paths root define module server_root target target_httpd target_openssl map allow envvars select extend_select "
    "ignore profile severity exclude check_environment check_files now config isolated".split()
)
"""The options of `check` that say what is read, and which findings count."""


def _params() -> list[click.Parameter]:
    return [
        *(one for one in check.command.params if one.name in _SHARED),
        click.Option(
            ["-o", "--output"], metavar="FILE", help=f"The baseline. [that of the settings, or {NAME} in this folder]"
        ),
    ]


@click.group()
def command() -> None:
    """Accept what is found for now: `sslint check --baseline FILE` then reports only what is new.

    A baseline knows findings by rule, place in the configuration's structure and words, not by line: it survives
    edits elsewhere. Name it in the settings, as `baseline: .sslint-baseline.json`, to use it always.
    """


def _write(output: str | None, **given: object) -> int:
    """Accept all findings in the given files and folders.

    Exit status: 0 written, 2 something could not be read or written.
    """
    work, path = _begun(output, given)
    disk = DiskFiles()
    before = _loaded(path) if disk.kind(path) is not Kind.MISSING else Baseline(path)
    report = analyse(work.files, work.paths, work.settings, material=work.material)
    after = Baseline(path).of(report.diagnostics)
    if not _save(after, report):
        return 2
    new, gone = _more(after.entries, before.entries), _more(before.entries, after.entries)
    emit([f"{_sum(after.entries)} accepted in {_shown(path)}: {new} new, {gone} gone."], sys.stderr)
    return 0


def _update(output: str | None, **given: object) -> int:
    """Forget what is no longer found in the given files and folders; nothing is added.

    Exit status: 0 up to date, 2 something could not be read or written.
    """
    work, path = _begun(output, given)
    before = _loaded(path)
    report = analyse(work.files, work.paths, work.settings.replace(baseline=before), material=work.material)
    after = before.without(report.stale)
    if not _save(after, report):
        return 2
    emit([f"{_sum(after.entries)} accepted in {_shown(path)}: {_sum(report.stale)} gone."], sys.stderr)
    return 0


command.add_command(click.Command("write", callback=_write, params=_params(), help=_write.__doc__))
command.add_command(click.Command("update", callback=_update, params=_params(), help=_update.__doc__))
command.add_command(click.Command("prune", callback=_update, params=_params(), help=_update.__doc__, hidden=True))


def _begun(output: str | None, given: dict[str, object]) -> tuple[Inputs, str]:
    """What the run works on, and the baseline's path. Raises click.ClickException."""
    options = Options(stdin_filename=None, force_exclude=False, fail_on=None, **given)  # type: ignore[arg-type]
    if "-" in options.paths:
        raise click.UsageError("a baseline is for files: standard input has no place in it")
    work = inputs(options, shipped_rules(), baseline=False)
    return work, absolute(output) if output else work.settings.baseline_path or absolute(NAME)


def _loaded(path: str) -> Baseline:
    try:
        return load(DiskFiles(), path)
    except BaselineError as error:
        raise click.ClickException(str(error)) from None


def _save(baseline: Baseline, report: Report) -> bool:
    """Write a baseline of a run in which everything could be done, or complain."""
    from .write import write_atomically

    if not report.complete:
        emit(trouble(report, view("auto", sys.stderr)), sys.stderr)
        complain("no baseline was written, since not everything could be read or checked")
        return False
    try:
        write_atomically(baseline.path, baseline.text().encode())
    except OSError as error:
        complain(f"cannot write {baseline.path}: {error.strerror}")
        return False
    return True


def _sum(entries: Iterable[Known]) -> int:
    return sum(entry.times for entry in entries)


def _more(entries: Iterable[Known], others: Iterable[Known]) -> int:
    """How many findings some entries have more than others."""
    left = Counter({(one.path, one.fingerprint): one.times for one in entries})
    left -= Counter({(one.path, one.fingerprint): one.times for one in others})
    return left.total()


def _shown(path: str) -> str:
    return view("auto", sys.stderr).path(path)
