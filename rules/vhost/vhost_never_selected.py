"""A virtual host that no request can reach

## What it does
Reports virtual hosts that are never met at any of their addresses: no `Listen` opens the port, another set
of hosts takes every connection, or earlier hosts of the same address answer to all of its names.

## Why
httpd starts without a word and the host is dead text. Requests for it end at another host: another site's
content, another certificate, and other access control than the one that stands there.

## Bad
### The name is taken
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ no request reaches www.example.org (*:80): www.example.org (*:80) answers to its names before
    ServerName www.example.org
    DocumentRoot /srv/new
</VirtualHost>
```

### A pattern comes first
```
Listen 80
<VirtualHost *:80>
    ServerName example.org
    ServerAlias *.example.org
</VirtualHost>
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ no request reaches shop.example.org (*:80): example.org (*:80) answers to its names before
    ServerName shop.example.org
</VirtualHost>
```

### Nobody listens there
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
<VirtualHost *:8443>
#<^^^^^^^^^^^^^^^^^^ no request reaches www.example.org (*:8443): no Listen opens port 8443
    ServerName www.example.org
</VirtualHost>
```

### Another host has the address for itself
```
Listen 192.0.2.1:80
<VirtualHost 192.0.2.1:80>
    ServerName first.example.org
</VirtualHost>
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ no request reaches second.example.org (*:80): first.example.org (192.0.2.1:80) takes every...
    ServerName second.example.org
</VirtualHost>
```

## Good
### Every name is its own
```
Listen 80
<VirtualHost *:80>
    ServerName example.org
</VirtualHost>
<VirtualHost *:80>
    ServerName shop.example.org
    ServerAlias *.example.org
</VirtualHost>
```

### The special one comes before the pattern
```
Listen 80
<VirtualHost *:80>
    ServerName shop.example.org
</VirtualHost>
<VirtualHost *:80>
    ServerName example.org
    ServerAlias *.example.org
</VirtualHost>
```

### One of several addresses is enough
```
Listen 80
<VirtualHost *:80 *:8080>
    ServerName www.example.org
</VirtualHost>
```

### Where Listen lines may stand was not read
```
#--- live: no
#--- unreadable: ports.conf
Include /etc/apache2/ports.conf
<VirtualHost *:8443>
    ServerName www.example.org
</VirtualHost>
#--- ports.conf
Listen 8443
```

## References
`ap_update_vhost_given_ip` and `check_hostalias` in server/vhost.c;
https://httpd.apache.org/docs/2.4/vhosts/details.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Severity, VirtualHost, assumption, is_unreachable, misses, rule


@rule(
    code="SSL0915",
    name="vhost-never-selected",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/vhosts/details.html",
    whole_server=True,
    needs=("virtualhost",),
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    if host.is_main or not context.server.is_complete or not is_unreachable(host):
        return
    found = misses(host)
    takers = dict.fromkeys(taker for miss in found for taker in miss.by)
    reasons = "; ".join(dict.fromkeys(miss.why for miss in found))
    yield context.report(
        host,
        f"no request reaches {host.title}: {reasons}",
        label="never selected",
        related=[(taker, "this host gets its requests") for taker in takers if not taker.is_main][:3],
        notes=assumption(host.condition, *(taker.condition for taker in takers)),
    )
