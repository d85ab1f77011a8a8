"""The ClientHello that a client of `grammar/clients.txt` sends, written anew from what is known of it."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from sslint.tls import Protocol
from sslint.tls.clients import Client

from .hello import GROUPS, VERSIONS, sized

_NUMBERS = {
    **GROUPS,
    "K-163": 1, "sect163r1": 2, "B-163": 3, "sect193r1": 4, "sect193r2": 5, "K-233": 6, "B-233": 7, "sect239k1": 8,
    "K-283": 9, "B-283": 10, "K-409": 11, "B-409": 12, "K-571": 13, "B-571": 14, "secp160k1": 15, "secp160r1": 16,
    "secp160r2": 17, "curveSM2": 41, "SecP256r1MLKEM768": 4587, "X25519MLKEM768": 4588, "curveSM2MLKEM768": 4590,
}  # fmt: skip
"""IANA's registry of supported groups."""
_BASE_POINT = bytes.fromhex(
    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
)
_X25519 = b"\x09".ljust(32, b"\0")
_SHARES = {"X25519": _X25519, "P-256": _BASE_POINT, "X25519MLKEM768": bytes(1184) + _X25519}
_SNI, _GROUPS, _FORMATS, _SIGNING, _SUPPORTED, _SHARE = 0, 10, 11, 13, 43, 51


def hello(client: Client, name: str) -> bytes:
    """The record with the ClientHello of a client that asks for a name."""
    legacy = min(VERSIONS[client.highest.word], 0x303)
    suites = [int(number, 16) for number in client.ciphers]
    if client.begins_with_sslv2:
        specs = b"".join(struct.pack(">BH", 0, suite) for suite in suites)
        body = b"\x01" + struct.pack(">HHHH", legacy, len(specs), 0, 32) + specs + bytes(range(32))
        return struct.pack(">H", 0x8000 | len(body)) + body
    listed = b"".join(struct.pack(">H", suite) for suite in suites)
    body = struct.pack(">H", legacy) + bytes(range(32)) + b"\0" + sized(listed) + b"\x01\0"
    extensions = b"".join(struct.pack(">H", kind) + sized(data) for kind, data in _extensions(client, name))
    body += sized(extensions) if extensions else b""
    return struct.pack(">BH", 22, min(legacy, 0x301)) + sized(b"\x01" + sized(body, 3))


def _extensions(client: Client, name: str) -> Iterator[tuple[int, bytes]]:
    if client.names_host:
        yield _SNI, sized(b"\0" + sized(name.encode()))
    if client.groups:
        yield _GROUPS, sized(_packed(_NUMBERS[group] for group in client.groups))
        yield _FORMATS, b"\x01\0"
    if client.signature_algorithms:
        yield _SIGNING, sized(_packed(int(number, 16) for number in client.signature_algorithms))
    if client.highest is Protocol.TLS1_3:
        versions = [one for one in reversed(Protocol) if client.lowest <= one <= client.highest]
        yield _SUPPORTED, sized(_packed(VERSIONS[one.word] for one in versions), 1)
        shares = (struct.pack(">H", _NUMBERS[group]) + sized(_SHARES[group]) for group in client.key_shares)
        yield _SHARE, sized(b"".join(shares))


def _packed(numbers: Iterator[int]) -> bytes:
    return b"".join(struct.pack(">H", number) for number in numbers)
