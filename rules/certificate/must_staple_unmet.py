"""A certificate that must be stapled, without stapling

## What it does
Reports certificates with the TLS feature extension that asks for a stapled OCSP response ("must-staple")
where SSLUseStapling is not on, or where the certificate names no responder.

## Why
Clients that heed the extension, Firefox among them, refuse the connection.

## Bad
```
#--- pem: tls/www.pem=staple.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate for www.example.org must be stapled, and SSLUseStapling is off
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### Nobody to ask
```
#--- pem: tls/www.pem=staple.pem tls/www.key=www.key
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate for www.example.org must be stapled, and names no OCSP responder
    SSLCertificateKeyFile tls/www.key
    SSLUseStapling on
</VirtualHost>
SSLStaplingCache shmcb:/run/stapling(32768)
```

## Good
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Limits
Whether the responder answers is not known here.

## References
RFC 7633; `SSLUseStapling`
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, offers, rule

from ._uses import uses


@rule(
    code="SSL0424",
    name="must-staple-unmet",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc7633",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server):
        one = use.pair.certificate
        if one is None or not one.must_staple:
            continue
        bare = [host for host in use.hosts if not offers(host)[0].stapling.value]
        forced = use.hosts[0].winner("sslstaplingforceurl")
        if bare or (not one.responders and forced is None):
            why = "SSLUseStapling is off" if bare else "names no OCSP responder"
            message = f"the certificate for {one.title} must be stapled, and {why}"
            yield context.report(use.pair.file.argument, message, label=f"sent by {use.whose}", notes=use.notes)
