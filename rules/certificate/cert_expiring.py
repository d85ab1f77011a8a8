"""A certificate that is about to expire

## What it does
Reports certificates, those of the chain included, that expire within some days; certificates that live for
less than four times as long, when a quarter of their time is left.

## Why
A certificate that was not renewed by now probably will not be: a renewal that runs by itself would have
replaced it.

## Bad
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
#--- now: 2026-11-24
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate for www.example.org expires on 2026-11-30, in 6 days
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Good
### Time enough
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
#--- now: 2026-11-01
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### Expired already, which another rule tells
```
#--- pem: tls/www.pem=expired.pem tls/www.key=www.key
#--- now: 2026-11-24
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Options
`days`: how many days before the end to report it; 21 by default.

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
    code="SSL0405",
    name="cert-expiring",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5",
    options={"days": 21},
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    now, most = server.material.now, context.option("days", int)
    for use in uses(server) if now is not None else ():
        for file, one in use.sent:
            if now is None or one.not_after < now:
                continue
            left = one.not_after - now
            if left.days < most and left < (one.not_after - one.not_before) / 4:
                message = f"the certificate for {one.title} expires on {day(one.not_after)}, in {days(left.days)}"
                yield context.report(file.argument, message, label=f"sent by {use.whose}", notes=use.notes)
