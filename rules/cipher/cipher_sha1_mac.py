"""Cipher suites that authenticate records with SHA-1 are offered

## What it does
Reports the suites that a host offers whose integrity code is HMAC with SHA-1. The rule runs only when it is selected,
or by a profile.

## Why
HMAC-SHA1 is not broken, other than SHA-1 in signatures. Such suites are all of the age of SSL 3 and TLS 1.0, run in CBC
mode, and are what scanners and auditors look for. Without them a server offers TLS 1.2 with nothing that was there
before it.

## Bad
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite ECDHE+AES
    #              ^^^^^^^^^ 4 suites with SHA-1 for integrity are offered by www.example.org (*:443): ECDHE-ECDSA-AE...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### Taken out
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AES:!SHA1
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### For the backends, or for nobody
```
Listen 80
SSLProxyCipherSuite ECDHE+AES
SSLCipherSuite ECDHE+AES
```

## Fix
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite ECDHE+AES:!SHA1
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## References
NIST SP 800-131A revision 2 section 10 still allows HMAC-SHA1; RFC 9325 section 4.2
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, Suite, rule

from ._offering import having


@rule(
    code="SSL0219",
    name="cipher-sha1-mac",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.2",
    needs=("tls", "sslciphersuite", "sslopensslconfcmd"),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for one in having(server, _is_meant):
        yield one.policy(context, "with SHA-1 for integrity", lambda suite: "!SHA1" if _is_meant(suite) else "")


def _is_meant(suite: Suite) -> bool:
    return suite.mac == "SHA1"
