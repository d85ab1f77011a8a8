"""A certificate that is not for TLS servers

## What it does
Reports servers' certificates whose extendedKeyUsage leaves out `serverAuth`.

## Why
Clients refuse the connection. It happens with certificates that an authority of one's own issues by the
template for people, and with a file that was mixed up.

## Bad
```
#--- pem: tls/www.pem=client.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate for www.example.org is not for TLS servers: its extendedKeyUs...
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
RFC 5280 section 4.2.1.12
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._uses import uses


@rule(
    code="SSL0416",
    name="cert-not-for-servers",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server):
        one = use.pair.certificate
        if one is not None and not one.serves:
            message = f"the certificate for {one.title} is not for TLS servers: its extendedKeyUsage lacks serverAuth"
            yield context.report(use.pair.file.argument, message, label=f"sent by {use.whose}", notes=use.notes)
