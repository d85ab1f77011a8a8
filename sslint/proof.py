"""Holds a rule to its own documentation: every example in it is a test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .diagnostic import Safety
from .examples import REQUIRED, SECTIONS, Documentation, Example, ExampleError, read
from .registry import Registry
from .report import Report
from .rule import Rule
from .trial import Trial, new_findings, unmarked


class Proof(NamedTuple):
    """How many examples a rule was tried on, and what is wrong with it; empty if nothing is."""

    examples: int
    faults: tuple[str, ...]


def prove(rule: Rule, registry: Registry, declared: bool = False) -> Proof:
    """Try a rule. A declared one may come without examples, and needs no marks in them."""
    try:
        page = read(rule.doc)
        faults = list(_faults(rule, page, registry, declared))
    except ExampleError as error:
        return Proof(0, (str(error),))
    return Proof(len(page.bad) + len(page.good), tuple(faults))


def _faults(rule: Rule, page: Documentation, registry: Registry, declared: bool) -> Iterator[str]:
    if not declared:
        yield from structure_faults(rule, page)
    for example in page.bad:
        trial = Trial(rule, example, registry)
        yield from _named(example, "Bad", (bad_faults if example.marks or not declared else unmarked_faults)(trial))
        if rule.fix:
            yield from _named(example, "Fix", fix_faults(trial, page))
    for example in page.good:
        yield from _named(example, "Good", good_faults(Trial(rule, example, registry)))


def _named(example: Example, section: str, faults: Iterator[str]) -> Iterator[str]:
    title = f"{section}, {example.title}" if example.title else section
    return (f"{title}: {fault}" for fault in faults)


def structure_faults(rule: Rule, page: Documentation) -> Iterator[str]:
    """What is missing or out of place in the documentation."""
    if not page.summary or page.summary.endswith("."):
        yield "the first line is a title that says what is wrong, without a full stop"
    if list(page.sections) != [name for name in SECTIONS if name in page.sections]:
        yield f"the sections are these, in this order: {', '.join(SECTIONS)}"
    yield from (f"the section {name} is missing" for name in REQUIRED if name not in page.sections)
    yield from (f"the section {name} is empty" for name, text in page.sections.items() if not text.strip())
    yield from (f"{name} holds no example" for name, some in (("Bad", page.bad), ("Good", page.good)) if not some)
    titles = [example.title for example in page.bad]
    if len(set(titles)) < len(titles):
        yield "Bad examples have different titles"
    yield from (f"Fix, {one.title}: no Bad example has this title" for one in page.fixed if one.title not in titles)
    told = page.sections.get("Options", "")
    yield from (f"the section Options does not tell of `{name}`" for name in rule.options if f"`{name}`" not in told)
    if told and not rule.options:
        yield "there is a section Options, and the rule has none"
    if bool(page.fixed) != (rule.fix in (Safety.SAFE, Safety.UNSAFE)):
        yield "a section Fix shows what an applicable fix gives; a rule without one has no such section"


def bad_faults(trial: Trial) -> Iterator[str]:
    """Whether a Bad example is found where it is marked, and nowhere else."""
    report = trial.judge()
    yield from _unfinished(report)
    if not trial.example.marks:
        yield "a Bad example has at least one mark"
    if mismatch := trial.mismatch(report):
        yield f"\n{mismatch}"


def unmarked_faults(trial: Trial) -> Iterator[str]:
    """Whether anything is found in a Bad example without marks."""
    report = trial.judge()
    yield from _unfinished(report)
    if not trial.found(report):
        yield "nothing is found in it"


def good_faults(trial: Trial) -> Iterator[str]:
    """Whether a Good example is silent."""
    report = trial.judge()
    yield from _unfinished(report)
    if trial.example.marks:
        yield "marks belong in Bad examples"
    yield from (f"found: {path}:{line}:{column} {message}" for path, line, column, _, message in trial.found(report))


def fix_faults(trial: Trial, page: Documentation) -> Iterator[str]:
    """Whether fixing a Bad example takes its findings away, brings none, and gives what the Fix section shows."""
    before = trial.judge(alone=False)
    fixed = trial.fix()
    if bool(fixed.applied) != _offers(trial.judge()):
        yield "a fix that is offered is not applied"
    if not fixed.applied:
        return
    after = trial.fixed(fixed)
    if _offers(after.judge()):
        yield "after fixing, a fix is still offered"
    if after.fix().texts:
        yield "fixing twice changes something"
    new = new_findings(before, after.judge(alone=False))
    yield from (f"the fix brings another finding: {one.slug}: {one.message}" for one in new)
    expected = next((one for one in page.fixed if one.title == trial.example.title), None)
    texts = {path: unmarked(text) for path, text in after.example.files.items()}
    if expected is not None and texts != {path: unmarked(text) for path, text in expected.files.items()}:
        yield "the fixed text is not that of the Fix section:\n" + "\n".join(texts.values())


def _offers(report: Report) -> bool:
    return any(one.fix and one.fix.safety is not Safety.MANUAL for one in report.diagnostics)


def _unfinished(report: Report) -> Iterator[str]:
    yield from (f"{one.path} cannot be read: {one.message}" for one in report.unread)
    yield from (f"{one.where} failed: {one.trace}" for one in report.crashes)
