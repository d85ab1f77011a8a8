"""Requests may cross from one host's handshake to another host

## What it does
Reports `SSLVHostSNIPolicy insecure`.

## Why
A client names one host in the handshake and may ask for another one in the request. Since 2.4.66 httpd refuses that
(421) where the hosts' TLS settings differ; with `insecure` it never does, so that whoever passes the handshake with
an open host asks for what another one keeps for clients with certificates (CVE-2025-23048). `authonly` compares the
settings for client certificates alone.

## Bad
```
#--- live: no
#--- target: httpd=2.4.66 openssl=3.0.2
Listen 443
SSLVHostSNIPolicy insecure
#                 ^^^^^^^^ whoever passes the handshake with one host may ask for any other one on the same connection
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### The default, or stricter
```
#--- live: no
Listen 443
SSLVHostSNIPolicy secure
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Only what guards clients' certificates
```
#--- live: no
Listen 443
SSLVHostSNIPolicy authonly
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
```
#--- target: httpd=2.4.66 openssl=3.0.2
Listen 443
SSLVHostSNIPolicy secure
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslvhostsnipolicy; CVE-2025-23048
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, replace, rule


@rule(
    code="SSL0921",
    name="sni-policy-insecure",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslvhostsnipolicy",
    keys=("sslvhostsnipolicy",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if directive.keyword == "insecure":
        word = directive.arguments[0]
        yield context.report(
            word,
            "whoever passes the handshake with one host may ask for any other one on the same connection",
            notes=assumption(directive),
            fix=context.fix("compare the hosts' settings", replace(word, "secure")),
        )
