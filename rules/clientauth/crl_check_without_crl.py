"""Revocation is checked without a revocation list

## What it does
Reports `SSLCARevocationCheck` and `SSLProxyCARevocationCheck` with `leaf` or `chain` for hosts that have neither
a file nor a folder of revocation lists.

## Why
`httpd -t` takes the line; the start ends with "CRL checking has been enabled, but neither SSLCARevocationFile
nor SSLCARevocationPath is configured" (AH01899).

## Bad
### No list
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLVerifyClient require
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLCARevocationCheck chain
    #                    ^^^^^ there is neither SSLCARevocationFile nor SSLCARevocationPath for www.example.org...
</VirtualHost>
```

### On the way to backends
```
Listen 80
SSLProxyEngine on
SSLProxyCARevocationCheck leaf
#                         ^^^^ there is neither SSLProxyCARevocationFile nor SSLProxyCARevocationPath for the main...
```

## Good
### A list from the main server
```
Listen 443
SSLCARevocationFile /etc/ssl/crl.pem
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCARevocationCheck chain
</VirtualHost>
```

### Not asked for
```
Listen 443
SSLCARevocationCheck chain
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCARevocationCheck none
</VirtualHost>
```

### No TLS, and none to backends
```
Listen 80
SSLCARevocationCheck chain
SSLProxyCARevocationCheck chain
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcarevocationcheck; `ssl_init_ctx_crl` in ssl_engine_init.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0602",
    name="crl-check-without-crl",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcarevocationcheck",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
