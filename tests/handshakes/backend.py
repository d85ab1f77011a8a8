"""A backend that hears what httpd says to it as a TLS client, and hangs up."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from .hello import GROUPS, VERSIONS, extensions_of

_SCSV = 0x00FF
"""A suite that is none: TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 3.3)."""
_GROUPS, _SUPPORTED, _SNI = 10, 43, 0


class Heard(NamedTuple):
    """A ClientHello: versions, suites by number in order, groups by name in order, and the host's name."""

    versions: tuple[str, ...]
    suites: tuple[int, ...]
    groups: tuple[str, ...]
    name: str


class Backend:
    """Listens on a port of 127.0.0.1; `ask` has httpd connect to it."""

    def __init__(self, listener: socket.socket) -> None:
        self.port: int = listener.getsockname()[1]
        self._listener = listener
        self._heard: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection = self._listener.accept()[0]
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                self._heard.append(_record(connection))

    def ask(self, port: int, host: str) -> Heard | None:
        """What httpd says when somebody asks one of its hosts for a page; None where it says nothing."""
        self._heard.clear()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/", headers={"Host": host})
        connection.getresponse().read()
        connection.close()
        return _parsed(self._heard[0]) if self._heard and self._heard[0] else None


@contextmanager
def backend() -> Iterator[Backend]:
    """A backend as long as the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield Backend(listener)


def _record(connection: socket.socket) -> bytes:
    """The payload of the first record."""
    data = b""
    try:
        while len(data) < 5 or len(data) < 5 + int.from_bytes(data[3:5], "big"):
            piece = connection.recv(4096)
            if not piece:
                return b""
            data += piece
    except OSError:
        return b""
    return data[5:]


def _parsed(message: bytes) -> Heard:
    """A ClientHello taken apart (RFC 8446 4.1.2)."""
    body = message[4:]
    start = 35 + body[34]
    end = start + 2 + int.from_bytes(body[start : start + 2], "big")
    suites = tuple(number for (number,) in struct.iter_unpack(">H", body[start + 2 : end]) if number != _SCSV)
    found = dict(extensions_of(body[end + 1 + body[end] + 2 :]))
    names = {number: name for name, number in VERSIONS.items()}
    supported = [number for (number,) in struct.iter_unpack(">H", found.get(_SUPPORTED, b"\0")[1:])]
    versions = tuple(names[number] for number in supported or [int.from_bytes(body[:2], "big")])
    known = {number: name for name, number in GROUPS.items()}
    groups = tuple(known[number] for (number,) in struct.iter_unpack(">H", found.get(_GROUPS, b"\0\0")[2:]))
    return Heard(versions, suites, groups, found.get(_SNI, b"\0" * 5)[5:].decode())
