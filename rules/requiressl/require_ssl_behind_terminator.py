"""SSLRequireSSL behind a proxy that ends TLS refuses everybody

## What it does
Reports `SSLRequireSSL` and `Require ssl` in force for a host without TLS that reckons with a proxy in front of it:
it sets `HTTPS` from `X-Forwarded-Proto`, or uses mod_remoteip.

## Why
`SSLRequireSSL` asks whether *this* server's connection is encrypted. Where a load balancer ends TLS and passes
plain HTTP on, it never is: every request gets 403, whatever the variable `HTTPS` says.

## Bad
### HTTPS set from the proxy's header
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    DocumentRoot /srv/www
    SetEnvIf X-Forwarded-Proto https HTTPS=on
    <Directory /srv/www/admin>
        SSLRequireSSL
        #<^^^^^^^^^^^ every request to www.example.org (*:80) is refused: this server's own connections are never...
    </Directory>
</VirtualHost>
```

### Require ssl
```
Listen 80
DocumentRoot /srv/www
RemoteIPHeader X-Forwarded-For
<Directory /srv/www/admin>
    Require ssl
    #<^^^^^^^^^ every request to the main server is refused: this server's own connections are never encrypted...
</Directory>
```

## Good
### The header is asked
```
Listen 80
<VirtualHost *:80>
    DocumentRoot /srv/www
    SetEnvIf X-Forwarded-Proto https HTTPS=on
    <Directory /srv/www/admin>
        Require env HTTPS
    </Directory>
</VirtualHost>
```

### A host with TLS serves the folder too
```
Listen 80
Listen 443
DocumentRoot /srv/www
<VirtualHost *:80>
    RemoteIPHeader X-Forwarded-For
</VirtualHost>
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<Directory /srv/www/admin>
    SSLRequireSSL
</Directory>
```

### The own network may do without
```
Listen 80
DocumentRoot /srv/www
RemoteIPHeader X-Forwarded-For
<Directory /srv/www/admin>
    Require ssl
    Require ip 192.0.2.0/24
</Directory>
```

### No proxy in front
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/admin>
    SSLRequireSSL
</Directory>
```

## Limits
A proxy that speaks TLS to this server, too, needs a host with `SSLEngine on` here: then nothing is said.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrequiressl; `ssl_hook_Access` in ssl_engine_kernel.c
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
    assumption,
    ends_tls_upstream,
    listing,
    rule,
)


@rule(
    code="SSL0707",
    name="require-ssl-behind-terminator",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrequiressl",
    needs=("sslrequiressl", "require"),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    reach = Reach.of(server)
    behind = [host for host in server.hosts if _is_behind(host)]
    if not behind:
        return
    for owner, scope in reach.scopes():
        line = _demand(scope)
        if line is None or reach.reached_by_tls(owner, scope):
            continue
        hosts = [host for host in behind if owner in (host, server.main) and _refuses(reach, host, scope)]
        if hosts:
            yield context.report(
                line,
                f"every request to {listing(hosts)} is refused: this server's own connections are never encrypted, as "
                "TLS ends at a proxy in front of it; ask for the header that the proxy sets",
                label="never met",
                notes=assumption(line, hosts[0].condition),
            )


def _demand(scope: Scope) -> Directive | None:
    """The line that asks for TLS."""
    lines = [one for one in scope.directives.get("require", ()) if one.values[:1] == ["ssl"]]
    return next(iter([*scope.directives.get("sslrequiressl", ()), *lines]), None)


def _refuses(reach: Reach, host: VirtualHost, scope: Scope) -> bool:
    """Whether requests for what a section covers would only be let in by TLS."""
    for where in reach.mapper(host).requests_for(scope)[:1]:
        access = reach.access(host, where)
        return not access.lets_in(tls=False) and access.lets_in(tls=True)
    return False


def _is_behind(host: VirtualHost) -> bool:
    """Whether a host is only met by plain HTTP, and reckons with a proxy that ends TLS."""
    return bool(host.plain_sockets) and not host.tls_sockets and ends_tls_upstream(host)
