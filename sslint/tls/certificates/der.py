"""As much of DER (X.690) as parameters in a certificate file take."""

from __future__ import annotations

from typing import NamedTuple

SEQUENCE, INTEGER, BITS, OBJECT = 0x30, 0x02, 0x03, 0x06

_CURVES = {
    "2a8648ce3d030107": "P-256", "2b81040022": "P-384", "2b81040023": "P-521", "2b8104000a": "secp256k1",
    "2b81040021": "P-224", "2a8648ce3d030101": "P-192", "2b2403030208010107": "brainpoolP256r1",
    "2b240303020801010b": "brainpoolP384r1", "2b240303020801010d": "brainpoolP512r1",
}  # fmt: skip
_GROUPS = {
    "b52ba6a3026520a6": "RFC 2409 group 1",
    "3f35a3f5f6c4376a": "RFC 2409 group 2",
    "64fcc83ec403930b": "RFC 3526 group 5",
}
"""Well-known small primes by the beginning of their SHA-256."""


class DerError(ValueError):
    """Bytes that are no DER of the expected shape."""


class DhParameters(NamedTuple):
    """Parameters for ephemeral Diffie-Hellman: the size of the prime, and its name where it has one."""

    bits: int
    group: str = ""


def element(data: bytes, start: int = 0) -> tuple[int, bytes, int]:
    """The tag, content and end of the element at an offset. Raises DerError."""
    if start + 2 > len(data):
        raise DerError("not enough data")
    tag, length, begin = data[start], data[start + 1], start + 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4 or begin + count > len(data):
            raise DerError("bad length")
        length, begin = int.from_bytes(data[begin : begin + count], "big"), begin + count
    if begin + length > len(data):
        raise DerError("not enough data")
    return tag, data[begin : begin + length], begin + length


def first(data: bytes) -> bytes:
    """The first element alone: of a trusted certificate, the certificate. Raises DerError unless it is a sequence."""
    tag, _, end = element(data)
    if tag != SEQUENCE:
        raise DerError("wrong tag")
    return data[:end]


def members(data: bytes) -> list[int]:
    """The tags in a sequence. Raises DerError."""
    tag, content, _ = element(data)
    if tag != SEQUENCE:
        raise DerError("wrong tag")
    tags, place = [], 0
    while place < len(content):
        tag, _, place = element(content, place)
        tags.append(tag)
    return tags


def dh_parameters(data: bytes) -> DhParameters:
    """The parameters in a `DH PARAMETERS` block (PKCS #3, X9.42). Raises DerError."""
    tag, content, _ = element(data)
    if tag != SEQUENCE:
        raise DerError("wrong tag")
    tag, number, _ = element(content)
    if tag != INTEGER:
        raise DerError("wrong tag")
    import hashlib

    prime = number.lstrip(b"\0")
    name = _GROUPS.get(hashlib.sha256(prime).hexdigest()[:16], "")
    return DhParameters(int.from_bytes(prime, "big").bit_length(), name)


def curve(data: bytes) -> str:
    """The curve that an `EC PARAMETERS` block names; its object identifier in hex where it has no usual name."""
    tag, content, _ = element(data)
    if tag != OBJECT:
        raise DerError("the curve has no name")
    return _CURVES.get(content.hex(), content.hex())
