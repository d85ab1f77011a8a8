"""Virtual hosts of one address and port disagree on whether it speaks TLS

## What it does
Reports name-based virtual hosts whose `SSLEngine` differs from that of the first host of their address.

## Why
Whether a connection is TLS is settled before anybody knows which host is meant: the first host of the
address and port decides. Where it is plain, `SSLEngine on` in the others never takes effect, and their
clients get plain text. Where it speaks TLS, a host with `SSLEngine off` is served by TLS all the same,
with the first host's certificate.

## Bad
### The first host is plain
```
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine off
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    #         ^^ second.example.org (*:443) never speaks TLS: first.example.org (*:443) decides, which is plain
    SSLCertificateFile /etc/ssl/certs/second.pem
</VirtualHost>
```

### The first host speaks TLS
```
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/first.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine off
    #         ^^^ second.example.org (*:443) is served by TLS all the same, with the certificate of first...
</VirtualHost>
```

## Good
### All speak TLS
```
#--- live: no
Listen 443
SSLCertificateFile /etc/ssl/certs/www.pem
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
</VirtualHost>
```

### Different ports
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
    ServerName www.example.org
    SSLEngine off
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## References
`ssl_hook_pre_connection` in modules/ssl/mod_ssl.c; `ssl_find_vhost` in ssl_engine_kernel.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Severity, VirtualHost, assumption, rule


@rule(
    code="SSL0913",
    name="mixed-engine-same-address",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslengine",
    whole_server=True,
    needs=("tls",),
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    mine = host.engine
    if host.is_main or mine.value is None:
        return
    for socket in host.sockets:
        first = socket.default
        if first is host or first.engine.value is None or first.engine.value is mine.value:
            continue
        engine = mine.directive
        is_flag = engine is not None and engine.key == "sslengine" and engine in host.own.get("sslengine", ())
        place = engine.arguments[0] if engine is not None and is_flag else host
        decides = first.engine.directive or first
        message = (
            f"{host.title} never speaks TLS: {first.title} decides, which is plain"
            if mine.value
            else f"{host.title} is served by TLS all the same, with the certificate of {first.title}"
        )
        yield context.report(
            place,
            message,
            related=[(decides, "this decides for the address")],
            notes=assumption(host.condition, first.condition),
            severity=Severity.ERROR if mine.value else Severity.WARNING,
        )
        return
