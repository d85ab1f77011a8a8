"""The domains that mod_md manages, and what is set for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sslint.api import Argument, Directive, Section, Server, VirtualHost, usable

_LINES = ("mdomain", "manageddomain")
_SECTIONS = ("mdomainset", "mdomain", "manageddomain")
_WORDS = ("auto", "manual")
LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory"


class ManagedDomain(NamedTuple):
    """One managed domain: the line or section that makes it, and its names in lower case with their places."""

    directive: Directive
    names: dict[str, Argument]
    server: Server

    @property
    def title(self) -> str:
        """Its first name, by which mod_md calls it."""
        return next(iter(self.names), "")

    def setting(self, key: str) -> Directive | None:
        """The line that sets something for it: in its section, else of the main server."""
        inner = self.directive.children if isinstance(self.directive, Section) else []
        found = usable(one for one in inner if one.key == key)
        return found[-1] if found else self.server.main.winner(key)

    @property
    def adds_names(self) -> bool:
        """Whether mod_md takes the names of its virtual hosts in by itself."""
        own = [word.value.lower() for word in self.directive.arguments if word.value.lower() in _WORDS]
        line = self.setting("mdmembers")
        return (own or [word.lower() for word in (line.values[:1] if line else [])] or ["auto"])[-1] != "manual"

    @property
    def authority(self) -> Argument | None:
        """The word that names its certificate authority; None for the default, Let's Encrypt."""
        line = self.setting("mdcertificateauthority")
        return line.arguments[0] if line is not None and line.arguments else None

    @property
    def is_lets_encrypts(self) -> bool:
        """Whether its certificates come from Let's Encrypt."""
        word = self.authority
        return word is None or word.value.lower() in (LETS_ENCRYPT, "letsencrypt")

    @property
    def is_fetched(self) -> bool:
        """Whether mod_md fetches its certificates, and has not been given files."""
        mode = self.setting("mdrenewmode") or self.setting("mddrivemode")
        manual = mode is not None and mode.keyword == "manual"
        return not manual and self.setting("mdcertificatefile") is None

    def hosts(self) -> list[VirtualHost]:
        """The virtual hosts whose ServerName is one of its names, or fits one."""
        return [host for host in self.server.hosts if _fits(host.name.lower(), self.names)]


def _fits(name: str, names: dict[str, Argument]) -> bool:
    return bool(name) and (name in names or f"*.{name.partition('.')[2]}" in names)


def managed_domains(server: Server) -> Iterator[ManagedDomain]:
    """All of them."""
    lines = [one for key in _LINES for one in usable(server.main.own.get(key, ()))]
    sections = [one for one in usable(server.main.sections) if one.key in _SECTIONS]
    for directive in (*lines, *sections):
        inner = directive.children if isinstance(directive, Section) else []
        members = [one for one in usable(inner) if one.key in ("mdmember", "mdmembers")]
        words = [word for one in (directive, *members) for word in one.arguments]
        names = {word.value.lower(): word for word in words if word.value.lower() not in _WORDS}
        if names:
            yield ManagedDomain(directive, names, server)
