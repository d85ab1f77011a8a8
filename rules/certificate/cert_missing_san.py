"""A certificate without names that clients look at

## What it does
Reports certificates that have neither a DNS name nor an IP address in a subjectAltName.

## Why
Clients have not looked at the common name for years (Chrome since 58, Firefox since 101, and RFC 9525 since
2023): they refuse the connection.

## Bad
```
#--- pem: tls/www.pem=nosan.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate has no subjectAltName, only the common name www.example.org,...
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
RFC 9525 section 2
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._uses import uses


@rule(
    code="SSL0408",
    name="cert-missing-san",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc9525#section-2",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server):
        one = use.pair.certificate
        if one is not None and not one.names and not one.addresses:
            only = f", only the common name {one.common_name}, which clients ignore" if one.common_name else ""
            message = f"the certificate has no {'name in its ' if one.has_san else ''}subjectAltName{only}"
            yield context.report(use.pair.file.argument, message, label=f"sent by {use.whose}", notes=use.notes)
