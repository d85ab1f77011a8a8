"""`sslint check`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TextIO

import click

from ..analysis import analyse
from ..diagnostic import Safety
from ..fixer import Fixed, fix
from ..registry import Registry, load
from ..report import Report
from ..reporters import REPORTERS
from ..reporters.summary import statistics, summary, timings, trouble
from ..rule import RuleError
from ..text import encode
from .inputs import Inputs, Options, inputs
from .terminal import complain, emit, view

LEVELS = ("error", "warning", "info", "style")


@click.command(context_settings={"max_content_width": 110})
@click.argument("paths", nargs=-1)
@click.option("--stdin-filename", metavar="PATH", help="The file that standard input (-) stands for.")
@click.option("--root", multiple=True, metavar="FILE", help="A server's main file, instead of searching for it.")
@click.option("-D", "define", multiple=True, metavar="NAME", help="A parameter that the server is started with.")
@click.option("--module", multiple=True, metavar="NAME", help="Count a module as loaded: ssl_module, or stock, all.")
@click.option("--server-root", metavar="DIR", help="The ServerRoot, as the server sees it.")
@click.option("--target", metavar="PRESET", help="Read for a distribution: debian-12, rhel-9, …")
@click.option("--target-httpd", metavar="VERSION", help="Read for a version of httpd: 2.4, 2.4.66, 2.2, …")
@click.option("--target-openssl", metavar="VERSION", help="Read for a version of OpenSSL: 3.0, 1.1.1k, …")
@click.option("--map", multiple=True, metavar="SERVER=HERE", help="Where a folder of the server lies here.")
@click.option("--allow", multiple=True, metavar="DIR", help="A further folder that includes may lead to.")
@click.option("--envvars", metavar="FILE", help="A shell file with the server's variables; read, not run.")
@click.option("--select", multiple=True, metavar="RULES", help="Run these rules: codes, slugs, families, ALL.")
@click.option("--extend-select", multiple=True, metavar="RULES", help="Run these rules too.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Don't run these rules.")
@click.option("--severity", type=click.Choice(LEVELS), help="Show findings from this severity up.")
@click.option("--fail-on", type=click.Choice((*LEVELS, "never")), help="Exit with 1 from this severity up. [warning]")
@click.option("--check-environment", is_flag=True, help="Report what depends on the machine, such as missing files.")
@click.option("--check-files", is_flag=True, help="Read the certificates and keys that it names, wherever they lie.")
@click.option("--now", metavar="DATE", help="Judge certificates as of this date, instead of by the clock.")
@click.option("--all", "everything", is_flag=True, help="Show findings in other files of the same servers too.")
@click.option("--fix", is_flag=True, help="Apply the safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: apply the unsafe ones too.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--output-format", "--format", type=click.Choice(tuple(REPORTERS)), default="text", show_default=True)
@click.option("--force-exclude", is_flag=True, help="Leave out named files that are excluded or no configuration.")
@click.option("--config", metavar="FILE", help="The settings file, instead of searching for .sslint.yaml.")
@click.option("--isolated", is_flag=True, help="Use no settings file.")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="Findings only, no summary.")
@click.option("--statistics", is_flag=True, help="Show counts by rule instead of findings.")
@click.option("--timings", is_flag=True, help="Show how long each stage and each rule took.")
def command(**given: object) -> int:
    """Lint the given files and folders; - is standard input, and nothing means this folder.

    Exit status: 0 nothing at or above the failing severity, 1 findings, 2 something could not be done.
    """
    options = Options(**given)  # type: ignore[arg-type]
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
    try:
        registry = load()
    except RuleError as error:
        raise click.ClickException(str(error)) from None
    work = inputs(options, registry)
    if options.fix or options.diff:
        return _fix(options, work, registry)
    report = analyse(
        work.files,
        work.paths,
        work.settings,
        everything=options.everything,
        registry=registry,
        material=work.material,
    )
    _show(report, options, sys.stdout)
    return _status(report, work)


def _status(report: Report, work: Inputs) -> int:
    if not report.statistics.roots and report.complete and not work.settings.force_exclude:
        complain("no configuration was found there")
    return report.status(work.settings.fail_on)


def _show(report: Report, options: Options, out: TextIO) -> None:
    """The report on standard output, and what could not be done on standard error."""
    seen = view(options.color, out)
    if options.statistics:
        emit(statistics(report), out)
    elif report.statistics.roots or report.findings or options.output_format == "json":
        lines: Iterable[str] = REPORTERS[options.output_format](report, seen)
        emit(lines, out)
    aside = view(options.color, sys.stderr)
    if not options.quiet and report.statistics.roots and options.output_format != "json":
        text = options.output_format == "text" and not options.statistics
        emit(summary(report, seen if text else aside), out if text else sys.stderr)
    emit(trouble(report, aside), sys.stderr)
    if options.timings:
        emit(timings(report), sys.stderr)


def _fix(options: Options, work: Inputs, registry: Registry) -> int:
    """Apply the fixes, or show what they would change."""
    safeties = (Safety.SAFE, Safety.UNSAFE) if options.unsafe_fixes else (Safety.SAFE,)
    fixed = fix(work.files, work.paths, work.settings, safeties, registry=registry, material=work.material)
    if options.diff:
        return _diff(fixed, work, options)
    failures = [path for path, (_, new) in fixed.texts.items() if path != work.stdin and not _write(path, new)]
    if work.stdin is not None:
        changed = fixed.texts.get(work.stdin)
        sys.stdout.buffer.write(encode(changed[1]) if changed else work.files.read(work.stdin))
    _show(fixed.report, options, sys.stderr if work.stdin is not None else sys.stdout)
    if not options.quiet and not failures:
        emit(_told(fixed), sys.stderr)
    return 2 if failures else _status(fixed.report, work)


def _write(path: str, text: str) -> bool:
    """Write a file, or complain."""
    from .write import write_atomically

    try:
        write_atomically(path, encode(text))
    except OSError as error:
        complain(f"cannot write {path}: {error.strerror}")
        return False
    return True


def _told(fixed: Fixed) -> Iterable[str]:
    if fixed.applied:
        files = len(fixed.texts)
        yield f"Fixed {fixed.applied} finding{'s' * (fixed.applied != 1)} in {files} file{'s' * (files != 1)}."
    if fixed.refused:
        yield f"Left out {fixed.refused} fix{'es' * (fixed.refused != 1)} that would have brought a new error."


def _diff(fixed: Fixed, work: Inputs, options: Options) -> int:
    """A unified diff; a clean one gives 0, as `diff` does."""
    from ..reporters.minidiff import unified

    seen = view(options.color)
    for path, (old, new) in fixed.texts.items():
        lines = unified(old, new, seen.path(path))
        if sys.stdout.isatty():
            emit(seen.clean(line) for line in lines)
        else:
            sys.stdout.buffer.write(b"".join(encode(line) + b"\n" for line in lines))
    emit(trouble(fixed.report, view(options.color, sys.stderr)), sys.stderr)
    if not fixed.report.complete:
        return 2
    return 1 if fixed.texts else _status(fixed.report, work)
