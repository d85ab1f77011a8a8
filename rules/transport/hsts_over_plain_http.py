"""HSTS is sent by plain HTTP, where browsers ignore it

## What it does
Reports `Strict-Transport-Security` in a virtual host that is met by plain HTTP only, where another host of the
same name speaks TLS.

## Why
Browsers heed the header only in responses by TLS without certificate errors; otherwise anybody on the way
could set it. RFC 6797 forbids servers to send it by plain HTTP. The line suggests a protection that has to come
from the TLS host.

## Bad
### Beside the redirect
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
    ServerName www.example.org
    Header always set Strict-Transport-Security "max-age=63072000"
#                     ^^^^^^^^^^^^^^^^^^^^^^^^^ browsers ignore this by plain HTTP: it belongs into www...
    Redirect permanent / https://www.example.org/
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### In the TLS host
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
    ServerName www.example.org
    Redirect permanent / https://www.example.org/
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Header always set Strict-Transport-Security "max-age=63072000"
</VirtualHost>
```

### Near miss: for all hosts at once
```
#--- live: no
Listen 80
Listen 443
Header always set Strict-Transport-Security "max-age=63072000"
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Near miss: something in front may speak TLS
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    Header always set Strict-Transport-Security "max-age=63072000"
</VirtualHost>
```

## Fix
### Beside the redirect
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
    ServerName www.example.org
    Redirect permanent / https://www.example.org/
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## References
RFC 6797 sections 7.2 and 8.1
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Reach,
    Safety,
    Severity,
    VirtualHost,
    assumption,
    delete_lines,
    header_line,
    rule,
)

from ._headers import is_hsts, mentions_hsts
from ._hosts import host_of, twin


@rule(
    code="SSL1020",
    name="hsts-over-plain-http",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.rfc-editor.org/rfc/rfc6797#section-7.2",
    keys=("header",),
    whole_server=True,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    line = header_line(directive) if mentions_hsts(directive) else None
    host = host_of(directive, context.server) if line is not None and is_hsts(line) else None
    if line is None or host is None or host.is_main or not _is_plain(host, context):
        return
    other = twin(host)
    if other is not None:
        message = f"browsers ignore this by plain HTTP: it belongs into {other.title}"
        fix = context.fix("take the line out", delete_lines(directive))
        yield context.report(line.word, message, notes=assumption(directive), fix=fix)


def _is_plain(host: VirtualHost, context: Context) -> bool:
    return host in Reach.of(context.server).plain_hosts and not host.tls_sockets
