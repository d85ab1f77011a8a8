"""The server's own certificate for backends has the key of another

## What it does
Reports `SSLProxyMachineCertificateFile` with a file that was read, where certificate and key don't belong together.

## Why
`httpd -t` only sees that the file is there and not empty. The start ends with "proxy client certificate and private
key do not match" (AH02326).

## Bad
### Two renewals got mixed
```
#--- pem: tls/backend.pem=mixed.pem
Listen 80
SSLProxyEngine on
SSLProxyMachineCertificateFile tls/backend.pem
#                              ^^^^^^^^^^^^^^^ /etc/apache2/tls/backend.pem: the key is not that of the certificate:...
```

## Good
### Certificate and key
```
#--- pem: tls/backend.pem=both.pem
Listen 80
SSLProxyEngine on
SSLProxyMachineCertificateFile tls/backend.pem
```

### No TLS to backends
```
#--- pem: tls/backend.pem=mixed.pem
Listen 80
SSLProxyMachineCertificateFile tls/backend.pem
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxymachinecertificatefile; `ssl_init_proxy_certs` in
ssl_engine_init.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0807",
    name="proxy-key-mismatch",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxymachinecertificatefile",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
