"""SSLRequireSSL for the files does not hold for what a proxy serves

## What it does
Reports `ProxyPass` (and the like) of a host that plain HTTP reaches, where a `<Directory>` around all of the
host's documents says `SSLRequireSSL` and nothing else demands TLS for the proxied URLs.

## Why
A request that is passed to a backend is never looked up in the file system: no `<Directory>` applies to it, not
even `<Directory />`. The files are safe, and the application behind the proxy is served by plain HTTP.

## Bad
### An application beside the documents
```
Listen 80
DocumentRoot /srv/www
<Directory />
    SSLRequireSSL
</Directory>
ProxyPass "/app" "http://127.0.0.1:8080/app"
#         ^^^^^^ <Directory /> does not apply to what is proxied: plain HTTP on the main server reaches /app...
```

### In a location
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    DocumentRoot /srv/www
    <Directory /srv/www>
        SSLRequireSSL
    </Directory>
    <Location /app>
        ProxyPass http://127.0.0.1:8080/app
        #         ^^^^^^^^^^^^^^^^^^^^^^^^^ <Directory /srv/www> does not apply to what is proxied: plain HTTP on www...
    </Location>
</VirtualHost>
```

## Good
### Demanded for all URLs
```
Listen 80
DocumentRoot /srv/www
<Location />
    SSLRequireSSL
</Location>
ProxyPass /app http://127.0.0.1:8080/app
```

### Only some documents want TLS
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/private>
    SSLRequireSSL
</Directory>
ProxyPass /app http://127.0.0.1:8080/app
```

### Plain requests are sent to https before
```
Listen 80
<VirtualHost *:80>
    DocumentRoot /srv/www
    RewriteEngine on
    RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
    ProxyPass /app http://127.0.0.1:8080/app
</VirtualHost>
<Directory /srv/www>
    SSLRequireSSL
</Directory>
```

### No plain HTTP
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    DocumentRoot /srv/www
    ProxyPass /app http://127.0.0.1:8080/app
</VirtualHost>
<Directory />
    SSLRequireSSL
</Directory>
```

## Limits
A section that asks for a login is reported by `missing-ssl-require-ssl` instead.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrequiressl; `proxy_walk` in mod_proxy.c. Tried on httpd 2.4.71.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Reach,
    Scope,
    Server,
    Severity,
    VirtualHost,
    Where,
    assumption,
    host_scopes,
    listing,
    rule,
)

from ._exposed import place, title


@rule(
    code="SSL0704",
    name="require-ssl-misses-proxy",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrequiressl",
    needs=("proxypass", "proxypassmatch"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if "sslrequiressl" not in server.keys:
        return
    reach = Reach.of(server)
    found: dict[Directive, tuple[Scope, str, list[VirtualHost]]] = {}
    for host in reach.plain_hosts:
        around = _around_documents(reach, host)
        for line, url in _open(reach, host) if around is not None else ():
            assert around is not None
            found.setdefault(line, (around, url, []))[2].append(host)
    for line, (around, url, hosts) in found.items():
        demand = around.directives["sslrequiressl"][0]
        yield context.report(
            line.arguments[0],
            f"{title(around)} does not apply to what is proxied: plain HTTP on {listing(hosts)} reaches {url}, and "
            "nothing demands TLS there; put SSLRequireSSL into a <Location>",
            label="served without TLS",
            related=[(place(around), "holds for files alone"), (demand, "demanded here")],
            notes=assumption(line, demand, hosts[0].condition),
        )


def _around_documents(reach: Reach, host: VirtualHost) -> Scope | None:
    """The plain `<Directory>` with SSLRequireSSL around all documents of a host."""
    root = reach.mapper(host).where("/").path
    if root is None:
        return None
    for scope in host_scopes(host):
        if scope.kind == "directory" and "sslrequiressl" in scope.directives and scope.covers(Where(None, root)):
            return scope
    return None


def _open(reach: Reach, host: VirtualHost) -> Iterator[tuple[Directive, str]]:
    """The lines that pass plain requests to a backend, with the URL."""
    mapper = reach.mapper(host)
    for entry in mapper.proxied:
        if entry.pattern is not None or entry.backend is None or entry.directive is None:
            continue
        where = mapper.where(entry.url)
        if where.backend != entry.backend or reach.answers_first(host, where) is not None:
            continue
        access = reach.access(host, where)
        if access.requires_tls is None and access.lets_in(tls=False) and not access.asks_for_login:
            yield entry.directive, entry.url
