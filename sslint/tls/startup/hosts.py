"""What a host with TLS lacks at start-up: a certificate, a cache for stapling, revocation lists.

Sources: `ssl_init_server_certs`, `ssl_init_ctx_crl` in ssl_engine_init.c; `ssl_stapling_ex_init` and
`modssl_init_stapling` in ssl_util_stapling.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...configuration.model import Argument, Directive, walk
from ...knowledge.versions import HttpdVersion
from ...server import Server, Setting, VirtualHost, listing
from ..protocols import series
from . import (
    Effect,
    StartFailure,
    blame,
    by_line,
    line_above,
    numbered,
    outcome,
    speaking,
    winners,
)
from .lists import proxy_sides

FIRST_NEW_CERTIFICATE_CODE = HttpdVersion(2, 4, 8)
"""Certificates are read anew from here on, with messages of their own."""
FIRST_OWN_RECORDS = HttpdVersion(2, 4, 30)
_WITHOUT_FIPS = ("debian-", "ubuntu-")
"""Distributions whose package of OpenSSL has no FIPS provider."""
_MANAGED = frozenset({"mdomain", "mdomainset", "mdmember", "mdmembers"})


# Certificates


def without_certificate(server: Server) -> Iterator[StartFailure]:
    """Hosts with SSLEngine on and no certificate; mod_md's have one of their own, or answer with 503."""
    if not server.is_complete:
        return
    managed = _managed_names(server)
    found: list[tuple[Directive, VirtualHost]] = []
    for host in speaking(server):
        if _has_certificate(host) or (managed and (not host.names or not managed.isdisjoint(host.names))):
            continue
        line = host.engine.directive
        if line is not None and line.arguments:
            found.append((line, host))
    code = "AH02572" if server.target.httpd >= FIRST_NEW_CERTIFICATE_CODE else "AH02240"
    for directive, hosts in by_line(found):
        yield _lacks_certificate(directive, hosts, code)


def _has_certificate(host: VirtualHost) -> bool:
    """Whether some line brings a certificate, be it under a condition that nobody can know."""
    if any(one.own.get("sslcertificatefile") for one in (host, host.server.main)):
        return True
    return any(word.lower() == "certificate" for one in host.all("sslopensslconfcmd") for word in one.values[:1])


def _lacks_certificate(directive: Directive, hosts: list[VirtualHost], code: str) -> StartFailure:
    server = hosts[0].server
    whom = listing(hosts)
    verb = "has" if len(hosts) == 1 else "have"
    key = any(host.winner("sslcertificatekeyfile") is not None for host in hosts)
    notes = ["A key without its certificate does not help."] if key else []
    if hosts[0].is_main and len(server.hosts) > 1:
        notes.append("SSLEngine on belongs into the virtual hosts: here it holds for the main server, too.")
    return blame(
        "ssl-engine-without-cert",
        Effect.START,
        directive,
        f"{whom} {verb} no certificate: {outcome(server, code)}",
        arguments=directive.arguments[:1],
        code=numbered(server, code),
        label="needs a certificate",
        hosts=hosts,
        notes=notes,
    )


def _managed_names(server: Server) -> frozenset[str]:
    """The names whose certificates mod_md brings."""
    found: set[str] = set()
    for item in walk(server.configuration.children):
        if item.key in _MANAGED:
            found.update(word.lower() for word in item.values)
    return frozenset(found)


# Hosts that share the main server's record


def shared_engines(server: Server) -> Iterator[StartFailure]:
    """SSLEngine on for the main server, up to 2.4.29, with a virtual host without any line of mod_ssl's.

    Such a host shares the main server's record, which is then set up twice ("Illegal attempt to
    re-initialise SSL"); from 2.4.30 on mod_ssl makes every host a record of its own.
    """
    version = server.target.httpd
    line = server.main.winner("sslengine")
    if not server.is_complete or version >= FIRST_OWN_RECORDS or version.branch == "1.3":
        return
    if line is None or not _is_on(line) or not _has_certificate(server.main):
        return
    sharing = [host for host in server.hosts[1:] if not any(key.startswith("ssl") for key in _keys(host))]
    if sharing:
        code = numbered(server, "AH02569") if version >= FIRST_NEW_CERTIFICATE_CODE else ""
        yield blame(
            "ssl-engine-shared",
            Effect.START,
            line,
            f"{listing(sharing)} would be set up for TLS together with the main server: "
            f"{outcome(server, code) if code else Effect.START.value}",
            arguments=line.arguments[:1],
            code=code,
            label="belongs into the virtual hosts",
            hosts=sharing,
        )


def _keys(host: VirtualHost) -> Iterator[str]:
    """The directives of a host and its sections, which make mod_ssl give it a record."""
    return (item.key for item in walk(host.children))


# Stapling


def without_stapling_cache(server: Server) -> Iterator[StartFailure]:
    """SSLUseStapling without SSLStaplingCache, which is for the server as a whole."""
    if not server.is_complete or server.main.own.get("sslstaplingcache"):
        return
    lines = [line for line in winners(speaking(server), "sslusestapling") if _is_on(line[0])]
    for directive, hosts in lines:
        yield blame(
            "stapling-without-cache",
            Effect.START,
            directive,
            f"there is no SSLStaplingCache for the responses of {listing(hosts)}: {outcome(server, 'AH01958')}",
            arguments=directive.arguments[:1],
            code=numbered(server, "AH01958"),
            label="needs a cache",
            hosts=hosts,
            edits=line_above(lines[0][0], "SSLStaplingCache shmcb:ssl_stapling(128000)", in_host=False),
        )


def _is_on(directive: Directive) -> bool:
    return directive.keyword == "on"


# Revocation lists


def without_revocation_lists(server: Server) -> Iterator[StartFailure]:
    """SSLCARevocationCheck, or SSLProxyCARevocationCheck, without a list to look into."""
    if not server.is_complete:
        return
    found = [
        (line, host)
        for host in speaking(server)
        if (line := _checks(host.setting("sslcarevocationcheck"))) is not None
        and not _has_lists(host, "sslcarevocation")
    ]
    for side in proxy_sides(server):
        line = _checks(side.setting("sslproxycarevocationcheck"))
        has = any(side.setting(f"sslproxycarevocation{kind}").value for kind in ("file", "path"))
        if line is not None and not has:
            found.append((line, side.host))
    for directive, hosts in by_line(found):
        yield _lacks_lists(directive, hosts)


def _checks(setting: Setting[tuple[Argument, ...]]) -> Directive | None:
    """The line that asks for the check."""
    words = [argument.value.lower() for argument in setting.value or ()]
    return setting.directive if words[:1] and words[0] in ("chain", "leaf") else None


def _has_lists(host: VirtualHost, prefix: str) -> bool:
    return any(one.own.get(prefix + kind) for kind in ("file", "path") for one in (host, host.server.main))


def _lacks_lists(directive: Directive, hosts: list[VirtualHost]) -> StartFailure:
    server = hosts[0].server
    names = directive.name[: -len("Check")]
    return blame(
        "crl-check-without-crl",
        Effect.START,
        directive,
        f"there is neither {names}File nor {names}Path for {listing(hosts)}: {outcome(server, 'AH01899')}",
        arguments=directive.arguments[:1],
        code=numbered(server, "AH01899"),
        label="needs revocation lists",
        hosts=hosts,
    )


# FIPS


def without_fips(server: Server) -> Iterator[StartFailure]:
    """SSLFIPS on with a distribution's OpenSSL 3 that comes without the provider.

    Everything that is not approved is then switched off, and with it everything there is
    (`EVP_default_properties_enable_fips`).
    """
    line = server.main.winner("sslfips")
    target = server.target
    if line is None or not _is_on(line) or series(target.openssl) < (3, 0, 0):
        return
    if not target.preset.startswith(_WITHOUT_FIPS) or not any(host.engine.value for host in server.hosts):
        return
    yield blame(
        "fips-without-provider",
        Effect.START,
        line,
        f"OpenSSL {target.openssl} of {target.preset} has no FIPS provider: {outcome(server, 'AH02312')}",
        arguments=line.arguments[:1],
        code=numbered(server, "AH02312"),
        label="leaves no cipher",
        notes=["An installed and configured provider makes this work: then ignore this."],
    )


FINDERS = {
    "ssl-engine-without-cert": without_certificate,
    "ssl-engine-shared": shared_engines,
    "stapling-without-cache": without_stapling_cache,
    "crl-check-without-crl": without_revocation_lists,
    "fips-without-provider": without_fips,
}
"""The finders of this module, by kind."""
