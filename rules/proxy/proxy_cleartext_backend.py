"""What clients send by TLS goes on in the clear

## What it does
Reports backends on other machines that a host which speaks TLS passes requests to by plain HTTP, AJP, FastCGI,
SCGI, uwsgi or WebSocket.

## Why
TLS ends at this server. Passwords, cookies and contents travel on unprotected, for everybody who listens in that
network, and who answers in the backend's place is not noticed. Whether that network can be trusted is for you to
say; some policies (PCI DSS 4.2.1, zero trust) do not allow it.

## Bad
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    ProxyPass /app http://app.internal.example:8080/app
    #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ www.example.org (*:443) passes to app.internal.example what...
</VirtualHost>
```

## Good
### By TLS
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLProxyEngine on
    ProxyPass /app https://app.internal.example:8443/app
</VirtualHost>
```

### The machine itself
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    ProxyPass /app http://127.0.0.1:8080/app
    ProxyPass /sock unix:/run/app.sock|http://app/
</VirtualHost>
```

### A plain host
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ProxyPass /app http://app.internal.example:8080/app
</VirtualHost>
```

## References
RFC 9325 section 3.2; CWE-319
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Severity, VirtualHost, assumption, backends, rule

from ._sides import PLAIN


@rule(
    code="SSL0822",
    name="proxy-cleartext-backend",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://cwe.mitre.org/data/definitions/319.html",
    needs=("tls",),
    default=False,
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    if not host.is_tls:
        return
    for one in backends(host):
        if one.scheme in PLAIN and not one.is_here:
            yield context.report(
                one.argument,
                f"{host.title} passes to {one.machine} what it gets by TLS as plain {one.scheme}",
                notes=assumption(one.directive, host.condition),
            )
