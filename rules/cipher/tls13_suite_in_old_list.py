"""Suites of TLS 1.3 stand in the list of the older versions

## What it does
Reports `SSLCipherSuite` and `SSLProxyCipherSuite` without the word `TLSv1.3` that name suites of TLS 1.3,
and nothing else that the library knows.

## Why
The two lists are separate. In the list of TLS 1.2 and older, `TLS_AES_128_GCM_SHA256` is an unknown word, and
a list of unknown words keeps the server from starting (AH01898). `httpd -t` does not notice.

## Bad
### Meant for TLS 1.3
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256
    #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TLS_AES_256_GCM_SHA384 is a suite of TLS 1.3...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The word SSL means the old list, too
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite SSL TLS_CHACHA20_POLY1305_SHA256
    #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TLS_CHACHA20_POLY1305_SHA256 is a suite of TLS 1.3, which...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A library without TLS 1.3
```
#--- target: httpd=2.4.34 openssl=1.0.2
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite TLS_AES_128_GCM_SHA256
    #              ^^^^^^^^^^^^^^^^^^^^^^ TLS_AES_128_GCM_SHA256 is a suite of TLS 1.3, which this list knows...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### Each in its list
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM
    SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Beside others it is idle, and does no harm
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite TLS_AES_256_GCM_SHA384:ECDHE+AESGCM
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### Meant for TLS 1.3
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

The fix is not safe: for TLS 1.2 the host then offers the library's default suites.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslciphersuite; RFC 8446 appendix B.4
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0203",
    name="tls13-suite-in-old-list",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslciphersuite",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "say that the list is for TLS 1.3")
