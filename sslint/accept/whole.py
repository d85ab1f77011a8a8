"""What the server refuses of the configuration as a whole."""

from __future__ import annotations

from ..configuration import Configuration, Directive, Problem, walk
from ..configuration.problem import second_removed
from ..diagnostic import Related


def duplicate_listeners(configuration: Configuration) -> list[Problem]:
    """Listen twice for the same address and port (`listen.c:alloc_listener`).

    Addresses are compared as they are written, apart from `*`, which means none: whether
    `0.0.0.0` is one with it depends on the machine's IPv6.
    """
    seen: dict[tuple[str, str], Directive] = {}
    problems: list[Problem] = []
    for item in walk(configuration.children):
        if item.key != "listen" or not item.values or (item.condition is not None and not item.condition.as_started):
            continue
        host, _, port = item.values[0].rpartition(":")
        address = ("" if host == "*" else host.lower(), port)
        first = seen.setdefault(address, item)
        if first is not item:
            place = item.arguments[0]
            message = "Cannot define multiple Listeners on the same IP:port"
            related = (Related(first.source, first.span, "the first is here"),)
            problems.append(
                Problem(
                    "duplicate-listen",
                    place.source,
                    place.span,
                    message,
                    related=related,
                    edits=second_removed(first, item),
                    frame=item.frame,
                )
            )
    return problems
