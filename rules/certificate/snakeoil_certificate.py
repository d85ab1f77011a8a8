"""The distribution's test certificate in use

## What it does
Reports TLS hosts with the certificate that the distribution's packages make: `ssl-cert-snakeoil.pem` of
Debian and Ubuntu, `localhost.crt` of Fedora and RHEL. The file is not read.

## Why
It is self-signed and names the machine. Its key was made by a package's script, and with an image of the
machine both get copied.

## Bad
### Debian
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/ssl-cert-snakeoil.pem
    #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this is the test certificate of the distribution, fo...
    SSLCertificateKeyFile /etc/ssl/private/ssl-cert-snakeoil.key
</VirtualHost>
```

### Red Hat
```
Listen 443
<VirtualHost _default_:443>
    SSLEngine on
    SSLCertificateFile /etc/pki/tls/certs/localhost.crt
    #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this is the test certificate of the distribution, for *:443
    SSLCertificateKeyFile /etc/pki/tls/private/localhost.key
</VirtualHost>
```

## Good
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/letsencrypt/live/www.example.org/fullchain.pem
    SSLCertificateKeyFile /etc/letsencrypt/live/www.example.org/privkey.pem
</VirtualHost>
```

## Limits
Somebody may have put a real certificate in its place.

## References
CIS Apache HTTP Server 2.4 Benchmark 7.2
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._uses import TEST_CERTIFICATES, uses


@rule(
    code="SSL0414",
    name="snakeoil-certificate",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://wiki.debian.org/Self-Signed_Certificate",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server):
        if use.pair.file.path in TEST_CERTIFICATES:
            message = f"this is the test certificate of the distribution, for {use.whose}"
            yield context.report(use.pair.file.argument, message, notes=use.notes)
