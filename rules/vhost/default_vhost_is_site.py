"""Requests for unknown names get a real site

## What it does
Reports the first host of an address that several share, where it serves content of its own: it has a `DocumentRoot`
or backend and lets strangers in.

## Why
What no name matches goes to the first host: requests for the bare address, for names of others that point here,
and those by which attackers rebind DNS. That host's content then appears under any name, its cookies and links may
be made for that name, and caches keep it. A first host that refuses everything makes that impossible.

## Bad
```
Listen 80
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ www.example.org (*:80) answers requests for any other name at *:80 with its content
    ServerName www.example.org
    DocumentRoot /srv/www
    <Directory /srv/www>
        Require all granted
    </Directory>
</VirtualHost>
<VirtualHost *:80>
    ServerName shop.example.org
</VirtualHost>
```

## Good
### A first host that refuses
```
Listen 80
<VirtualHost *:80>
    ServerName default.invalid
    <Location />
        Require all denied
    </Location>
</VirtualHost>
<VirtualHost *:80>
    ServerName www.example.org
    DocumentRoot /srv/www
</VirtualHost>
```

### One that redirects
```
Listen 80
<VirtualHost *:80>
    ServerName default.invalid
    Redirect / https://www.example.org/
</VirtualHost>
<VirtualHost *:80>
    ServerName www.example.org
    DocumentRoot /srv/www
</VirtualHost>
```

### Rules that look at the name
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    DocumentRoot /srv/www
    RewriteEngine on
    RewriteCond %{HTTP_HOST} !=www.example.org
    RewriteRule ^ - [F]
</VirtualHost>
<VirtualHost *:80>
    ServerName shop.example.org
</VirtualHost>
```

### The only host
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    DocumentRoot /srv/www
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/vhosts/name-based.html#defaultvhost; CWE-350
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Severity, VirtualHost, assumption, rule

from ._strangers import UNKNOWN_NAME, gets_content


@rule(
    code="SSL0918",
    name="default-vhost-is-site",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/vhosts/name-based.html",
    whole_server=True,
    needs=("virtualhost",),
    default=False,
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    if host.is_main or not context.server.is_complete:
        return
    for socket in host.sockets:
        found = context.server.table.find(socket.address.host, socket.address.port)
        if socket.default is host and found is not None and len(found.hosts) > 1:
            if gets_content(host, socket, UNKNOWN_NAME):
                yield context.report(
                    host,
                    f"{host.title} answers requests for any other name at {socket.address} with its content",
                    label="takes every name",
                    notes=assumption(host.condition),
                )
            return
