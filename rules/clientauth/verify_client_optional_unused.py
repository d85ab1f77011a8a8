"""Visitors are asked for a certificate, and nothing looks at it

## What it does
Reports `SSLVerifyClient optional` in force for a whole host where no line looks at the certificate: no section
requires one, nothing tests `SSL_CLIENT_…`, no `Require ssl-verify-client`, no login by certificate, and nobody gets
the TLS variables.

## Why
With `optional` everybody gets in, with a certificate or without. If nothing looks at it, the host is as open as any
other, whatever its author believes, and visitors' browsers bother them with a question.

## Bad
### For nothing
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient optional
    #               ^^^^^^^^ everybody gets in to www.example.org (*:443), with or without a certificate: nothing...
</VirtualHost>
```

## Good
### A section requires it
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient optional
    <Location /staff>
        SSLVerifyClient require
    </Location>
</VirtualHost>
```

### A line tests it
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient optional
    <Location /staff>
        Require ssl-verify-client
    </Location>
</VirtualHost>
```

### The backend is told
```
Listen 443
RequestHeader set X-Client-DN "%{SSL_CLIENT_S_DN}s"
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient optional
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
```

### Required of everybody
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient require
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslverifyclient
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, listing, rule

from ._verifying import asking, uses


@rule(
    code="SSL0614",
    name="verify-client-optional-unused",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslverifyclient",
    needs=("sslverifyclient",),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    sections = [one for one in asking(server) if one.in_section]
    demanding = {host for one in sections for host in one.hosts}
    for one in asking(server):
        if one.mode != "optional" or one.in_section:
            continue
        hosts = [host for host in one.hosts if host not in demanding and not uses(host).anything]
        if hosts and len(hosts) == len(one.hosts):
            yield context.report(
                one.line.arguments[-1],
                f"everybody gets in to {listing(hosts)}, with or without a certificate: nothing looks at it",
                label="asks in vain",
                notes=assumption(one.line, hosts[0].condition),
            )
