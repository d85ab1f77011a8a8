"""Where mod_session keeps sessions, and what is in force for them there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sslint.api import Directive, Effective, Reach, Server, VirtualHost, all_scopes, effective

KEYS = ("session", "sessioncookiename", "sessioncookiename2", "sessiondbdcookiename", "sessiondbdcookiename2",
        "sessioncryptopassphrase", "sessioncryptopassphrasefile", "sessioncryptocipher", "sessionmaxage")  # fmt: skip
COOKIES = ("sessioncookiename", "sessioncookiename2")
DATABASE_COOKIES = ("sessiondbdcookiename", "sessiondbdcookiename2")
_IFS = ("if", "elseif", "else")


class Session(NamedTuple):
    """The settings of sessions in one place: a host itself, or one of its sections."""

    host: VirtualHost
    settings: dict[str, Effective]

    def line(self, key: str) -> Directive | None:
        """The line in force of a key."""
        setting = self.settings.get(key)
        winner = setting.winner if setting is not None else None
        return winner.directive if winner is not None and setting is not None and setting.words else None

    @property
    def switch(self) -> Directive | None:
        """The line that switches sessions on, if one does."""
        line = self.line("session")
        return line if line is not None and line.keyword == "on" else None


def sessions(server: Server) -> Iterator[Session]:
    """The places that have lines on sessions of their own, and have them switched on."""
    wanted = [key for key in KEYS if key in server.keys]
    reach = Reach.of(server)
    for host in server.hosts:
        if any(key in host.own for key in wanted):
            yield from _switched_on(Session(host, {one.key: one for one in effective(host, None, wanted)}))
        for scope in all_scopes(host.own_scopes):
            if scope.kind in _IFS or not any(key in scope.directives for key in wanted):
                continue
            for where in reach.mapper(host).requests_for(scope)[:1]:
                yield from _switched_on(Session(host, {one.key: one for one in effective(host, where, wanted)}))


def _switched_on(found: Session) -> Iterator[Session]:
    if found.switch is not None:
        yield found
