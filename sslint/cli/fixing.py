"""`sslint check` where it changes files: fixes, comments that ignore, and the diffs of both."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from ..diagnostic import Safety
from ..fixer import Fixed, fix
from ..ignore import ignore
from ..registry import Registry
from ..reporters.summary import trouble
from ..reporters.view import View
from ..text import enumeration
from .inputs import Inputs, Options
from .outputs import shape, show
from .terminal import complain, emit


def change(options: Options, work: Inputs, registry: Registry) -> int:
    """Apply the fixes, or show what they would change. Returns the exit status."""
    changed = _changed(options, work, registry)
    aside = shape(options, sys.stderr)
    if options.diff:
        _diff(changed, options)
        emit(trouble(changed.report, aside), sys.stderr)
        done = True
    else:
        done = _write(changed, work)
        if not options.fix_only:
            done &= show(changed.report, options, sys.stderr if work.stdin is not None else sys.stdout)
    if done and not options.quiet:
        emit(_told(changed, options, aside), sys.stderr)
    return _status(changed, options, work, done)


def _changed(options: Options, work: Inputs, registry: Registry) -> Fixed:
    if options.add_ignore:
        return ignore(work.files, work.paths, work.settings, options.reason, registry=registry, material=work.material)
    safeties = (Safety.SAFE, Safety.UNSAFE) if options.unsafe_fixes else (Safety.SAFE,)
    return fix(work.files, work.paths, work.settings, safeties, registry=registry, material=work.material)


def _status(changed: Fixed, options: Options, work: Inputs, done: bool) -> int:
    """2 for what could not be done, 1 for a diff or for findings that are left, as the options have it."""
    if not (done and changed.report.complete):
        return 2
    if (options.diff or options.exit_non_zero_on_fix) and changed.texts:
        return 0 if options.exit_zero else 1
    if options.fix_only or options.exit_zero:
        return 0
    return changed.report.status(work.settings.fail_on)


def _write(changed: Fixed, work: Inputs) -> bool:
    """Write all files that can be written; what standard input stands for goes to standard output."""
    from ..text import encode
    from .write import write_atomically

    done = True
    for path, (old, new) in changed.texts.items():
        if path == work.stdin:
            continue
        try:
            write_atomically(path, encode(new), encode(old))
        except OSError as error:
            complain(f"cannot write {path}: {error.strerror}")
            done = False
    if work.stdin is not None:
        fixed = changed.texts.get(work.stdin)
        sys.stdout.buffer.write(encode(fixed[1]) if fixed else work.files.read(work.stdin))
    return done


def _told(changed: Fixed, options: Options, view: View) -> Iterator[str]:
    """What was done, and what was left undone."""
    if options.show_fixes:
        yield from _by_file(changed, view)
    if changed.total and not options.diff:
        done = "Ignored" if options.add_ignore else "Fixed"
        yield f"{done} {_count(changed.total, 'finding')} in {_count(len(changed.texts), 'file')}."
    if changed.refused:
        what = _count(changed.refused, "fix", "es")
        yield f"Left out {what} that would have brought a new error."
    if changed.outside:
        paths = enumeration([view.path(path) for path in changed.outside], 3)
        yield f"Left out fixes that would change what was not asked for: {paths}."
    if options.add_ignore and changed.report.findings:
        yield f"{_count(len(changed.report.findings), 'finding')} no comment can ignore."


def _by_file(changed: Fixed, view: View) -> Iterator[str]:
    """How often each rule's fix was applied in each file."""
    before = ""
    for (path, slug), count in sorted(changed.applied.items()):
        if path != before:
            yield f"{view.path(path)}:"
            before = path
        yield f"    {count} × {slug}" if view.unicode else f"    {count} x {slug}"


def _count(number: int, word: str, plural: str = "s") -> str:
    return f"{number} {word}{plural * (number != 1)}"


def _diff(changed: Fixed, options: Options) -> None:
    """A unified diff that `patch` takes; on a terminal it is made harmless."""
    from ..reporters.minidiff import unified
    from ..text import encode

    seen = shape(options, sys.stdout)
    for path, (old, new) in changed.texts.items():
        lines: Iterable[str] = unified(old, new, seen.path(path))
        if sys.stdout.isatty():
            emit(seen.clean(line) for line in lines)
        else:
            sys.stdout.buffer.write(b"".join(encode(line) + b"\n" for line in lines))
