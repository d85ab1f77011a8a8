"""The certificates that a server's hosts use, each once, with its hosts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sslint.api import (
    Certificate,
    Credentials,
    NamedFile,
    Pair,
    Server,
    VirtualHost,
    assumption,
    credentials,
    kept,
    listing,
)

TEST_CERTIFICATES = frozenset({"/etc/ssl/certs/ssl-cert-snakeoil.pem", "/etc/pki/tls/certs/localhost.crt"})
"""The certificates that packages of distributions make when they are installed."""


class Use:
    """One pair of certificate and key, and the hosts that hold it."""

    def __init__(self, pair: Pair, held: Credentials) -> None:
        self.pair = pair
        self.held = held
        self.hosts: list[VirtualHost] = []

    @property
    def whose(self) -> str:
        """The hosts, for a message."""
        return listing(self.hosts)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a finding takes for granted."""
        return assumption(self.pair.file.directive, *(host.condition for host in self.hosts[:1]))

    @property
    def sent(self) -> Iterator[tuple[NamedFile, Certificate]]:
        """The certificates that the server sends, each with the file that it stands in."""
        if self.pair.certificate is not None:
            yield self.pair.file, self.pair.certificate
        for one in self.pair.chain or ():
            yield self.pair.chain_file or self.pair.file, one


@kept
def uses(server: Server, loaded: bool = False) -> list[Use]:
    """The pairs of the hosts that are met by TLS; where `loaded` is True, of all whose pairs the server loads."""
    found: dict[object, Use] = {}
    for host in server.hosts:
        switched_on = host.engine.value is True and not (host.is_main and server.is_fragment and not _has_own(host))
        if not (switched_on if loaded else switched_on and host.is_tls):
            continue
        held = credentials(host)
        if held.is_managed:  # and what the host names counts for nothing
            continue
        for pair in held.pairs if loaded else held.in_force:
            key = (_place(pair.file), _place(pair.key_file), _place(pair.chain_file), held.security_level)
            found.setdefault(key, Use(pair, held)).hosts.append(host)
    return list(found.values())


def _has_own(host: VirtualHost) -> bool:
    return "sslcertificatefile" in host.own


def _place(file: NamedFile | None) -> object:
    return file and (file.directive.source.path, file.directive.start, file.path)


def day(moment: datetime) -> str:
    """A date as messages give it."""
    return f"{moment:%Y-%m-%d}"


def days(count: int) -> str:
    """`1 day`, `2 days`."""
    return f"{count} day{'s' * (count != 1)}"
