"""What OpenSSL makes of cipher strings, cipher suite lists and group lists, version by version."""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know the name
if TYPE_CHECKING:
    from .errors import CipherStringError
    from .groups import group_bits, usable_groups
    from .levels import PROTOCOLS, usable
    from .lists import default_groups, expand_ciphersuites, expand_groups, group_names, tls13_suites
    from .modssl import EffectiveString, mod_ssl_string
    from .selection import CipherList, Element, evaluate, expand_ciphers
    from .suite import Suite
    from .tables import DEFAULT_SERIES, Library, libraries, library
    from .weakness import Weakness, weaknesses

__all__ = [
    "DEFAULT_SERIES",
    "PROTOCOLS",
    "CipherList",
    "CipherStringError",
    "EffectiveString",
    "Element",
    "Library",
    "Suite",
    "Weakness",
    "default_groups",
    "evaluate",
    "expand_ciphers",
    "expand_ciphersuites",
    "expand_groups",
    "group_bits",
    "group_names",
    "libraries",
    "library",
    "mod_ssl_string",
    "tls13_suites",
    "usable",
    "usable_groups",
    "weaknesses",
]

_NAMES = {
    "errors": "CipherStringError",
    "groups": "group_bits usable_groups",
    "selection": "CipherList Element evaluate expand_ciphers",
    "levels": "PROTOCOLS usable",
    "lists": "default_groups expand_ciphersuites expand_groups group_names tls13_suites",
    "modssl": "EffectiveString mod_ssl_string",
    "suite": "Suite",
    "tables": "DEFAULT_SERIES Library libraries library",
    "weakness": "Weakness weaknesses",
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """The names above, imported when somebody asks: a configuration without TLS needs none of them."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = globals()[name] = getattr(importlib.import_module(f".{home}", __name__), name)
    return value
