r"""Requests of HTTP/1.0 are answered

## What it does
Asks each host for its front page by HTTP/1.0, and reports those that answer with something other than a refusal.

## Why
CIS asks for this: old versions of HTTP are spoken by scanners and tools rather than by browsers. Health checks of
load balancers often speak HTTP/1.0, too.

## Bad
### No rule
```
Listen 80
#<^^^^^^^ requests of HTTP/1.0 are answered by the main server
DocumentRoot /srv/www
```

## Good
### Refused
```
Listen 80
DocumentRoot /srv/www
RewriteEngine on
RewriteCond %{SERVER_PROTOCOL} ^HTTP/(?:0\.9|1\.0)$
RewriteRule .* - [F]
```

### As the benchmark has it
```
Listen 80
DocumentRoot /srv/www
RewriteEngine on
RewriteOptions Inherit
RewriteCond %{THE_REQUEST} !HTTP/1\.1$
RewriteRule .* - [F]
```

## References
CIS Apache HTTP Server 2.4 Benchmark 5.9
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, listing, rule, strangers_answers


@rule(
    code="SSL1418",
    name="old-http-allowed",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritecond",
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    hosts = [
        host
        for host in server.hosts
        if any(one.status not in (400, 403) for one in strangers_answers(host, "/", protocol="HTTP/1.0"))
    ]
    if hosts and server.is_complete:
        message = f"requests of HTTP/1.0 are answered by {listing(hosts)}"
        yield context.report(hosts[0], message)
