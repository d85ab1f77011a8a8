"""Whom a host can ask about its certificates."""

from __future__ import annotations

from sslint.api import VirtualHost, credentials

_LETS_ENCRYPT = "/etc/letsencrypt/live/"
CACHE = "SSLStaplingCache shmcb:ssl_stapling(128000)"
NO_RESPONDER = frozenset({"none", "lets-encrypt"})


def responders(host: VirtualHost) -> str:
    """`some` or `none` as the certificates tell; `lets-encrypt` by where they lie; else `unknown`.

    Certificates that must be stapled, and hosts that are told whom to ask, count as unknown.
    """
    if host.winner("sslstaplingforceurl") is not None:
        return "unknown"
    if host.server.material.may_read:
        found = [pair.certificate for pair in credentials(host).in_force]
        read = [one for one in found if one is not None]
        if found and len(read) == len(found):
            if any(one.must_staple for one in read):
                return "unknown"
            return "some" if any(one.responders for one in read) else "none"
    lines = host.own.get("sslcertificatefile") or host.server.main.own.get("sslcertificatefile") or []
    paths = [line.values[0] for line in lines if line.values]
    return "lets-encrypt" if paths and all(path.startswith(_LETS_ENCRYPT) for path in paths) else "unknown"
