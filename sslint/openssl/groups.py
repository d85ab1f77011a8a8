"""Which groups a handshake can use: by protocol version and security level."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .dialect import number
from .levels import MINIMUM_BITS

if TYPE_CHECKING:
    from .tables import Library

_BITS = {
    "X25519": 128, "X448": 224, "P-192": 80, "P-224": 112, "P-256": 128, "P-384": 192, "P-521": 256,
    "ffdhe2048": 112, "ffdhe3072": 128, "ffdhe4096": 128, "ffdhe6144": 128, "ffdhe8192": 192,
    "MLKEM512": 128, "MLKEM768": 192, "MLKEM1024": 256, "X25519MLKEM768": 192, "SecP256r1MLKEM768": 192,
    "SecP384r1MLKEM1024": 256, "curveSM2": 128, "curveSM2MLKEM768": 192,
}  # fmt: skip
"""Security bits where the name does not tell (providers/common/capabilities.c)."""
_BY_SIZE = ((512, 256), (384, 192), (256, 128), (224, 112), (0, 80))
_ONLY_TLS13 = re.compile(r"ffdhe|.*MLKEM|brainpool.*tls13|curveSM2")
_BOTH = frozenset({"X25519", "X448", "P-256", "P-384", "P-521"})


def group_bits(name: str) -> int:
    """The strength of a group in bits of security (NIST SP 800-57 part 1, table 2), by its shortest usual name."""
    if name in _BITS:
        return _BITS[name]
    digits = re.search(r"\d{3}", name)
    size = int(digits.group()) if digits else 0
    return next(bits for least, bits in _BY_SIZE if size >= least)


def usable_groups(names: Iterable[str], library: Library, protocol: str, level: int) -> tuple[str, ...]:
    """The groups of a list that a handshake of a version can use at a security level, in the same order.

    TLS 1.3 has a fixed set (RFC 8446 4.2.7, RFC 8734), which OpenSSL 3.0 on enforces; finite fields and
    ML-KEM are for it alone. tls_valid_group and tls_group_allowed in ssl/t1_lib.c.
    """
    minimum = MINIMUM_BITS[level] if library.default_security_level is not None else 0
    return tuple(name for name in names if group_bits(name) >= minimum and _speaks(name, library, protocol))


def _speaks(name: str, library: Library, protocol: str) -> bool:
    only_tls13 = _ONLY_TLS13.match(name) is not None
    if protocol != "TLSv1.3":
        return not only_tls13
    return only_tls13 or name in _BOTH or number(library.series) < (3,)
