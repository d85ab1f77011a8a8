"""What OpenSSL makes of cipher strings, cipher suite lists and group lists, version by version."""

from .errors import CipherStringError
from .evaluate import CipherList, Element, evaluate, expand_ciphers
from .levels import PROTOCOLS, usable
from .lists import default_groups, expand_ciphersuites, expand_groups, group_names, tls13_suites
from .modssl import EffectiveString, mod_ssl_string
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
    "group_names",
    "libraries",
    "library",
    "mod_ssl_string",
    "tls13_suites",
    "usable",
    "weaknesses",
]
