"""The library refuses the value of SSLOpenSSLConfCmd

## What it does
Reports values of `MinProtocol`, `MaxProtocol`, `Protocol`, `Ciphersuites`, `CipherString`, `Options`,
`VerifyMode`, `SignatureAlgorithms`, `ClientSignatureAlgorithms`, `NumTickets` and `RecordPadding` that the
target's OpenSSL can't make sense of.

## Why
`httpd -t` checks the command's name and, for files, that they are there. The value is handed over at the
start, and a refusal ends it (AH02407), even if a later line would override the value.

## Bad
### Capitals matter, other than in SSLProtocol
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLOpenSSLConfCmd MinProtocol TLSV1.2
    #                             ^^^^^^^ 'TLSV1.2' is written TLSv1.2, set for www.example.org (*:443): the server...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Words with blanks, not commas, between them
```
Listen 443
SSLOpenSSLConfCmd Protocol "-TLSv1 -TLSv1.1"
#                           ^^^^^^^^^^^^^^^ '-TLSv1 -TLSv1.1' is not a protocol version, set for *:443: the server...
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### An option of a newer library
```
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Options ServerPreference,PreferNoDHEKEX
    #                                          ^^^^^^^^^^^^^^ 'PreferNoDHEKEX' is not an option of OpenSSL 3.0.19...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Suites of TLS 1.2 for TLS 1.3
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Ciphersuites ECDHE-RSA-AES128-GCM-SHA256
    #                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^ The list names no TLS 1.3 cipher suite, set for *:443...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Signature algorithms in small letters
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd SignatureAlgorithms ECDSA+SHA256:rsa+sha256
    #                                                  ^^^^^^^^^^ 'rsa+sha256' is written RSA+sha256, set for *:443...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### As the library writes them
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd MinProtocol TLSv1.2
    SSLOpenSSLConfCmd MaxProtocol None
    SSLOpenSSLConfCmd Protocol -tlsv1,-TLSv1.1
    SSLOpenSSLConfCmd Options "-SessionTicket, serverpreference"
    SSLOpenSSLConfCmd SignatureAlgorithms ECDSA+SHA256:RSA-PSS+sha256:ed25519
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### No TLS, no library
```
Listen 80
SSLOpenSSLConfCmd MinProtocol TLSV1.2
```

## Fix
### Capitals matter, other than in SSLProtocol
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLOpenSSLConfCmd MinProtocol TLSv1.2
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Limits
Of a signature algorithm only what no library has is reported. Groups are group-unknown-for-target's.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslopensslconfcmd; SSL_CONF_cmd(3)
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0303",
    name="confcmd-value-refused",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslopensslconfcmd",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "write it as the library does")
