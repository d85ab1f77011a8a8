"""Cipher suites in CBC mode are offered

## What it does
Reports the suites that a host offers whose block cipher runs in CBC mode, with a separate code for integrity. The
rule runs only when it is selected, or by a profile.

## Why
TLS puts the integrity code under the encryption in CBC mode, and every way of opening such records in the wrong
order has been an attack: BEAST, Lucky Thirteen, POODLE, Zombie POODLE. Libraries work around it with care, and
nothing is lost without them: every client of the last ten years knows suites with authenticated encryption (GCM,
ChaCha20-Poly1305). Internet Explorer 11 on Windows 7 and 8.1, and Safari before version 9, need CBC with ECDHE and
RSA certificates.

## Bad
### A wide word
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite ECDHE:!aNULL
    #              ^^^^^ 12 suites in CBC mode are offered by www.example.org (*:443): ECDHE-ECDSA-AES256-SHA384...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### One suite, before the library had a word for them
```
#--- target: httpd=2.4.46 openssl=1.1.1
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM:ECDHE-RSA-AES128-SHA
    #                           ^^^^^^^^^^^^^^^^^^^^ 1 suite in CBC mode is offered by *:443: ECDHE-RSA-AES128-SHA
</VirtualHost>
```

### In a quote that is never closed
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite "ECDHE+AESGCM ECDHE-RSA-AES128-SHA
    #                            ^^^^^^^^^^^^^^^^^^^^ 1 suite in CBC mode is offered by *:443: ECDHE-RSA-AES128-SHA
</VirtualHost>
```

## Good
### Authenticated encryption alone
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### CBC with a PSK that httpd can't have
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM:kPSK+AES128
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
    SSLCipherSuite ECDHE:!aNULL:!CBC
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### One suite, before the library had a word for them
```
#--- target: httpd=2.4.46 openssl=1.1.1
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM:ECDHE-RSA-AES128-SHA:!SHA1
</VirtualHost>
```

### In a quote that is never closed
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite "ECDHE+AESGCM ECDHE-RSA-AES128-SHA:!CBC
</VirtualHost>
```

## References
CVE-2013-0169 (Lucky Thirteen), CVE-2011-3389 (BEAST); RFC 9325 section 4.2 recommends authenticated encryption
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, Suite, rule

from ._offering import having


@rule(
    code="SSL0218",
    name="cipher-cbc",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.2",
    needs=("tls", "sslciphersuite", "sslopensslconfcmd"),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    has_word = not server.target.openssl.startswith(("0.", "1."))  # CBC is a keyword from 3.0 on

    def exclusion(suite: Suite) -> str:
        return ("!CBC" if has_word else f"!{suite.mac}") if suite.cbc else ""

    for one in having(server, lambda suite: suite.cbc):
        yield one.policy(context, "in CBC mode", exclusion)
