"""No client can connect

## What it does
Reports TLS hosts whose lists leave no handshake possible although a protocol version is switched on: no
usable cipher suite, group or signature algorithm for any of the versions.

## Why
The library takes each list for itself and the server starts. Every handshake then ends with the alert
"handshake failure", and the error log says "no shared cipher", as if the clients were to blame.

## Bad
### Only suites that need a shared secret, which mod_ssl can't have
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCipherSuite PSK
    #              ^^^ nobody can connect to www.example.org (*:443): of TLS 1.2, no cipher suite of the list works...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Suites with elliptic curves, and no curve
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCipherSuite ECDHE+AESGCM
    #              ^^^^^^^^^^^^ nobody can connect to *:443: of TLS 1.2, no cipher suite of the list works with it
    SSLOpenSSLConfCmd Groups ffdhe2048
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### RSA signatures of the old kind, which TLS 1.3 does not have
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.3
    SSLOpenSSLConfCmd SignatureAlgorithms RSA+SHA256
    #<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nobody can connect to *:443: of TLS 1.3, no key of the server...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### TLS 1.3 has suites of its own
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite PSK
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Groups for either
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCipherSuite ECDHE+AESGCM
    SSLOpenSSLConfCmd Groups ffdhe2048:P-256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Limits
Where weak protocol versions alone are switched on, weak-ssl-protocol says that nobody can connect; of what
`SSLOpenSSLConfCmd` takes out of `SSLProtocol`, protocol-confcmd-conflict does.

## References
RFC 8446 sections 4.2.3 and 4.2.7; `tls_choose_sigalg` in OpenSSL's ssl/t1_lib.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0104",
    name="nobody-can-connect",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc8446#section-4.2.3",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
