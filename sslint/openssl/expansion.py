"""A cipher string as a server gives it to a library: what is added, what is selected, what each part is worth."""

from __future__ import annotations

from typing import NamedTuple

from .errors import CipherStringError
from .levels import usable
from .modssl import EffectiveString, mod_ssl_string
from .selection import CipherList, Element, evaluate
from .suite import Suite
from .tables import Library

SYSTEM = "PROFILE=SYSTEM"


class Expansion(NamedTuple):
    """What a library makes of a string.

    `value` is what was written, None for the default; `effective` what the library gets. `httpd` is
    the version whose mod_ssl handed it over, None for the string alone. `level` is the security level
    of handshakes, None before OpenSSL 1.1.0. Where the library refuses the string, `selected` is None
    and `error` tells why.
    """

    value: str | None
    effective: EffectiveString
    library: Library
    httpd: tuple[int, int, int] | None
    level: int | None
    selected: CipherList | None
    error: CipherStringError | None

    @property
    def text(self) -> str:
        """The string that the library gets."""
        return self.effective.text

    @property
    def suites(self) -> tuple[Suite, ...]:
        """The suites that are selected, in order."""
        return self.selected.suites if self.selected is not None else ()

    @property
    def elements(self) -> tuple[Element, ...]:
        """What the parts of the string do; of a refused string as many as were understood."""
        if self.selected is not None:
            return self.selected.elements
        return self.error.elements if self.error is not None else ()

    def is_added(self, element: Element) -> bool:
        """Whether mod_ssl added an element to what was written."""
        return not self.effective.start <= element.start < max(self.effective.end, self.effective.start + 1)

    def usable(self, suites: tuple[Suite, ...], protocol: str) -> tuple[Suite, ...]:
        """Those that a handshake of a version can use at the level."""
        return usable(self.library, suites, protocol, self.level)


def expansion(
    value: str | None,
    library: Library,
    httpd: tuple[int, int, int] | None,
    level: int | None = None,
    policy: str | None = None,
) -> Expansion:
    """Evaluate a value of SSLCipherSuite, or with `httpd` None a string of the library itself.

    `level` is the level where the string sets none, None for the build's. `policy` is what a system-wide
    policy puts in the place of `PROFILE=SYSTEM`, and of a missing value; None where there is none.
    """
    default = library.default_string if policy is None else SYSTEM
    if value is None and httpd is None:
        value = default
    effective = mod_ssl_string(value, httpd, default) if httpd is not None else None
    if effective is None:
        text = default if value is None else value
        effective = EffectiveString(text, 0, len(text))
    if policy is not None and effective.text.startswith(SYSTEM):
        longer = len(policy) - len(SYSTEM)
        effective = effective._replace(text=policy + effective.text[len(SYSTEM) :], end=effective.end + longer)
    try:
        selected = evaluate(effective.text, library)
    except CipherStringError as error:
        return Expansion(value, effective, library, httpd, level, None, error)
    if library.default_security_level is None:
        level = None
    elif selected.security_level is not None:
        level = selected.security_level
    elif level is None:
        level = library.default_security_level
    return Expansion(value, effective, library, httpd, level, selected, None)
