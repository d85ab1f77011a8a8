"""Where a report goes: one format to standard output, any others to files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TextIO

import click

from ..knowledge.suggest import closest
from ..report import Report
from ..reporters import FORMATS, PEOPLE, REPORTERS
from ..reporters.summary import statistics, summary, timings, trouble
from ..reporters.view import View
from .inputs import Options, absolute
from .terminal import complain, current_folder, emit, view


class Output(NamedTuple):
    """One format, and the file that it goes to; standard output where there is none."""

    format: str
    path: str | None


def outputs(given: Sequence[str]) -> tuple[Output, ...]:
    """What --output-format says: FORMAT or FORMAT=FILE. Raises click.UsageError."""
    found = tuple(map(_output, given)) or (Output("text", None),)
    if sum(one.path is None for one in found) > 1:
        raise click.UsageError("only one format can go to standard output: name files for others, FORMAT=FILE")
    paths = [one.path for one in found if one.path]
    if len(set(paths)) < len(paths):
        raise click.UsageError("two formats can't go to one file")
    return found


def _output(word: str) -> Output:
    name, separator, path = word.partition("=")
    if name not in FORMATS:
        near = closest(name.lower(), FORMATS, 1)
        hint = f"did you mean {near[0]}?" if near else f"use one of {', '.join(FORMATS)}"
        raise click.UsageError(f"no output format is called {name!r}: {hint}")
    if separator and not path:
        raise click.UsageError(f"the file is missing behind {word}")
    return Output(name, absolute(path) if path else None)


def show(report: Report, options: Options, out: TextIO) -> bool:
    """The report where it is wanted, and what could not be done on standard error. False where a file failed."""
    written = True
    main = ""
    for output in outputs(options.output_format):
        if output.path is None:
            main = output.format
            emit(_findings(report, output.format, options, out), out)
        else:
            written &= _write(report, output)
    aside = shape(options, sys.stderr)
    if not options.quiet and report.statistics.roots:
        text = main == "text" and not options.statistics
        emit(summary(report, shape(options, out) if text else aside), out if text else sys.stderr)
    emit(trouble(report, aside), sys.stderr)
    if options.timings:
        emit(timings(report), sys.stderr)
    return written


def shape(options: Options, stream: TextIO) -> View:
    """How to show things on a stream."""
    return view(options.color, stream, options.width, options.hyperlinks)


def _findings(report: Report, name: str, options: Options, out: TextIO) -> Iterable[str]:
    if options.statistics:
        return statistics(report)
    if name in PEOPLE:
        return REPORTERS[name](report, shape(options, out)) if report.statistics.roots or report.findings else ()
    return REPORTERS[name](report, for_machines())


def for_machines() -> View:
    """The view whose text depends on nothing but the working folder."""
    return View(base=current_folder())


def _write(report: Report, output: Output) -> bool:
    """Write one format to its file, or complain."""
    from .write import write_atomically

    assert output.path is not None
    text = "".join(_lines(REPORTERS[output.format](report, for_machines())))
    try:
        write_atomically(output.path, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        complain(f"cannot write {output.path}: {error.strerror}")
        return False
    return True


def _lines(lines: Iterable[str]) -> Iterator[str]:
    return (line + "\n" for line in lines)
