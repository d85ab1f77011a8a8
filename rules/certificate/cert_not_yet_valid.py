"""A certificate whose time has not come

## What it does
Reports certificates, those of the chain included, that are not valid yet.

## Why
Clients refuse the connection.

## Bad
```
#--- pem: tls/www.pem=future.pem tls/www.key=www.key
#--- now: 2026-11-24
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate for www.example.org is not valid before 2026-12-10
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

## Limits
Says something only when it knows what day it is: on the command line by the clock or `--now`.

## References
RFC 5280 section 4.1.2.5
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._uses import day, uses


@rule(
    code="SSL0406",
    name="cert-not-yet-valid",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    now = server.material.now
    for use in uses(server) if now is not None else ():
        for file, one in use.sent:
            if now is not None and now < one.not_before:
                message = f"the certificate for {one.title} is not valid before {day(one.not_before)}"
                yield context.report(file.argument, message, label=f"sent by {use.whose}", notes=use.notes)
