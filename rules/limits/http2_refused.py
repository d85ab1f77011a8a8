r"""A rule against old HTTP versions refuses HTTP/2 as well

## What it does
Reports rewriting that answers HTTP/1.1 and refuses the same request by HTTP/2, on hosts whose `Protocols` offer
HTTP/2.

## Why
The CIS benchmark tells how to refuse HTTP/1.0: by refusing every request line that does not end with `HTTP/1.1`. It
was written before HTTP/2. Browsers choose HTTP/2 where it is offered, and meet status 403 on every page then.

## Bad
### The rule of the benchmark
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Protocols h2
    Protocols http/1.1
    RewriteEngine on
    RewriteCond %{THE_REQUEST} !HTTP/1\.1$
    RewriteRule .* - [F]
    #           ^^ HTTP/2 is offered for www.example.org (*:443), and this rule refuses it with status 403...
</VirtualHost>
```

## Good
### Both versions
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Protocols h2 http/1.1
    RewriteEngine on
    RewriteCond %{SERVER_PROTOCOL} ^HTTP/(?:0\.9|1\.0)$
    RewriteRule .* - [F]
</VirtualHost>
```

### HTTP/2 is not offered
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    RewriteEngine on
    RewriteCond %{THE_REQUEST} !HTTP/1\.1$
    RewriteRule .* - [F]
</VirtualHost>
```

### Everything is refused
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Protocols h2 http/1.1
    RewriteEngine on
    RewriteRule .* - [F]
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/howto/http2.html; CIS Apache HTTP Server 2.4 Benchmark 5.9
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Server,
    Severity,
    VirtualHost,
    assumption,
    listing,
    rule,
    strangers_answers,
)


@rule(
    code="SSL1415",
    name="http2-refused",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/howto/http2.html",
    needs=("protocols",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    found: dict[Directive, list[VirtualHost]] = {}
    for host in server.hosts:
        line = _refusing(host) if _offers_http2(host) and _speaks_of_versions(host) else None
        if line is not None:
            found.setdefault(line, []).append(host)
    for line, hosts in found.items():
        message = (
            f"HTTP/2 is offered for {listing(hosts)}, and this rule refuses it with status 403: browsers see no page"
        )
        yield context.report(line.arguments[0], message, notes=assumption(line))


def _offers_http2(host: VirtualHost) -> bool:
    return any(word.value.lower() in ("h2", "h2c") for word in host.protocols)


def _speaks_of_versions(host: VirtualHost) -> bool:
    """Whether rewriting may tell versions apart, which saves asking."""
    conditions = (line for one in (host, host.server.main) for line in one.own.get("rewritecond", ()))
    return any("THE_REQUEST" in line.text or "PROTOCOL" in line.text for line in conditions)


def _refusing(host: VirtualHost) -> Directive | None:
    """The rule that refuses HTTP/2 alone, for some URL."""
    newest = strangers_answers(host, "/index.html", protocol="HTTP/2.0")
    usual = strangers_answers(host, "/index.html")
    for new, old in zip(newest, usual, strict=True):
        if new.status == 403 and new.by == "rewrite" and old.status != 403:
            return new.directive
    return None
