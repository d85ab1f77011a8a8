"""SSLProtocol lines without their weak versions."""

from __future__ import annotations

from collections.abc import Collection

from sslint.api import (
    Directive,
    Edit,
    Protocol,
    Span,
    Target,
    all_arguments,
    available_protocols,
    explicit,
    replace,
    switch_on,
)


def best(target: Target) -> list[Protocol]:
    """The versions to keep: TLS 1.2 and 1.3, or TLS 1.0 where the target has nothing better."""
    known = available_protocols(target)
    return sorted(protocol for protocol in known if not protocol.is_weak) or [Protocol.TLS1]


def without_weak(directive: Directive, target: Target) -> tuple[Edit, ...]:
    """The edits that leave a directive's good versions alone, in its author's style; none where that can't be done.

    Weak words are taken out, or minus words added to `all`; where neither gives exactly the good
    versions of the line, the line says what is good.
    """
    words = directive.values
    enabled = switch_on(words, target)
    good = best(target)
    kept = {protocol for protocol in enabled if protocol in good}
    weak = [protocol for protocol in enabled if protocol not in good]
    if not weak or not stands_as_written(directive):
        return ()
    arguments = directive.arguments
    guilty = {index for protocol, index in enabled.items() if protocol in weak}
    shorter = [word for index, word in enumerate(words) if index not in guilty]
    if kept and switch_on(shorter, target).keys() == kept:
        return without(directive, guilty)
    longer = [*words, *(f"-{protocol.word}" for protocol in weak)]
    if kept and switch_on(longer, target).keys() == kept:
        end = arguments[-1].span.end
        added = "".join(f" -{protocol.word}" for protocol in weak)
        return (Edit(directive.source, Span(end, end), added),)
    if not on_one_line(directive):
        return ()
    return (replace(all_arguments(directive), explicit(kept or good)),)


def without(directive: Directive, indexes: Collection[int]) -> tuple[Edit, ...]:
    """Take words out, each with the blanks before it (of the first words, behind them)."""
    arguments, text = directive.arguments, directive.source.text
    edits = []
    leading = next(index for index in range(len(arguments) + 1) if index not in indexes)
    for index in sorted(indexes):
        start, end = arguments[index].span
        if index >= leading:
            before = arguments[index - 1].span.end
            start = before if not text[before:start].strip(" \t") else start
        elif index + 1 < len(arguments):
            after = arguments[index + 1].span.start
            end = after if not text[end:after].strip(" \t") else end
        edits.append(Edit(directive.source, Span(start, end), ""))
    return tuple(edits)


def on_one_line(directive: Directive) -> bool:
    """Whether no word stands on another line than the others."""
    arguments, source = directive.arguments, directive.source
    return source.line(arguments[0].span.start) == source.line(arguments[-1].span.end)


def stands_as_written(directive: Directive) -> bool:
    """Whether every word stands in the source itself, not in a variable or a macro's argument."""
    arguments = directive.arguments
    return bool(arguments) and all(argument.stands for argument in arguments)
