"""A cipher suite as OpenSSL describes it."""

from __future__ import annotations

from typing import NamedTuple

_EPHEMERAL = {"DH", "ECDH", "DHEPSK", "ECDHEPSK", "any"}


class Suite(NamedTuple):
    """One suite of one build, with the columns of `openssl ciphers -v`.

    `name` is OpenSSL's; SSLv2's suites are marked `NAME@SSLv2`, as some share their name with a
    later one. `protocol` is the version that introduced the suite: `SSLv2`, `SSLv3`, `TLSv1`,
    `TLSv1.2`, `TLSv1.3`. `kx` is `DH` and `ECDH` for ephemeral, `DH/RSA`, `ECDH/ECDSA` … for
    static keys, `RSA(512)`, `DH(512)` for export. `au` and `enc` are `None` (the text) without.
    `strength_bits` is what the library reckons with, `alg_bits` the length of the key. `classes`
    are LOW, MEDIUM, HIGH, FIPS, EXPORT …
    """

    name: str
    iana: str
    hex: str
    protocol: str
    kx: str
    au: str
    enc: str
    mac: str
    strength_bits: int
    alg_bits: int
    export: bool
    classes: tuple[str, ...]

    @property
    def openssl_name(self) -> str:
        """The name as it is written in a cipher string."""
        return self.name.partition("@")[0]

    @property
    def key_exchange(self) -> str:
        """`kx` without the key length of export suites."""
        return self.kx.partition("(")[0]

    @property
    def cipher(self) -> str:
        """`enc` without the key length."""
        return self.enc.partition("(")[0]

    @property
    def forward_secret(self) -> bool:
        """Whether the key exchange is ephemeral."""
        return self.key_exchange in _EPHEMERAL

    @property
    def aead(self) -> bool:
        """Whether encryption and integrity are one (GCM, CCM, ChaCha20-Poly1305)."""
        return self.mac == "AEAD"

    @property
    def cbc(self) -> bool:
        """Whether a block cipher runs in CBC mode."""
        return not self.aead and self.cipher not in {"None", "RC4"}
