"""Cipher suites without forward secrecy are offered

## What it does
Reports the suites that a host offers whose key exchange is not ephemeral: static RSA, and with OpenSSL 1.0.2 and
older static Diffie-Hellman. The rule runs only when it is selected, or by a profile.

## Why
With static RSA the client encrypts the session's secret with the key of the certificate. Who records the traffic
today and gets that key in ten years reads it all. Suites with ephemeral keys (ECDHE, DHE) have forgotten them by
then. RFC 9325 says that static RSA should not be negotiated; every attack of Bleichenbacher's kind (ROBOT, Marvin)
lives in it. Every client since about 2013 knows ECDHE.

## Bad
### A wide word
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite HIGH:!aNULL
    #              ^^^^ 16 suites without forward secrecy are offered by www.example.org (*:443): AES256-GCM-SHA384,...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### One, named last
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite "ECDHE+AESGCM:AES128-GCM-SHA256"
    #                            ^^^^^^^^^^^^^^^^^ 1 suite without forward secrecy is offered by *:443: AES128-GCM-SH...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### Ephemeral keys alone
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite HIGH:!aNULL:!kRSA
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### TLS 1.3 has nothing else
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.3
    SSLCipherSuite HIGH:!aNULL
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Security level 3 leaves no others
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite HIGH:!aNULL:@SECLEVEL=3
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### A wide word
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite HIGH:!aNULL:!kRSA
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### One, named last
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite "ECDHE+AESGCM:AES128-GCM-SHA256:!kRSA"
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Limits
That no client at all gets forward secrecy is `forward-secrecy-not-preferred`.

## References
RFC 9325 section 4.1; CIS Apache HTTP Server 2.4 Benchmark 7.12; CVE-2017-13099 (ROBOT)
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, rule

from ._offering import having
from ._secrecy import STATIC, exclusion


@rule(
    code="SSL0217",
    name="cipher-no-forward-secrecy",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.1",
    needs=("tls", "sslciphersuite", "sslopensslconfcmd"),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for one in having(server, lambda suite: suite.key_exchange in STATIC):
        yield one.policy(context, "without forward secrecy", exclusion)
