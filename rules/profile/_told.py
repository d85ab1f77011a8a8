"""Findings of what hosts do against the chosen profiles."""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, assumption, insert_before, listing, replace


def told(server: Server, context: Context, *subjects: str) -> Iterator[Diagnostic]:
    """A finding for each requirement that is broken, at the line that breaks it."""
    for breach in context.breaches(server, *subjects):
        remedy = breach.remedy(context.profiles)
        fix = None
        if remedy is not None:
            edits = [(insert_before if one.above else replace)(one.place, one.text) for one in remedy.changes]
            fix = context.fix(remedy.title, *edits, safety=Safety.SAFE if remedy.safe else Safety.UNSAFE)
        yield context.report(
            breach.place(),
            breach.message(listing(breach.hosts)),
            notes=[*breach.notes(context.profiles), *assumption(breach.fault.directive, breach.hosts[0].condition)],
            fix=fix,
            severity=breach.severity,
            tags=breach.tags(),
        )
