"""Clients may renegotiate the insecure way of before 2010

## What it does
Reports TLS hosts for which `SSLInsecureRenegotiation on`, or the library's option
`UnsafeLegacyRenegotiation`, is in force.

## Why
Without RFC 5746 an attacker on the path can put a request of his own in front of a client's, in the same
connection, and have the server take both for the client's (CVE-2009-3555). Every client since 2010 speaks
the secure form; the directive was meant for the months of transition. Option bits are never taken back: if
the first host of an address says `on`, all hosts there have it, whatever they say.

## Bad
### For one host
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLInsecureRenegotiation on
    #                        ^^ www.example.org (*:443) lets clients renegotiate without RFC 5746
</VirtualHost>
```

### The first host says it for all
```
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
    SSLInsecureRenegotiation on
    #                        ^^ first.example.org (*:443) and second.example.org (*:443) let clients renegotiate...
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLInsecureRenegotiation off
</VirtualHost>
```

### As an option of the library
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Options UnsafeLegacyRenegotiation
    #                         ^^^^^^^^^^^^^^^^^^^^^^^^^ *:443 lets clients renegotiate without RFC 5746
</VirtualHost>
```

## Good
### Off, or nothing said
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLInsecureRenegotiation off
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The main server's word is overridden
```
Listen 443
SSLInsecureRenegotiation on
<VirtualHost *:443>
    SSLEngine on
    SSLInsecureRenegotiation off
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### No TLS
```
Listen 80
SSLInsecureRenegotiation on
<VirtualHost *:80>
</VirtualHost>
```

## Fix
### For one host
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLInsecureRenegotiation off
</VirtualHost>
```

### The first host says it for all
```
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
    SSLInsecureRenegotiation off
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLInsecureRenegotiation off
</VirtualHost>
```

## References
RFC 5746; CVE-2009-3555; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslinsecurerenegotiation
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, assumption, listing, replace, rule

from ._switched import switched


@rule(
    code="SSL0511",
    name="insecure-renegotiation",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.rfc-editor.org/rfc/rfc5746",
    needs=("sslinsecurerenegotiation", "sslopensslconfcmd"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for directive, hosts in switched(
        server, "sslinsecurerenegotiation", True, lambda offer: offer.insecure_renegotiation
    ):
        word = directive.arguments[-1]
        verb = "lets" if len(hosts) == 1 else "let"
        is_flag = directive.key == "sslinsecurerenegotiation"
        yield context.report(
            word,
            f"{listing(hosts)} {verb} clients renegotiate without RFC 5746",
            notes=assumption(directive, hosts[0].condition),
            fix=context.fix("switch it off", replace(word, "off")) if is_flag else None,
        )
