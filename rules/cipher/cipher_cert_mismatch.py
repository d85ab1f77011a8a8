"""No suite of the list works with the server's key

## What it does
Reports cipher strings none of whose suites can be used with the keys of the host's certificates: only ECDSA
suites with an RSA key, or the reverse. Certificates are read where they lie beside the configuration, or with
`--check-files`.

## Why
The library takes list and certificate without comparing them. The server starts, and every handshake with TLS
1.2 or older ends with "no shared cipher". Clients with TLS 1.3, whose suites go with any key, hide the mistake.

## Bad
### ECDSA key, RSA suites
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384
    #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no client of TLS 1.2 or older can connect...
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### Without TLS 1.3 nobody is left
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
SSLCipherSuite kRSA+AESGCM
#              ^^^^^^^^^^^ nobody can connect to *:443: no suite of this list works with its ECDSA key
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Good
### Suites for either key
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### TLS 1.3 alone
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.3
    SSLCipherSuite ECDHE+aRSA
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### The certificate was not read
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE-RSA-AES128-GCM-SHA256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslciphersuite; `tls1_get_certificate` and `ssl3_choose_cipher` in
OpenSSL's ssl/s3_lib.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0205",
    name="cipher-cert-mismatch",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslciphersuite",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
