"""Files that nobody but the server may read: private keys and session ticket keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...files import ReadError
from ...server import Server, VirtualHost
from .backend import machine_certificate
from .credentials import credentials
from .store import Named, named, store


class Secret(NamedTuple):
    """A file with a secret in the clear; `what` names that secret for people."""

    file: Named
    what: str


def secrets(server: Server) -> list[Secret]:
    """The secrets that could be read, each file once: private keys without a pass phrase, ticket keys."""
    found: dict[str, Secret] = {}
    for host in server.hosts:
        if host.engine.value is True:
            for one in _of_host(host):
                found.setdefault(one.file.path or "", one)
        file = machine_certificate(host)
        if file is not None and store(server).holds_plain_key(file.path):
            found.setdefault(file.path or "", Secret(file, "private key"))
    return list(found.values())


def _of_host(host: VirtualHost) -> Iterator[Secret]:
    """Those of a host's own handshakes."""
    for pair in credentials(host).pairs:
        if pair.key is not None and not pair.key.encrypted and pair.key_file is not None:
            yield Secret(pair.key_file, "private key")
    ticket = host.winner("sslsessionticketkeyfile")
    if ticket is not None and ticket.values:
        file = named(ticket, host.server)
        try:
            if file.path is not None and host.server.material.read(file.path):
                yield Secret(file, "session ticket key")
        except ReadError:
            pass
