"""A name is not known at one of the machine's addresses

## What it does
Reports hosts for a single address that keep connections to it from hosts for all addresses (`*`) of the same port.

## Why
The more special address wins, for all names: at `192.0.2.1:443` only the hosts that name this address are looked at,
and a request for a name that stands in `<VirtualHost *:443>` gets the first of them: another site, and another
certificate.

## Bad
```
Listen 80
<VirtualHost 192.0.2.1:80>
#<^^^^^^^^^^^^^^^^^^^^^^^^ at 192.0.2.1:80, requests for shop.example.org get www.example.org (192.0.2.1:80)
    ServerName www.example.org
</VirtualHost>
<VirtualHost *:80>
    ServerName shop.example.org
</VirtualHost>
```

## Good
### All alike
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
<VirtualHost *:80>
    ServerName shop.example.org
</VirtualHost>
```

### Every name at both
```
Listen 80
<VirtualHost 192.0.2.1:80>
    ServerName www.example.org
    ServerAlias *.example.org
</VirtualHost>
<VirtualHost *:80>
    ServerName www.example.org
    ServerAlias shop.example.org
</VirtualHost>
```

## Limits
Which names lead to which address is known to the DNS alone: hosts for other addresses may be meant for those.

## References
https://httpd.apache.org/docs/2.4/vhosts/details.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import ANY_ADDRESS, Context, Diagnostic, Server, Severity, assumption, enumeration, rule


@rule(
    code="SSL0927",
    name="vhost-hidden-at-address",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/vhosts/details.html",
    whole_server=True,
    needs=("virtualhost",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    sets = list(server.table.sets) if server.is_complete else []
    for found in sets:
        if found.is_wildcard or found.address.is_loopback or not found.default.sockets:
            continue
        others = server.table.find(ANY_ADDRESS, found.address.port)
        names = dict.fromkeys(name for host in others.hosts for name in host.names) if others is not None else {}
        hidden = [name for name in names if not any(host.answers_to(name) for host in found.hosts)]
        if hidden:
            yield context.report(
                found.default,
                f"at {found.address}, requests for {enumeration(hidden, 3)} get {found.default.title}",
                label="takes the whole address",
                notes=assumption(found.default.condition),
            )
