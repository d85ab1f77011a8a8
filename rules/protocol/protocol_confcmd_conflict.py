"""SSLOpenSSLConfCmd takes out every version that SSLProtocol leaves

## What it does
Reports `SSLOpenSSLConfCmd` with `MinProtocol`, `MaxProtocol` or `Protocol` that leaves a host no protocol
version, together with what `SSLProtocol` says.

## Why
The commands act on what `SSLProtocol` left, whatever the order of the lines. A lowest version above the
highest one is no error for the library: the server starts, and refuses every handshake.

## Bad
### The lowest version is above the only one
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol -all +TLSv1.2
    SSLOpenSSLConfCmd MinProtocol TLSv1.3
    #                             ^^^^^^^ nobody can connect to www.example.org (*:443): SSLProtocol leaves TLS 1.2...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Two commands that exclude each other
```
Listen 443
SSLOpenSSLConfCmd MinProtocol TLSv1.3
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd MaxProtocol TLSv1.2
    #                             ^^^^^^^ nobody can connect to *:443: SSLProtocol's default leaves ...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### All versions are banned
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Protocol -ALL
    #                          ^^^^ nobody can connect to *:443: SSLProtocol's default leaves ...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### One is left
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLOpenSSLConfCmd MinProtocol TLSv1.3
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The lowest version may be lower than what SSLProtocol has
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLOpenSSLConfCmd MinProtocol TLSv1.1
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### No TLS
```
Listen 80
SSLProtocol TLSv1.2
SSLOpenSSLConfCmd MinProtocol TLSv1.3
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslopensslconfcmd; SSL_CONF_cmd(3)
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0103",
    name="protocol-confcmd-conflict",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslopensslconfcmd",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
