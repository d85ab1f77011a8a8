"""A host that speaks TLS does not offer HTTP/2

## What it does
Reports hosts with TLS for which no `Protocols` line offers `h2`, where the target's httpd has it.

## Why
`Protocols` is `http/1.1` unless it is set. Browsers speak HTTP/2 with TLS only, and pages of many parts load faster
by one connection.

## Bad
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    #         ^^ www.example.org (*:443) offers HTTP/1.1 only: no Protocols line names h2
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### For all hosts
```
#--- live: no
Listen 443
Protocols h2 http/1.1
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### An older version
```
#--- live: no
#--- target: httpd=2.4.10 openssl=1.0.1
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/howto/http2.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    HttpdVersion,
    Server,
    Severity,
    VirtualHost,
    assumption,
    listing,
    rule,
    usable,
)

_FIRST = HttpdVersion(2, 4, 17)


@rule(
    code="SSL0925",
    name="http2-missing",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/howto/http2.html",
    whole_server=True,
    needs=("tls",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if context.target.httpd < _FIRST:
        return
    found: dict[tuple[Directive, ...], list[VirtualHost]] = {}
    for host in server.hosts:
        if host.is_tls and not any(word.value.lower() == "h2" for word in host.protocols):
            lines = usable(host.own.get("protocols") or server.main.own.get("protocols") or ())
            found.setdefault(tuple(lines), []).append(host)
    for said, hosts in found.items():
        yield context.report(
            said[-1] if said else hosts[0].engine_place,
            f"{listing(hosts)} {'offers' if len(hosts) == 1 else 'offer'} HTTP/1.1 only: no Protocols line names h2",
            notes=assumption(*said[-1:], hosts[0].condition),
        )
