"""An expired certificate

## What it does
Reports certificates whose time is over. One of the chain is a warning.

## Why
Clients refuse the connection. Where a certificate of the chain has expired, some find another way to a root
that they know, and others don't: in 2021 an expired root at the end of many chains locked old programs out.

## Bad
```
#--- pem: tls/www.pem=expired.pem tls/www.key=www.key
#--- now: 2026-11-24
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate for www.example.org expired on 2026-08-22, 94 days ago
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Good
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
#--- now: 2026-11-24
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### Nobody knows what day it is
```
#--- pem: tls/www.pem=expired.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Limits
Says something only when it knows what day it is: on the command line by the clock or `--now`.

## References
RFC 5280 section 4.1.2.5
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._uses import day, days, uses


@rule(
    code="SSL0404",
    name="cert-expired",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    now = server.material.now
    for use in uses(server) if now is not None else ():
        for file, one in use.sent:
            if now is not None and one.not_after < now:
                ago = days((now - one.not_after).days)
                message = f"the certificate for {one.title} expired on {day(one.not_after)}, {ago} ago"
                yield context.report(
                    file.argument,
                    message,
                    label=f"sent by {use.whose}",
                    notes=use.notes,
                    severity=Severity.ERROR if one is use.pair.certificate else Severity.WARNING,
                )
