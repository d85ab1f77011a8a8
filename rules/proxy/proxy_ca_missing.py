"""Backends must be verified, and there is no authority to verify them by

## What it does
Reports `SSLProxyVerify require` and `optional` for hosts, or `<Proxy>` sections, with `SSLProxyEngine on` and
neither `SSLProxyCACertificateFile` nor `SSLProxyCACertificatePath`.

## Why
mod_ssl does not fall back on the system's authorities. The server starts, and warns at most (AH01897); each
request to a TLS backend then gets status 500, and the log says "Certificate Verification: Error" (AH02039). A
backend always sends its certificate, so `optional` is no softer here.

## Bad
### For a host
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    SSLProxyEngine on
    SSLProxyVerify require
    #              ^^^^^^^ no TLS backend of www.example.org (*:80) can be verified: there is no...
    ProxyPass / https://backend.example.org/
</VirtualHost>
```

### In the section of one backend
```
Listen 80
SSLProxyEngine on
<Proxy https://backend.example.org/>
    SSLProxyVerify optional
    #              ^^^^^^^^ no TLS backend of the main server can be verified: there is no SSLProxyCACertificateFile...
</Proxy>
ProxyPass / https://backend.example.org/
```

## Good
### An authority
```
Listen 80
SSLProxyEngine on
SSLProxyVerify require
SSLProxyCACertificateFile /etc/ssl/certs/ca.pem
ProxyPass / https://backend.example.org/
```

### Not verified, or no TLS to backends
```
Listen 80
<VirtualHost *:80>
    SSLProxyEngine on
    SSLProxyVerify optional_no_ca
    ProxyPass / https://backend.example.org/
</VirtualHost>
<VirtualHost *:80>
    SSLProxyVerify require
    ProxyPass / http://backend.example.org/
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxyverify; `ssl_init_ctx_verify` in ssl_engine_init.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0805",
    name="proxy-ca-missing",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxyverify",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
