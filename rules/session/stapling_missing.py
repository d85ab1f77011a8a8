"""Responses about the certificate's revocation are not stapled

## What it does
Reports TLS hosts without `SSLUseStapling on`, but for those whose certificate is known to name no OCSP responder.

## Why
Without stapling a client that wants to know whether the certificate was revoked asks the authority, which learns
who visits the site; most clients do not ask at all. CIS and other policies want stapling wherever the authority
answers. Authorities that have given up OCSP, as Let's Encrypt has, leave nothing to staple.

## Bad
### Nobody switched it on
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    #         ^^ www.example.org (*:443) staples no OCSP response
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Switched off
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLUseStapling off
    #              ^^^ www.example.org (*:443) staples no OCSP response
</VirtualHost>
```

## Good
### On
```
#--- live: no
Listen 443
SSLUseStapling on
SSLStaplingCache shmcb:ssl_stapling(32768)
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Nobody to ask
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/letsencrypt/live/www.example.org/fullchain.pem
</VirtualHost>
```

## Fix
### Nobody switched it on
```
Listen 443
SSLStaplingCache shmcb:ssl_stapling(128000)
<VirtualHost *:443>
    ServerName www.example.org
    SSLUseStapling on
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

Stapling needs a cache, and that needs mod_socache_shmcb: the fix is safe where the module is surely loaded.

## References
CIS Apache HTTP Server 2.4 Benchmark, recommendation 7.10; RFC 6066 section 8;
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslusestapling
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Edit,
    Fix,
    Safety,
    Server,
    Severity,
    VirtualHost,
    assumption,
    insert_before,
    line_above,
    listing,
    offers,
    replace,
    rule,
)

from ._stapling import CACHE, NO_RESPONDER, responders


@rule(
    code="SSL0520",
    name="stapling-missing",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslusestapling",
    needs=("tls",),
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    found: dict[Directive, list[VirtualHost]] = {}
    for host in server.tls_hosts:
        stapling = offers(host)[0].stapling
        line = stapling.directive or host.engine.directive or host.header
        if not stapling.value and line is not None and responders(host) not in NO_RESPONDER:
            found.setdefault(line, []).append(host)
    cache = _cache(list(found), server)
    for line, hosts in found.items():
        verb = "staples" if len(hosts) == 1 else "staple"
        yield context.report(
            line.arguments[0] if line.arguments else line,
            f"{listing(hosts)} {verb} no OCSP response",
            notes=assumption(line, hosts[0].condition),
            fix=_fix(line, cache, context),
        )


def _cache(lines: list[Directive], server: Server) -> tuple[Edit, ...] | None:
    """The edit that adds a cache, the same for all findings; none where there is one, None where it can't be added."""
    if server.main.own.get("sslstaplingcache"):
        return ()
    if not lines or not server.is_complete:
        return None
    return line_above(lines[0], CACHE, in_host=False) or None


def _fix(line: Directive, cache: tuple[Edit, ...] | None, context: Context) -> Fix | None:
    safety = context.safety_with("socache_shmcb_module") if cache else Safety.SAFE
    if cache is None or safety is None or context.target.httpd.is_old:
        return None
    if line.key == "sslusestapling":
        switch = replace(line.arguments[0], "on")
    elif line.key == "sslengine":
        switch = insert_before(line, "SSLUseStapling on")
    else:
        return None
    return context.fix("staple the responses", *cache, switch, safety=safety)
