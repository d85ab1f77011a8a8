"""An authority's certificate as the server's

## What it does
Reports servers' certificates that are marked as those of an authority (basicConstraints with CA:TRUE), the
self-signed ones included.

## Why
Whoever gets the key from the server can issue certificates for any name, to all who trust this one. Clients
may refuse it. httpd logs AH01906.

## Bad
```
#--- pem: tls/www.pem=ca.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate for www.example.org is one of an authority (CA:TRUE)
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
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

## References
RFC 5280 section 4.2.1.9; `ssl_check_public_cert` in modules/ssl/ssl_engine_init.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._uses import uses


@rule(
    code="SSL0415",
    name="cert-is-ca",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.9",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server):
        one = use.pair.certificate
        if one is not None and one.is_ca:
            message = f"the certificate for {one.title} is one of an authority (CA:TRUE)"
            yield context.report(use.pair.file.argument, message, label=f"sent by {use.whose}", notes=use.notes)
