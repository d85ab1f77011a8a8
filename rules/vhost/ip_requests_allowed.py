r"""Requests for an IP address in place of a name are answered

## What it does
Reports hosts that answer requests whose Host is an IP address with content, at addresses where they are the first
host, or the main server.

## Why
Scanners and worms go through addresses and don't know names. A server that answers only to its names is not seen
by them. The CIS benchmark (5.14) asks for that.

## Bad
```
Listen 80
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ www.example.org (*:80) answers requests for its bare IP address
    ServerName www.example.org
    DocumentRoot /srv/www
    <Directory /srv/www>
        Require all granted
    </Directory>
</VirtualHost>
```

## Good
### The rules of the benchmark
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    DocumentRoot /srv/www
    RewriteEngine on
    RewriteCond %{HTTP_HOST} !^www\.example\.org [NC]
    RewriteRule ^.(.*) - [L,F]
</VirtualHost>
```

### A first host that refuses
```
Listen 80
<VirtualHost *:80>
    ServerName default.invalid
    <Location />
        Require all denied
    </Location>
</VirtualHost>
<VirtualHost *:80>
    ServerName www.example.org
    DocumentRoot /srv/www
</VirtualHost>
```

### Sent on to the name
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    Redirect permanent / https://www.example.org/
</VirtualHost>
```

## References
CIS Apache HTTP Server 2.4 Benchmark 5.14
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Severity, VirtualHost, assumption, rule

from ._strangers import ADDRESS, gets_content


@rule(
    code="SSL0919",
    name="ip-requests-allowed",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://www.cisecurity.org/benchmark/apache_http_server",
    whole_server=True,
    needs=("listen",),
    default=False,
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    if not context.server.is_complete:
        return
    for socket in host.sockets:
        if socket.default is host and not socket.address.is_loopback and gets_content(host, socket, ADDRESS):
            yield context.report(
                host,
                f"{host.title if not host.is_main else 'the main server'} answers requests for its bare IP address",
                label="takes every name",
                notes=assumption(host.condition),
            )
            return
