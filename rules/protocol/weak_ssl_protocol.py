"""Protocol versions that must not be used any more are offered

## What it does
Works out which protocol versions each virtual host really offers, and reports SSLv2, SSLv3, TLS 1.0
and TLS 1.1, at the word of `SSLProtocol` (or `SSLOpenSSLConfCmd`) that lets them in. One line that
many hosts inherit gives one finding.

## Why
SSLv2 and SSLv3 can be broken by anybody on the path (DROWN, POODLE). TLS 1.0 and 1.1 rest on MD5 and
SHA-1, have no authenticated encryption, and were withdrawn in 2021; PCI DSS forbids TLS 1.0.

## Bad
### Everything but SSLv3
```
#--- target: debian-11
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol all -SSLv3
    #           ^^^ TLS 1.0 and TLS 1.1 are offered by www.example.org (*:443)
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Nothing is said, so the default holds
```
#--- target: httpd=2.4 openssl=1.1.1
Listen 443
<VirtualHost *:443>
    SSLEngine on
    #         ^^ TLS 1.0 and TLS 1.1 are offered by *:443
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### TLS by the Listen alone, in one of two hosts
```
#--- target: httpd=2.4 openssl=1.1.1
Listen 443
<VirtualHost *:443>
#<^^^^^^^^^^^^^^^^^ TLS 1.0 and TLS 1.1 are offered by *:443 and www.example.org (*:443)
    DocumentRoot /var/www/html
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### One line for every host, written after them
```
#--- target: debian-11
Listen 443
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
</VirtualHost>
SSLProtocol -ALL +tlsv1.1 +TLSv1.2 +TLSv1.3
#                ^^^^^^^^ TLS 1.1 is offered by a.example.org (*:443) and b.example.org (*:443)
```

### The line of 2005, read as it was meant
```
#--- target: httpd=2.0 openssl=0.9.8
Listen 443
SSLEngine on
SSLProtocol -all +TLSv1 +SSLv3
#                ^^^^^^^^^^^^^ SSLv3 and TLS 1.0 are offered by the main server
```

### A cipher string that opens the door again
OpenSSL 3 speaks TLS 1.0 and 1.1 at security level 0 alone.
```
Listen 443
Include /etc/apache2/conf.d/ssl.conf
<VirtualHost *:443>
    SSLEngine on
</VirtualHost>
#--- conf.d/ssl.conf
SSLProtocol TLSv1.1 +TLSv1.2
#           ^^^^^^^ TLS 1.1 is offered by *:443
SSLCipherSuite DEFAULT:@SECLEVEL=0
```

### The library's own command has the last word
```
#--- target: debian-11
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLOpenSSLConfCmd MinProtocol TLSv1.1
    #                             ^^^^^^^ TLS 1.1 is offered by *:443
</VirtualHost>
```

### The default host decides for an old server
Before httpd 2.4.42 and OpenSSL 1.1.1 the version is chosen before the name is known.
```
#--- target: httpd=2.4.38 openssl=1.0.2
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
    SSLProtocol TLSv1.1
    #           ^^^^^^^ TLS 1.1 is offered by first.example.org (*:443) and second.example.org (*:443)
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLProtocol TLSv1.2
</VirtualHost>
```

### Nothing but what the library refuses
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol TLSv1
    #           ^^^^^ nobody can connect to www.example.org (*:443): only TLS 1.0 is switched on...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### TLS 1.2 and 1.3
```
#--- target: debian-11
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol -all +TLSv1.2 +TLSv1.3
</VirtualHost>
```

### OpenSSL 3 refuses what `all` still lets in
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol all -SSLv3
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A hole in the range cuts off what is below it
```
#--- target: debian-11
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol all -TLSv1.2
</VirtualHost>
```

### No cipher suite of the list works with the old versions
```
#--- target: debian-11
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol all
    SSLCipherSuite ECDHE+AESGCM
</VirtualHost>
```

### A word without sign replaces those before it
```
#--- target: debian-11
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1 TLSv1.2
</VirtualHost>
```

### No TLS here, or a branch that is not taken
```
#--- target: debian-11
Listen 80
Listen 443
<VirtualHost *:80>
    SSLEngine off
    SSLProtocol all
    SSLProxyProtocol all
</VirtualHost>
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.3
    <IfVersion < 2.4.36>
        SSLProtocol all
    </IfVersion>
    <IfModule !mod_ssl.c>
        SSLProtocol all
    </IfModule>
</VirtualHost>
```

### A variable that holds the right value
```
#--- target: debian-11
Define PROTOCOLS "all -SSLv3 -TLSv1 -TLSv1.1"
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol ${PROTOCOLS}
</VirtualHost>
```

## Fix
### TLS by the Listen alone, in one of two hosts
```
#--- target: httpd=2.4 openssl=1.1.1
Listen 443
<VirtualHost *:443>
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    DocumentRoot /var/www/html
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Everything but SSLv3
```
#--- target: debian-11
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The line of 2005, read as it was meant
```
#--- target: httpd=2.0 openssl=0.9.8
Listen 443
SSLEngine on
SSLProtocol -all +TLSv1
```

## Limits
A fragment is judged by what it sets itself. That a library was patched, or that a proxy in front
speaks TLS to the clients, is not known here. Versions that only the target's library holds back are
mentioned when they are named one by one, as information.

## References
RFC 6176 (SSLv2), RFC 7568 (SSLv3), RFC 8996 (TLS 1.0 and 1.1), RFC 9325 section 3.1;
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Fix,
    Safety,
    Server,
    Severity,
    Target,
    above_engines,
    assumption,
    explicit,
    rule,
)

from ._offered import Group, groups
from ._rewriting import best, without_weak


@rule(
    code="SSL0101",
    name="weak-ssl-protocol",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.rfc-editor.org/rfc/rfc8996",
    needs=("tls", "sslprotocol"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for group in groups(server):
        notes = list(assumption(group.directive, *(host.condition for host in group.hosts[:1])))
        if best(server.target)[0].is_weak:
            notes.append(f"OpenSSL {server.target.openssl} with httpd {server.target.httpd} has nothing better than "
                         "TLS 1.0: only a newer OpenSSL and httpd bring TLS 1.2.")  # fmt: skip
        elif group.directive is None:
            notes.append(f"No SSLProtocol is in force: this is the default of httpd {server.target.httpd}.")
        yield context.report(
            group.place,
            group.message,
            label=group.label,
            related=[(loser, "overridden here") for loser in group.losers[-3:]],
            notes=notes,
            fix=_fix(group, server.target, context),
            severity=group.severity,
        )


def _fix(group: Group, target: Target, context: Context) -> Fix | None:
    """Leave TLS 1.2 and 1.3, or the best there is."""
    good = best(target)
    names = " and ".join(protocol.label for protocol in good)
    if group.directive is None:
        hosts = (*group.deciders, *group.hosts)
        added = above_engines(hosts, f"SSLProtocol {explicit(good)}") if not good[0].is_weak else []
        return context.fix(f"allow {names} only", *added) if added else None
    edits = list(group.edits(lambda directive: without_weak(directive, target), good))
    return context.fix(f"leave {names} only" if len(good) == 1 else "leave no weak version", *edits) if edits else None
