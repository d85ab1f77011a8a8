"""A self-signed certificate

## What it does
Reports certificates that are their own issuer.

## Why
Nobody trusts such a certificate unless it was handed to each client. People learn to click warnings away,
and then nothing protects them from somebody on the path.

## Bad
```
#--- pem: tls/www.pem=selfsigned.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate for www.example.org is self-signed
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

### The distribution's test certificate, which another rule tells
```
#--- pem: /etc/ssl/certs/ssl-cert-snakeoil.pem=selfsigned.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/ssl-cert-snakeoil.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## References
CIS Apache HTTP Server 2.4 Benchmark 7.2
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._uses import TEST_CERTIFICATES, uses


@rule(
    code="SSL0413",
    name="cert-self-signed",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc5280#section-3.2",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server):
        one = use.pair.certificate
        if one is not None and one.is_self_signed and use.pair.file.path not in TEST_CERTIFICATES:
            message = f"the certificate for {one.title} is self-signed"
            yield context.report(use.pair.file.argument, message, label=f"sent by {use.whose}", notes=use.notes)
