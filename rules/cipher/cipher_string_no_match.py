"""The cipher string selects nothing

## What it does
Evaluates `SSLCipherSuite` and `SSLProxyCipherSuite` as the target's OpenSSL does, and reports strings that
leave no suite, or that it can't read, where a host with TLS needs them.

## Why
`httpd -t` does not look at the string. The start ends with "Unable to configure permitted SSL ciphers"
(AH01898). Unknown words are no error as long as one word selects something, so a string that worked for
years fails with the library that drops its last suite.

## Bad
### All its suites are gone from the library
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite RC4-SHA:RC4-MD5
    #              ^^^^^^^^^^^^^^^ The string selects no cipher suite for www.example.org (*:443): the server does...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Each exclusion alone is fine
```
Listen 443
SSLCipherSuite HIGH:!AES:!CAMELLIA:!ARIA:!CHACHA20
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The string selects no cipher suite for *:443: the server does not...
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A policy of another distribution
```
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite PROFILE=SYSTEM
    #              ^^^^^^^^^^^^^^ The string selects no cipher suite for *:443: the server does not start (AH01898)
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A command that does not exist
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite HIGH:@SECLEVEL=9
    #              ^^^^^^^^^^^^^^^^ No such command: @SECLEVEL=9 for *:443: the server does not start (AH01898)
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A command of the library comes too late
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite kGOST
    #              ^^^^^ The string selects no cipher suite for *:443: the server does not start (AH01898)
    SSLOpenSSLConfCmd CipherString HIGH
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### For a part of the site
The start does not look at it. Connections of TLS 1.3 never come to it, all others are refused.
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Location /private>
        SSLCipherSuite EXPORT
        #              ^^^^^^ The string selects no cipher suite for <Location /private>: requests by TLS 1.2 or...
    </Location>
</VirtualHost>
```

### On the way to a backend
```
Listen 80
SSLProxyEngine on
SSLProxyCipherSuite EXPORT
#                   ^^^^^^ The string selects no cipher suite for the main server to its backends: the server does...
```

## Good
### One word that selects is enough
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite RC4-SHA:ECDHE+AESGCM
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The library of its time
```
#--- target: httpd=2.4.6 openssl=1.0.1
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite RC4-SHA
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The policy at home
```
#--- target: rhel-9
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite PROFILE=SYSTEM
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Nobody speaks TLS
```
Listen 80
SSLCipherSuite RC4-SHA
```

### For a part of a site that TLS 1.3 alone reaches
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.3
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Location /private>
        SSLCipherSuite EXPORT
    </Location>
</VirtualHost>
```

### In force nowhere
```
Listen 443
SSLCipherSuite RC4-SHA
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite HIGH
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Limits
Strings for hosts that name suites of TLS 1.3 are told apart by tls13-suite-in-old-list.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslciphersuite; ciphers(1); `ssl_create_cipher_list` in
OpenSSL's ssl/ssl_ciph.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0202",
    name="cipher-string-no-match",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslciphersuite",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
