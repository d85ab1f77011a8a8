"""Options in force, compared with what a policy allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sslint.api import Context, Diagnostic, Directive, VirtualHost, Where, all_arguments, assumption, effective

Spoken = tuple[VirtualHost, Where, str]
"""A host, a place, and what people call the place."""


def too_broad(context: Context, places: Iterable[Spoken]) -> Iterator[Diagnostic]:
    """A finding for each line by which Options for a place are more than the option `allowed` says."""
    words = context.option("allowed", tuple)
    allowed = {"none", *(word.lower() for word in words)}
    asked = f"None or {' or '.join(words)} are" if words else "None is"
    told: set[tuple[Directive | None, str]] = set()
    for host, where, what in places:
        (found,) = effective(host, where, ["options"])
        line = found.winner.directive if found.winner is not None else None
        in_force = found.words if found.words is not None else ("FollowSymLinks",)
        is_fine = {word.lower() for word in in_force} <= allowed or (line is None and not context.server.is_complete)
        if is_fine or (line, what) in told:
            continue
        told.add((line, what))
        default = "" if line is not None else ", by default"
        message = f"Options for {what} are {' '.join(in_force)}{default}, where {asked} asked for"
        place = all_arguments(line) if line is not None else host
        yield context.report(place, message, notes=assumption(line))
