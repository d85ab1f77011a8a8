"""No client can resume a TLS session

## What it does
Reports TLS hosts without session tickets on a server that has no `SSLSessionCache`.

## Why
A returning client resumes its session by a ticket, or by an identifier that the server finds in its cache. Without
both each connection takes a whole handshake: one round trip more, and the private key at work. httpd has no cache
unless one is named, and tells so when it starts (AH01873).

## Bad
### Tickets off, and no cache
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLSessionTickets off
    #                 ^^^ no client of www.example.org (*:443) can resume a session: there is no SSLSessionCache either
</VirtualHost>
```

### A cache that is none
```
Listen 443
SSLSessionCache none
SSLSessionTickets off
#                 ^^^ no client of *:443 can resume a session: there is no SSLSessionCache either
<VirtualHost *:443>
    SSLEngine on
</VirtualHost>
```

## Good
### A cache
```
#--- live: no
Listen 443
SSLSessionCache shmcb:ssl_scache(512000)
<VirtualHost *:443>
    SSLEngine on
    SSLSessionTickets off
</VirtualHost>
```

### Tickets
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
</VirtualHost>
```

## Fix
### Tickets off, and no cache
```
Listen 443
SSLSessionCache shmcb:ssl_scache(512000)
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLSessionTickets off
</VirtualHost>
```

The fix needs mod_socache_shmcb: it is safe where that is surely loaded.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslsessioncache
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Fix, Safety, Server, Severity, assumption, insert_before, listing, rule

from ._switched import switched


@rule(
    code="SSL0516",
    name="session-cache-none",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslsessioncache",
    needs=("sslsessiontickets", "sslopensslconfcmd"),
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    cache = server.main.setting("sslsessioncache")
    if cache.value and cache.value[0].value.lower() not in ("none", "nonenotnull"):
        return
    for line, hosts in switched(server, "sslsessiontickets", False, lambda offer: offer.tickets):
        yield context.report(
            line.arguments[-1],
            f"no client of {listing(hosts)} can resume a session: there is no SSLSessionCache either",
            label="no tickets",
            notes=assumption(line, hosts[0].condition),
            fix=_fix(server, context) if cache.directive is None else None,
        )


def _fix(server: Server, context: Context) -> Fix | None:
    """A cache in front of the first virtual host, or of TLS for the main server."""
    first = next((host.header for host in server.hosts if host.header is not None), None)
    if first is None or first.parent is not None or first.source is not server.main_source:
        return None
    safety = context.safety_with("socache_shmcb_module")
    if safety is None:
        return None
    line = insert_before(first, "SSLSessionCache shmcb:ssl_scache(512000)")
    return context.fix("add a cache", line, safety=safety)
