"""SSLOpenSSLConfCmd: library settings that mod_ssl applies after all others.

Sources: `ssl_cmd_SSLOpenSSLConfCmd`, `ssl_init_server_ctx` of mod_ssl; OpenSSL's ssl/ssl_conf.c.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..configuration.model import Argument, Directive

_NAMES = {
    name.lower(): name
    for name in (
        "CipherString Ciphersuites ClientSignatureAlgorithms DHParameters ECDHParameters Groups MaxProtocol "
        "MinProtocol NumTickets Options Protocol RecordPadding SignatureAlgorithms VerifyMode"
    ).split()
} | {"curves": "Groups"}


class Command(NamedTuple):
    """One command with its value."""

    name: str
    value: str
    argument: Argument
    directive: Directive


def commands(directives: Iterable[Directive]) -> list[Command]:
    """The commands that have a say in a handshake, in the order in which they are applied."""
    found = []
    for directive in directives:
        arguments = directive.arguments
        name = _NAMES.get(arguments[0].value.lower()) if len(arguments) == 2 else None
        if name is not None:
            found.append(Command(name, arguments[1].value, arguments[1], directive))
    return found


def last(found: Iterable[Command], *names: str) -> Command | None:
    """The command of a name (or one of several) that is applied last."""
    result = None
    for command in found:
        if command.name in names:
            result = command
    return result


def signed_words(value: str) -> list[tuple[bool, str]]:
    """The words of a list such as `-TLSv1.3, +TLSv1.2`, each with whether it switches on."""
    words = (word.strip() for word in value.split(","))
    return [(not word.startswith("-"), word.lstrip("+-")) for word in words if word]
