"""Hosts by the line that switches something on for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sslint.api import Directive, Server, Setting, TlsOffer, VirtualHost, offers


class Switched(NamedTuple):
    """A line, and the hosts for which it is in force."""

    directive: Directive
    hosts: list[VirtualHost]


def switched(server: Server, key: str, value: bool, pick: Callable[[TlsOffer], Setting[bool]]) -> Iterator[Switched]:
    """The lines that give a switch a value for some TLS host; of a fragment, all that do.

    `key` is the switch's directive.
    """
    if server.keys.isdisjoint((key, "sslopensslconfcmd")):
        return
    found: dict[tuple[str, int], Switched] = {}
    for host in server.possible_tls_hosts:
        for offer in offers(host):
            setting = pick(offer)
            directive = setting.directive
            if setting.value is not value or directive is None:
                continue
            entry = found.setdefault((directive.source.path, directive.start), Switched(directive, []))
            if host not in entry.hosts:
                entry.hosts.append(host)
    yield from found.values()
