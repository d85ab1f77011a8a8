"""The security level that a line's cipher string sets."""

from __future__ import annotations

from sslint.api import Context, Directive, Place, with_value

from ._elements import part


def level_set(directive: Directive, context: Context) -> tuple[int, Place] | None:
    """The level with its place in the string; None where the string sets none or the library knows no levels."""
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
    return selected.security_level, part(directive, argument, at, at + len(word))
