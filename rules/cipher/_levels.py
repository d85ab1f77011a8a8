"""The security level that a line's cipher string sets."""

from __future__ import annotations

from typing import NamedTuple

from sslint.api import Context, Directive, Edit, Fix, Span, Spot, part, with_value

from ._elements import SEPARATORS


class Level(NamedTuple):
    """A level, where a string sets it: `@SECLEVEL=1`."""

    number: int
    spot: Spot

    def without(self, context: Context) -> Fix | None:
        """The fix that takes it out with the separator before it, where it stands in the source as it is read."""
        text, (start, end) = self.spot.source.text, self.spot.span
        if text[start:end].upper() != f"@SECLEVEL={self.number}":
            return None
        start -= text[start - 1] in SEPARATORS.strip()
        return context.fix("leave the library's level alone", Edit(self.spot.source, Span(start, end), ""))


def level_set(directive: Directive, context: Context) -> Level | None:
    """The level that a string sets last; None where it sets none or the library knows no levels."""
    arguments = directive.arguments
    if not arguments or "SECLEVEL" not in directive.text.upper():
        return None
    if directive.key == "sslopensslconfcmd" and arguments[0].value.lower() != "cipherstring":
        return None
    argument = arguments[-1]
    selected = with_value(argument.value, context.target)
    if selected is None or selected.library.default_security_level is None or selected.security_level is None:
        return None
    word = f"@SECLEVEL={selected.security_level}"
    at = argument.value.upper().rfind(word)
    return Level(selected.security_level, part(directive, argument, at, at + len(word)))
