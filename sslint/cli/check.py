"""`sslint check`."""

from __future__ import annotations

import sys

import click

from ..analysis import analyse
from ..reporters import FORMATS
from .inputs import Options, inputs, shipped_rules
from .outputs import outputs, show
from .terminal import complain

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
@click.option("--profile", multiple=True, metavar="NAME", help="Hold it to a policy: mozilla-modern, pci-dss@4.0.1, …")
@click.option("--severity", type=click.Choice(LEVELS), help="Show findings from this severity up.")
@click.option("--fail-on", type=click.Choice((*LEVELS, "never")), help="Exit with 1 from this severity up. [warning]")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was found.")
@click.option(
    "--exclude", multiple=True, metavar="PATTERN", help="Leave files and folders out of walks through folders."
)
@click.option("--check-environment", is_flag=True, help="Report what depends on the machine, such as missing files.")
@click.option("--check-files", is_flag=True, help="Read the certificates and keys that it names, wherever they lie.")
@click.option("--now", metavar="DATE", help="Judge certificates as of this date, instead of by the clock.")
@click.option("--all", "everything", is_flag=True, help="Show findings in other files of the same servers too.")
@click.option("--fix", is_flag=True, help="Apply the safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: apply the unsafe ones too.")
@click.option("--fix-only", is_flag=True, help="Apply the fixes, and report nothing that is left.")
@click.option("--diff", is_flag=True, help="Show what --fix or --add-ignore would change, and change nothing.")
@click.option("--show-fixes", is_flag=True, help="With --fix or --diff: tell which rules' fixes were applied where.")
@click.option("--fixable", multiple=True, metavar="RULES", help="Apply these rules' fixes alone.")
@click.option("--unfixable", multiple=True, metavar="RULES", help="Don't apply these rules' fixes.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 where a file was changed.")
@click.option("--no-ignores", is_flag=True, help="Show what comments ignore too.")
@click.option("--add-ignore", is_flag=True, help="Ignore what is found, by comments in the files.")
@click.option("--reason", default="", metavar="TEXT", help="With --add-ignore: why.")
@click.option("--require-ignore-reason", is_flag=True, help="Report comments that ignore without a reason.")
@click.option("--baseline", metavar="FILE", help="Report only what this file, of `sslint baseline`, does not know.")
@click.option("--no-baseline", is_flag=True, help="Use no baseline, though the settings name one.")
@click.option("--force-exclude", is_flag=True, help="Leave out named files that are excluded or no configuration.")
@click.option(
    "--output-format",
    "--format",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help=f"One format to standard output, others to files: {', '.join(FORMATS)}. [text]",
)
@click.option("--config", metavar="FILE", help="The settings file, instead of searching for .sslint.yaml.")
@click.option("--isolated", is_flag=True, help="Use no settings file.")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True)
@click.option("--hyperlinks", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True)
@click.option("--width", type=click.IntRange(min=40), metavar="COLUMNS", help="The width of the output.")
@click.option("-q", "--quiet", is_flag=True, help="Findings only, no summary.")
@click.option("--statistics", is_flag=True, help="Show counts by rule instead of findings.")
@click.option("--show-files", is_flag=True, help="List the files that would be read, and no findings.")
@click.option("--show-settings", is_flag=True, help="Show the settings in force, as JSON, and no findings.")
@click.option("--timings", is_flag=True, help="Show how long each stage and each rule took.")
def command(**given: object) -> int:
    """Lint the given files and folders; - is standard input, and nothing means this folder.

    Exit status: 0 nothing at or above the failing severity, 1 findings, 2 something could not be done.
    """
    options = Options(**given)  # type: ignore[arg-type]
    _refuse_contradictions(options)
    registry = shipped_rules()
    work = inputs(options, registry)
    if options.show_files or options.show_settings:
        from .showing import show_files, show_settings

        return show_settings(work) if options.show_settings else show_files(options, work)
    if options.changes:
        from .fixing import change

        return change(options, work, registry)
    report = analyse(
        work.files,
        work.paths,
        work.settings,
        everything=options.everything,
        registry=registry,
        material=work.material,
    )
    if not show(report, options, sys.stdout):
        return 2
    if not report.statistics.roots and report.complete and not work.settings.force_exclude:
        complain("no configuration was found there")
    status = report.status(work.settings.fail_on)
    return 0 if options.exit_zero and status == 1 else status


def _refuse_contradictions(options: Options) -> None:
    """Raises click.UsageError for options that make no sense together."""
    outputs(options.output_format)
    if not (options.fix or options.fix_only or options.diff):
        for name in ("unsafe_fixes", "show_fixes", "exit_non_zero_on_fix"):
            if getattr(options, name):
                raise click.UsageError(f"--{name.replace('_', '-')} goes with --fix or --diff")
    if options.reason and not options.add_ignore:
        raise click.UsageError("--reason goes with --add-ignore")
    if options.add_ignore and (options.fix or options.fix_only):
        raise click.UsageError("--add-ignore and --fix exclude each other: fix first, then ignore what is left")
    if options.baseline and options.no_baseline:
        raise click.UsageError("--baseline and --no-baseline exclude each other")
