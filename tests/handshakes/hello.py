"""A TLS client that says ClientHello, and hears what the server chooses before any key is used.

A ClientHello is a few hundred bytes of plain text, and so is the answer: ServerHello names version,
suite and, in TLS 1.3, the group (RFC 8446 4.1.3); ServerKeyExchange names the group or carries the
DH parameters in older versions (RFC 8422 5.4, RFC 5246 7.4.3). The client needs no cryptography,
speaks every version and suite, and asks a hundred times in the time of a few full handshakes.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

VERSIONS: Mapping[str, int] = {"SSLv3": 0x300, "TLSv1": 0x301, "TLSv1.1": 0x302, "TLSv1.2": 0x303, "TLSv1.3": 0x304}
GROUPS: Mapping[str, int] = {
    "secp192k1": 18, "P-192": 19, "secp224k1": 20, "P-224": 21, "secp256k1": 22, "P-256": 23, "P-384": 24, "P-521": 25,
    "brainpoolP256r1": 26, "brainpoolP384r1": 27, "brainpoolP512r1": 28, "X25519": 29, "X448": 30,
    "ffdhe2048": 256, "ffdhe3072": 257, "ffdhe4096": 258, "ffdhe6144": 259, "ffdhe8192": 260,
}  # fmt: skip
"""The groups that the server may know, by OpenSSL's names, with their numbers (IANA's registry)."""

SRP_USER = "user"
"""The name that clients give for SRP (RFC 5054 2.8.1)."""
_SIGNATURES = (
    0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B, 0x0401, 0x0501, 0x0601,
    0x0402, 0x0502, 0x0602, 0x0303, 0x0301, 0x0302, 0x0203, 0x0201, 0x0202,
)  # fmt: skip
_POINTS = {
    "P-256": "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
    "P-384": "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7"
    "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
    "P-521": "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de33"
    "48b3c1856a429bf97e7e31c2e5bd66"
    "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad076135"
    "3c7086a272c24088be94769fd16650",
}
"""The base points: the public keys that belong to the private key 1 (SEC 2, sections 2.4 to 2.6)."""
_RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
"""The random of a ServerHello that is a HelloRetryRequest (RFC 8446 4.1.3)."""
_CHANGE, _ALERT, _HANDSHAKE, _DATA = 20, 21, 22, 23
_ENCRYPTED_ALERT, _SHORTEST_CERTIFICATE = 19, 200
"""Two bytes, the true kind and the tag of an AEAD; and less than any certificate has."""
_SHORT_TAG = 0x1305
"""TLS_AES_128_CCM_8_SHA256, whose tag has half the length."""
_SERVER_HELLO, _KEY_EXCHANGE, _CERTIFICATE_REQUEST, _DONE = 2, 12, 13, 14
_SNI, _STATUS, _GROUPS, _FORMATS, _SRP, _SIGNING, _TICKET, _SUPPORTED, _SHARE, _RENEGOTIATION = (
    0, 5, 10, 11, 12, 13, 35, 43, 51, 0xFF01
)  # fmt: skip


class Hello(NamedTuple):
    """What a client says: one version, suites by number and groups by name in its order, the host's name.

    `share` is the group of the one key that a client of TLS 1.3 sends along; without one the
    server names the group that it wants.
    """

    version: str
    suites: Sequence[int]
    groups: Sequence[str]
    name: str = ""
    share: str = ""

    def message(self) -> bytes:
        """The record with the ClientHello."""
        legacy = min(VERSIONS[self.version], 0x303)
        suites = b"".join(struct.pack(">H", number) for number in self.suites)
        body = struct.pack(">H", legacy) + bytes(range(32)) + b"\0" + sized(suites) + b"\x01\0"
        if self.version != "SSLv3":
            body += sized(b"".join(struct.pack(">H", kind) + sized(data) for kind, data in self._extensions()))
        return struct.pack(">BH", _HANDSHAKE, min(legacy, 0x301)) + sized(b"\x01" + sized(body, 3))

    def _extensions(self) -> Iterator[tuple[int, bytes]]:
        if self.name:
            yield _SNI, sized(b"\0" + sized(self.name.encode()))
        yield _STATUS, b"\x01\0\0\0\0"
        yield _GROUPS, sized(b"".join(struct.pack(">H", GROUPS[name]) for name in self.groups))
        yield _FORMATS, b"\x01\0"
        if VERSIONS[self.version] >= 0x303:
            yield _SIGNING, sized(b"".join(struct.pack(">H", one) for one in _SIGNATURES))
        if self.version == "TLSv1.3":
            yield _SUPPORTED, sized(struct.pack(">H", VERSIONS[self.version]), 1)
            yield _SHARE, sized(_share(self.share))
        else:
            yield _SRP, sized(SRP_USER.encode(), 1)
            yield _TICKET, b""
            yield _RENEGOTIATION, b"\0"


class Answer(NamedTuple):
    """What the server chose. `version` is None where it refused, with the `alert` (RFC 8446 6.2) if it sent one."""

    version: int | None
    suite: int = 0
    group: str = ""
    dh_bits: int | None = None
    asks_certificate: bool = False
    tickets: bool = False
    staples: bool = False
    alert: int | None = None
    retry: bool = False


def ask(port: int, hello: Hello) -> Answer:
    """Say a ClientHello to a server on 127.0.0.1.

    Raises OSError where there is no server, ValueError where what answers does not speak TLS.
    """
    return say(port, hello.message())


def say(port: int, message: bytes) -> Answer:
    """Say what may be any ClientHello; errors are those of `ask`."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(message)
        return _answer(connection)


def _answer(connection: socket.socket) -> Answer:
    """The answer up to where keys come into play."""
    answer, heard = Answer(None), b""
    while True:
        kind, payload = _record(connection)
        if kind != _HANDSHAKE:
            return answer._replace(version=None, alert=payload[1] if kind == _ALERT else None)
        heard += payload
        while len(heard) >= 4 and len(heard) >= 4 + int.from_bytes(heard[1:4], "big"):
            end = 4 + int.from_bytes(heard[1:4], "big")
            answer = _with_message(answer, heard[0], heard[4:end])
            if answer.version == VERSIONS["TLSv1.3"]:
                return answer if answer.retry or _goes_on(connection, answer.suite) else answer._replace(version=None)
            if heard[0] == _DONE:
                return answer
            heard = heard[end:]


def _goes_on(connection: socket.socket, suite: int) -> bool:
    """Whether more follows a ServerHello of TLS 1.3 than an alert: a certificate is longer."""
    alert = _ENCRYPTED_ALERT - (8 if suite == _SHORT_TAG else 0)
    while True:
        kind, payload = _record(connection)
        if kind not in (_CHANGE, _DATA) or (kind == _DATA and len(payload) == alert):
            return False
        if len(payload) > _SHORTEST_CERTIFICATE:
            return True


def _record(connection: socket.socket) -> tuple[int, bytes]:
    """One record's kind and payload; kind 0 at the end of the connection."""
    head = _exactly(connection, 5)
    if not head:
        return 0, b""
    kind, major, length = head[0], head[1], int.from_bytes(head[3:], "big")
    if kind not in (_CHANGE, _ALERT, _HANDSHAKE, _DATA) or major != 3:
        raise ValueError(f"this is not TLS: {head!r}")
    return kind, _exactly(connection, length)


def _exactly(connection: socket.socket, length: int) -> bytes:
    """So many bytes; none where the other side ends the connection before."""
    data = b""
    while len(data) < length:
        try:
            piece = connection.recv(length - len(data))
        except ConnectionResetError:
            return b""
        if not piece:
            return b""
        data += piece
    return data


def _with_message(answer: Answer, kind: int, body: bytes) -> Answer:
    if kind == _SERVER_HELLO:
        return _server_hello(body)
    if kind == _CERTIFICATE_REQUEST:
        return answer._replace(asks_certificate=True)
    if kind != _KEY_EXCHANGE:
        return answer
    named = {number: name for name, number in GROUPS.items()}
    if body[0] == 3 and int.from_bytes(body[1:3], "big") in named:  # ECCurveType named_curve
        return answer._replace(group=named[int.from_bytes(body[1:3], "big")])
    length = int.from_bytes(body[:2], "big")
    return answer._replace(dh_bits=int.from_bytes(body[2 : 2 + length], "big").bit_length())


def _server_hello(body: bytes) -> Answer:
    version, retry, start = int.from_bytes(body[:2], "big"), body[2:34] == _RETRY, 35 + body[34]
    suite = int.from_bytes(body[start : start + 2], "big")
    found = dict(extensions_of(body[start + 5 :]))
    group = ""
    if _SUPPORTED in found:
        version = int.from_bytes(found[_SUPPORTED], "big")
    if retry or _SHARE in found:
        group = {number: name for name, number in GROUPS.items()}[int.from_bytes(found[_SHARE][:2], "big")]
    return Answer(version, suite, group, tickets=_TICKET in found, staples=_STATUS in found, retry=retry)


def extensions_of(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The extensions of a hello, by number."""
    while data:
        kind, length = struct.unpack(">HH", data[:4])
        yield kind, data[4 : 4 + length]
        data = data[4 + length :]


def _share(name: str) -> bytes:
    """A public key for a group of TLS 1.3 (RFC 8446 4.2.8): its base point or its generator."""
    if not name:
        return b""
    if name in _POINTS:
        key = b"\x04" + bytes.fromhex(_POINTS[name])
    elif name in ("X25519", "X448"):
        key = b"\x09".ljust(32, b"\0") if name == "X25519" else b"\x05".ljust(56, b"\0")
    else:
        key = b"\x02".rjust(int(name[len("ffdhe") :]) // 8, b"\0")
    return struct.pack(">H", GROUPS[name]) + sized(key)


def sized(data: bytes, width: int = 2) -> bytes:
    """Data after its length, in so many bytes."""
    return len(data).to_bytes(width, "big") + data
