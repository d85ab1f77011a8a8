"""A virtual host among others has no name

## What it does
Reports virtual hosts without `ServerName` and `ServerAlias` that share their address with others, but for the first
of them.

## Why
Names tell the hosts of an address apart. One without takes the main server's name, or what the resolver says of its
address, so that only requests for that name reach it; and where the first host has it already, none do. That a
connection to it works depends on the machine's DNS. The first host needs no name: it takes what is left over.

## Bad
```
Listen 80
ServerName server.example.org
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ *:80 has no ServerName: only requests for server.example.org, the main server's name, reach it
    DocumentRoot /srv/shop
</VirtualHost>
```

## Good
### The first host
```
Listen 80
<VirtualHost *:80>
    Redirect 404 /
</VirtualHost>
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

### An alias will do
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
<VirtualHost *:80>
    ServerAlias shop.example.org
</VirtualHost>
```

### Alone at its address
```
Listen 80
Listen 8080
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
<VirtualHost *:8080>
    DocumentRoot /srv/shop
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/vhosts/name-based.html; `ap_fini_vhost_config` in server/vhost.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Severity, VirtualHost, assumption, is_unreachable, rule


@rule(
    code="SSL0917",
    name="vhost-without-name",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/vhosts/name-based.html",
    whole_server=True,
    needs=("virtualhost",),
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    if host.is_main or host.names or not host.sockets or not context.server.is_complete:
        return
    if any(socket.default is host for socket in host.sockets) or is_unreachable(host):
        return
    name = f"{host.effective_name}, the main server's name," if host.effective_name else "what DNS calls its address"
    yield context.report(
        host,
        f"{host.title} has no ServerName: only requests for {name} reach it",
        label="name is missing",
        notes=assumption(host.condition),
    )
