"""The cipher suites of a host: the string in force, what it selects, and what a handshake can use."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..configuration.model import Argument, Directive
from ..knowledge.targets import Target
from ..server import Default, Setting, Unknown
from ..text import Span
from .confcmd import Command, commands, last
from .protocols import Protocol, series

if TYPE_CHECKING:
    from ..openssl import CipherList, EffectiveString, Element, Library, Suite, Weakness

KEY_TYPES = frozenset({"RSA", "ECDSA", "DSS", "ECDH"})
"""What a server may have keys for as long as nobody looks into its certificates."""
_NEEDS_LEGACY_PROVIDER = frozenset({"IDEA", "SEED"})
_WITHOUT_IDEA = ("debian-", "ubuntu-")
"""Distributions that build OpenSSL with `no-idea`."""
_ADDITION_APPLIES_TO_COMMAND = (2, 4, 17)
_SYSTEM = "PROFILE=SYSTEM"
"""What the distributions with a system-wide policy also put in the place of a missing SSLCipherSuite."""


class CipherSetting(NamedTuple):
    """The cipher string for TLS 1.2 and older.

    `value` is what the administrator wrote, None for the default; `argument` its place in
    `directive`. `effective` is what mod_ssl hands to the library. `selected` is what the library
    makes of it, None when it refuses the string, with the reason in `error`.
    """

    value: str | None
    argument: Argument | None
    directive: Directive | None
    setting: Setting[tuple[Argument, ...]]
    effective: EffectiveString | None
    selected: CipherList | None
    error: str = ""

    @property
    def known(self) -> bool:
        """Whether it depends on nothing outside what was read."""
        return self.argument is not None or not isinstance(self.setting.origin, Unknown)

    @property
    def text(self) -> str:
        """The string that is in force in the library."""
        if self.effective is not None:
            return self.effective.text
        return self.selected.library.default_string if self.selected else ""

    @property
    def security_level(self) -> int | None:
        """The level that the string sets."""
        return self.selected.security_level if self.selected else None

    def element(self, suite: Suite) -> Element | None:
        """The element of the administrator's string that brought a suite in; None if mod_ssl or a default did."""
        if self.selected is None or self.effective is None:
            return None
        found = self.selected.origin(suite)
        if found is None or not self.effective.start <= found.start < self.effective.end:
            return None
        return found

    def place(self, element: Element) -> Span | None:
        """Where an element stands in the source; of quoted or replaced text, where that can be told."""
        argument, directive, effective = self.argument, self.directive, self.effective
        if argument is None or directive is None or effective is None:
            return None
        word = argument.word
        quotes = 2 * len(word.quote) if word.closed else len(word.quote)
        written = effective.text[effective.start : effective.end] == word.value
        if not written or word.end - word.start != len(word.value) + quotes:
            return argument.span
        offset = word.start + len(word.quote) - effective.start
        return directive.place(offset + element.start, offset + min(element.end, effective.end))


class OfferedSuite(NamedTuple):
    """A suite that some client can get, with the protocol versions that it can get it with."""

    suite: Suite
    protocols: tuple[Protocol, ...]

    @property
    def weaknesses(self) -> tuple[Weakness, ...]:
        """What is wrong with it, gravest first."""
        from ..openssl import weaknesses

        return weaknesses(self.suite)


@functools.lru_cache(maxsize=64)
def library_of(openssl: str, preset: str) -> Library | None:
    """The build that comes nearest to a target's; None for a version that nobody measured."""
    from ..openssl import libraries, library

    near = [name for name in libraries() if name.startswith(openssl) and name.endswith(preset.replace("-", ""))]
    try:
        return library(near[0] if near else openssl)
    except ValueError:
        return None


def target_library(target: Target) -> Library | None:
    """The build that a target's OpenSSL is taken for."""
    return library_of(target.openssl, target.preset)


def default_level(target: Target) -> int:
    """The security level when no cipher string sets one; 0 before OpenSSL 1.1.0, which has none."""
    if series(target.openssl) < (1, 1, 0):
        return 0
    build = target_library(target)
    if target.security_level is None and target.preset == "upstream" and build and build.default_security_level:
        return build.default_security_level
    return target.effective_security_level


def cipher_setting(setting: Setting[tuple[Argument, ...]], found: Sequence[Command], target: Target) -> CipherSetting:
    """The cipher string in force: that of the last CipherString, else that of SSLCipherSuite, else the default."""
    argument = next((one for one in reversed(setting.value or ()) if one.value), None)
    directive = setting.directive
    command = last(found, "CipherString")
    build = target_library(target)
    if build is None:
        return CipherSetting(None, argument, directive, setting, None, None)
    if command is not None:
        argument, directive = command.argument, command.directive
    value = argument.value if argument is not None else None
    effective = handed_over(value, target, build, by_command=command is not None)
    text = effective.text if effective is not None else build.default_string
    selected, error = evaluated(text, build)
    return CipherSetting(value, argument, directive, setting, effective, selected, error)


def handed_over(value: str | None, target: Target, build: Library, *, by_command: bool) -> EffectiveString | None:
    """What mod_ssl hands to the library for a cipher string, or for none; None where it hands over nothing.

    `by_command` tells that the string is SSLOpenSSLConfCmd's, which has additions from 2.4.17 on.
    """
    from ..openssl import EffectiveString, mod_ssl_string

    version = (target.httpd.major, target.httpd.minor, target.httpd.patch)
    if by_command and value is not None and version < _ADDITION_APPLIES_TO_COMMAND:
        effective: EffectiveString | None = EffectiveString(value, 0, len(value))
    else:
        default = _SYSTEM if target.system_ciphers else build.default_string
        effective = mod_ssl_string(value, version, default)
    return _with_policy(effective, target.system_ciphers)


def cipher_line(directive: Directive, target: Target) -> CipherSetting | None:
    """What one line that holds a cipher string for TLS 1.2 and older comes to, whether or not it is in force.

    That is SSLCipherSuite and SSLProxyCipherSuite without `TLSv1.3`, and the command CipherString;
    None for any other line.
    """
    arguments = tuple(directive.arguments)
    found = commands([directive]) if directive.key == "sslopensslconfcmd" else []
    if directive.key in ("sslciphersuite", "sslproxyciphersuite"):
        words = [one.value for one in arguments if one.value]
        plain = len(words) == 1 or (len(words) == 2 and words[0] == "SSL")
        return cipher_setting(Setting(arguments, directive), (), target) if plain else None
    if not found or found[0].name != "CipherString":
        return None
    return cipher_setting(Setting(None, Default("")), found, target)


def _with_policy(effective: EffectiveString | None, policy: str | None) -> EffectiveString | None:
    """The string with the system's list in the place of `PROFILE=SYSTEM` (load_system_str of Red Hat's patch)."""
    if effective is None or policy is None or not effective.text.startswith(_SYSTEM):
        return effective
    longer = len(policy) - len(_SYSTEM)
    text = policy + effective.text[len(_SYSTEM) :]
    return effective._replace(text=text, end=effective.end + longer)


@functools.lru_cache(maxsize=1024)
def evaluated(text: str, build: Library) -> tuple[CipherList | None, str]:
    """What the library makes of a whole string, or why it refuses it."""
    from ..openssl import CipherStringError, evaluate

    try:
        return evaluate(text, build), ""
    except CipherStringError as error:
        return None, str(error)


def missing_ciphers(target: Target) -> frozenset[str]:
    """Ciphers that tables list, but the target's library does without."""
    if series(target.openssl) >= (3, 0, 0):
        return _NEEDS_LEGACY_PROVIDER
    return frozenset({"IDEA"} if target.preset.startswith(_WITHOUT_IDEA) else ())


@functools.lru_cache(maxsize=1024)
def listed(
    text: str,
    build: Library,
    protocol: Protocol,
    level: int,
    keys: frozenset[str],
    missing: frozenset[str],
    client: bool = False,
) -> tuple[Suite, ...]:
    """The suites of a whole string that handshakes of a version can use, in the list's order.

    `keys` are what the server can authenticate with, as `usable` takes them; `missing` are ciphers
    that the target's library does without; see `missing_ciphers`.
    """
    from ..openssl import usable

    selected = evaluated(text, build)[0]
    if selected is None:
        return ()
    effective = None if build.default_security_level is None else level
    suites = usable(build, selected.suites, protocol.word, effective, keys, client=client)
    return tuple(suite for suite in suites if suite.cipher not in missing)


def with_value(value: str, target: Target) -> CipherList | None:
    """What SSLCipherSuite with another value would select; None where the library refuses it."""
    build = target_library(target)
    if build is None:
        return None
    from ..openssl import mod_ssl_string

    version = (target.httpd.major, target.httpd.minor, target.httpd.patch)
    effective = mod_ssl_string(value, version, build.default_string)
    return evaluated(effective.text, build)[0] if effective is not None else None
