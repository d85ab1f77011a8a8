"""The lists beside the cipher string: TLS 1.3 suites, groups, signature algorithms, DH parameters."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from ..configuration.model import Argument, Directive
from ..knowledge.targets import Target
from ..knowledge.versions import HttpdVersion
from ..server import Default, Inherited, Origin, Setting
from .confcmd import Command, last
from .protocols import series

if TYPE_CHECKING:
    from ..openssl import Library, Suite

FIRST_DH_BY_KEY_SIZE = HttpdVersion(2, 4, 7)
_DH_STEPS = ((192, 8192), (152, 4096), (128, 3072), (112, 2048), (0, 1024))
_RSA_STRENGTH = ((15360, 256), (7680, 192), (6144, 176), (4096, 152), (3072, 128), (2048, 112), (1024, 80), (0, 56))


_AUTOMATIC = (
    "P-256", "P-521", "brainpoolP512r1", "brainpoolP384r1", "P-384", "brainpoolP256r1", "secp256k1",
    "B-571", "K-571", "K-409", "B-409", "K-283", "B-283",
)  # fmt: skip
"""What OpenSSL 1.0.2 chooses from when mod_ssl leaves the choice to it (eccurves_auto in ssl/t1_lib.c)."""


class Tls13Setting(NamedTuple):
    """The TLS 1.3 suites, in order. `value` is the list as written, None for the library's default.

    `error` says why the library refuses the list: the server then does not start (AH10127).
    """

    value: str | None
    argument: Argument | None
    directive: Directive | None
    suites: tuple[Suite, ...]
    error: str = ""


class GroupSetting(NamedTuple):
    """The groups for key exchange, in order, by their shortest usual names.

    `value` is the list as written, None for the library's default. `origin` is Inherited where the
    default host of the address decides: the library takes the groups over before a name is known.
    `unheeded` is a list of the host's own that therefore counts for nothing.
    """

    value: str | None
    origin: Origin
    names: tuple[str, ...]
    error: str = ""
    unheeded: Command | None = None

    @property
    def directive(self) -> Directive | None:
        """The directive that names them."""
        if isinstance(self.origin, Inherited):
            return self.origin.directive
        return self.origin if isinstance(self.origin, Directive) else None


class ListSetting(NamedTuple):
    """A list that a command sets; `value` is None where nothing does."""

    value: str | None
    directive: Directive | None


class DhSetting(NamedTuple):
    """The parameters for ephemeral Diffie-Hellman. `bits` is None where they follow a key that was not read."""

    bits: int | None
    why: str
    directive: Directive | None = None


def tls13_setting(chosen: Setting[tuple[Argument, ...]], found: list[Command], build: Library | None) -> Tls13Setting:
    """The TLS 1.3 suites in force: `Ciphersuites`, else SSLCipherSuite TLSv1.3, else the default."""
    command = last(found, "Ciphersuites")
    argument = command.argument if command else chosen.value[-1] if chosen.value else None
    directive = command.directive if command else chosen.directive
    if build is None or not build.tls13_default:
        return Tls13Setting(None, None, None, ())
    value = argument.value if argument is not None else None
    suites, error = tls13_list(value, build)
    return Tls13Setting(value, argument, directive, suites, error)


@functools.lru_cache(maxsize=256)
def tls13_list(value: str | None, build: Library) -> tuple[tuple[Suite, ...], str]:
    """The suites of a list, or why the library refuses it."""
    from ..openssl import CipherStringError, expand_ciphersuites, tls13_suites

    known = tls13_suites(build)
    try:
        names = build.tls13_default if value is None else expand_ciphersuites(value, build)
    except CipherStringError as error:
        return (), str(error)
    return tuple(known[name] for name in names), ""


def group_setting(found: list[Command], build: Library | None, target: Target) -> GroupSetting:
    """The groups that one context is given: the last `Groups` (or `Curves`, `ECDHParameters`), else the default."""
    command = last(found, "Groups", "ECDHParameters")
    if command is not None and _is_automatic(command):
        command = None
    origin: Origin = command.directive if command else Default(f"OpenSSL {target.openssl}")
    if build is None:
        return GroupSetting(command.value if command else None, origin, ())
    names, error = group_list(command.value if command else None, build)
    return GroupSetting(command.value if command else None, origin, names, error)


def _is_automatic(command: Command) -> bool:
    """Whether it leaves the choice to the library (cmd_ECDHParameters in ssl/ssl_conf.c)."""
    return command.name == "ECDHParameters" and command.value.lower().endswith(("auto", "automatic"))


@functools.lru_cache(maxsize=256)
def group_list(value: str | None, build: Library) -> tuple[tuple[str, ...], str]:
    """The groups of a list, or why the library refuses it. Before 1.0.2 there is P-256 alone, then a choice."""
    from ..openssl import CipherStringError, default_groups, expand_groups, group_names
    from ..openssl.lists import SAME_GROUP

    if series(build.series) < (1, 0, 2):
        return ("P-256",), ""
    try:
        if value is not None:
            return expand_groups(value, build), ""
    except CipherStringError as error:
        return (), str(error)
    built = {SAME_GROUP.get(name, name) for name in group_names(build)}
    return default_groups(build) or tuple(name for name in _AUTOMATIC if name in built), ""


def expand_group_list(value: str, target: Target) -> tuple[str, ...]:
    """The groups that a list stands for in the target's library; empty where it refuses the list."""
    from .suites import target_library

    build = target_library(target)
    return group_list(value, build)[0] if build is not None else ()


def dh_setting(
    target: Target,
    level: int,
    found: list[Command],
    in_certificate: int | None,
    rsa_bits: int | None,
    commanded: int | None = None,
) -> DhSetting:
    """The DH parameters in force.

    `in_certificate` are the bits of parameters in the first certificate file, `commanded` those of the
    file that the command DHParameters names, `rsa_bits` those of the RSA key; None where there are none,
    or where that is not known. `ssl_init_server_certs` and `modssl_get_dh_params` of mod_ssl;
    `ssl_get_auto_dh` of OpenSSL, which from 3.0 on is in force unless there are parameters in the
    certificate file, and then takes no notice of the command.
    """
    from ..openssl.levels import MINIMUM_BITS

    command = last(found, "DHParameters")
    minimum = MINIMUM_BITS[level]
    accepted = in_certificate is not None and strength(in_certificate) >= minimum
    if command is not None and (accepted or series(target.openssl) < (3, 0, 0)):
        why = "those of the file that SSLOpenSSLConfCmd DHParameters names"
        return DhSetting(commanded, why, command.directive)
    if accepted:
        return DhSetting(in_certificate, "those in the first certificate file")
    if target.httpd < FIRST_DH_BY_KEY_SIZE:
        return DhSetting(1024, f"built into httpd {target.httpd}")
    if rsa_bits is None:
        return DhSetting(None, "as strong as the server's RSA key")
    wanted = max(strength(rsa_bits), minimum)
    return DhSetting(next(bits for least, bits in _DH_STEPS if wanted >= least), f"for an RSA key of {rsa_bits} bits")


def strength(bits: int) -> int:
    """The security of an RSA key or of DH parameters in bits (NIST SP 800-57 part 1, table 2; BN_security_bits)."""
    return next(strong for least, strong in _RSA_STRENGTH if bits >= least)
