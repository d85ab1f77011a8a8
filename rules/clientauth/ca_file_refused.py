"""A file of authorities or revocation lists holds none

## What it does
Reports `SSLCACertificateFile`, `SSLCARevocationFile`, `SSLCADNRequestFile` and the same for backends, with a file
that was read and has neither a certificate nor a revocation list in PEM form, or a damaged one.

## Why
`httpd -t` only sees that the file is there and not empty. The start ends with "Unable to configure verify
locations" (AH01895), for revocation lists with AH01901.

## Bad
### A key instead of a certificate
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
    SSLVerifyClient require
    SSLCACertificateFile tls/www.key
    #                    ^^^^^^^^^^^ /etc/apache2/tls/www.key: it holds no certificate or revocation list in PEM...
</VirtualHost>
```

### On the way to backends
```
Listen 80
SSLProxyEngine on
SSLProxyCACertificateFile bundle.pem
#                         ^^^^^^^^^^ /etc/apache2/bundle.pem: it holds no certificate or revocation list in PEM...
#--- bundle.pem
version https://git-lfs.github.com/spec/v1
oid sha256:0000
```

## Good
### A certificate
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key tls/ca.pem=ca.pem
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
    SSLVerifyClient require
    SSLCACertificateFile tls/ca.pem
</VirtualHost>
```

### Nobody speaks TLS, or it was not read
```
#--- live: no
#--- outside: /etc/ssl
Listen 80
Listen 443
<VirtualHost *:80>
    SSLCACertificateFile bundle.pem
</VirtualHost>
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/ca.pem
</VirtualHost>
#--- bundle.pem
nothing
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcacertificatefile; `ssl_init_ctx_verify` in ssl_engine_init.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0604",
    name="ca-file-refused",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcacertificatefile",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
