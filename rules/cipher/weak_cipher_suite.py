r"""Cipher suites that no longer protect anything are offered

## What it does
Evaluates the cipher string in force as the target's OpenSSL does, with what mod_ssl adds to it, keeps
what the host's protocol versions and security level leave, and reports suites without encryption or
authentication, with export-grade keys, RC4, single DES, 64-bit blocks (3DES, IDEA, RC2), MD5, or less
than 112 bits. The carets show the element of the string that brings most of them in.

## Why
Export-grade and anonymous suites let anybody on the path in (FREAK, Logjam), RC4 and ciphers with
64-bit blocks give away secrets of long connections (RFC 7465, SWEET32). As the server takes what the
client prefers unless told otherwise, an attacker only needs a client that still knows one of them.

## Bad
### The list of 2005, read as it was meant
```
#--- target: httpd=2.0 openssl=0.9.8
Listen 443
SSLEngine on
SSLProtocol -all +TLSv1
SSLCipherSuite HIGH:MEDIUM:!aNULL:+SHA1:+MD5:+HIGH:+MEDIUM
#              ^^^^ 6 weak cipher suites are offered by the main server: RC4 (RC4-SHA, RC4-MD5); 3DES (EDH-RSA-...
```

### One list for every host, over several lines, in quotes
```
#--- target: httpd=2.4 openssl=1.0.2
Listen 443
SSLCipherSuite 'ALL !EXPORT !LOW, \
                !MD5'
#               ^^^ 1 line up: 13 weak cipher suites are offered by a.example.org (*:443) and b.example.org (*:443)...
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
</VirtualHost>
```

### One suite
```
#--- target: rhel-8
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCipherSuite DES-CBC3-SHA
    #              ^^^^^^^^^^^^ 1 weak cipher suite is offered by *:443: 3DES (DES-CBC3-SHA)
</VirtualHost>
```

### The library's own command has the last word
```
#--- target: httpd=2.4.41 openssl=1.0.2
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM
    SSLOpenSSLConfCmd CipherString AESGCM:RC4-SHA
    #                                     ^^^^^^^ 1 weak cipher suite is offered by *:443: RC4 (RC4-SHA)
</VirtualHost>
```

### Nothing is said, so the library's list holds
```
#--- target: httpd=2.2 openssl=1.0.1
Listen 443
<VirtualHost *:443>
    SSLEngine on
    #         ^^ 14 weak cipher suites are offered by *:443: RC4...
</VirtualHost>
```

## Good
### Suites of today, and another list for the proxy's own connections
```
#--- target: httpd=2.4 openssl=1.0.2
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM:ECDHE+AES
    SSLProxyCipherSuite ALL
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### mod_ssl takes the worst out by itself
From httpd 2.4.17 on, `:!aNULL:!eNULL:!EXP` stands behind every list.
```
#--- target: httpd=2.4 openssl=1.0.2
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite AESGCM:aNULL:eNULL:EXP
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The library no longer has them
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ALL:RC4:3DES:!aNULL
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### TLS 1.3 alone has suites of its own
```
#--- target: rhel-8
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.3
    SSLCipherSuite DES-CBC3-SHA
</VirtualHost>
```

### For one directory, or without TLS
```
#--- target: httpd=2.4 openssl=1.0.2
Listen 80
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite AESGCM
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Directory /srv/old>
        SSLCipherSuite RC4-SHA
    </Directory>
</VirtualHost>
<VirtualHost *:80>
    SSLCipherSuite RC4-SHA
</VirtualHost>
```

## Fix
### The list of 2005, read as it was meant
```
#--- target: httpd=2.0 openssl=0.9.8
Listen 443
SSLEngine on
SSLProtocol -all +TLSv1
SSLCipherSuite HIGH:MEDIUM:!aNULL:+SHA1:+MD5:+HIGH:+MEDIUM:!3DES:!SSLv2:!IDEA:!RC4
```

## Limits
The server's certificates are not read: suites for keys that it does not have count as offered. A list
in a directory acts by renegotiation, and is not judged here. The lack of forward secrecy, CBC and SHA-1
are no matter of this rule.

## References
RFC 9325 section 4.1, RFC 7465 (RC4), CVE-2016-2183 (SWEET32), CVE-2015-0204 (FREAK), CVE-2015-4000
(Logjam); https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslciphersuite
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, gravest, rule

from ._offering import having, mend
from ._weak import mended, message


@rule(
    code="SSL0201",
    name="weak-cipher-suite",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.1",
    needs=("tls", "sslciphersuite", "sslopensslconfcmd"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for one in having(server, lambda suite: bool(gravest(suite))):
        value = mended(one.offer)
        fix = mend(context, one, value, "exclude the weak suites") if value is not None else None
        yield one.report(context, message(one), fix)
