"""ProxyPass leads back to itself

## What it does
Reports `ProxyPass` to this server's own address and port, where the request comes to the same line again.

## Why
Each request opens another one to the same server, and that another one, until no worker is left; then all of them
fail, and so does everything else that the server answers meanwhile. Mostly a port is wrong, or the backend moved.

## Bad
### The wrong port
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ProxyPass /app http://127.0.0.1:80/app
    #              ^^^^^^^^^^^^^^^^^^^^^^^ leads to www.example.org (*:80), and to this line again: requests go...
</VirtualHost>
```

### Without a port
```
Listen 8080
Listen 80
ProxyPass / http://localhost/
#           ^^^^^^^^^^^^^^^^^ leads to the main server, and to this line again: requests go round until no worker...
```

## Good
### Another port
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ProxyPass /app http://127.0.0.1:8080/app
</VirtualHost>
```

### Another host of this server
```
Listen 80
Listen 127.0.0.1:8080
<VirtualHost *:80>
    ServerName www.example.org
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
<VirtualHost 127.0.0.1:8080>
    DocumentRoot /srv/app
</VirtualHost>
```

### Another path
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ProxyPass /app http://127.0.0.1:80/static
</VirtualHost>
```

### Nobody listens there
```
Listen 192.0.2.1:80
<VirtualHost 192.0.2.1:80>
    ServerName www.example.org
    ProxyPass / http://127.0.0.1/
</VirtualHost>
```

## Limits
Only `localhost` and loopback addresses are taken for this server.

## References
https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Reach,
    Server,
    Severity,
    VirtualHost,
    assumption,
    is_loopback,
    number_of,
    rule,
)

from ._passes import Pass, passes

_HERE = re.compile(r"http(s?)://([A-Za-z0-9.-]+)(?::(\d+))?", re.IGNORECASE)


@rule(
    code="SSL0827",
    name="proxy-loop",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass",
    whole_server=True,
    needs=("proxypass",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for one in passes(server) if server.is_complete else ():
        host = _met_again(server, one)
        if host is not None:
            name = "the main server" if host.is_main else host.title
            yield context.report(
                one.word,
                f"leads to {name}, and to this line again: requests go round until no worker is left",
                notes=assumption(one.directive, one.host.condition),
            )


def _met_again(server: Server, one: Pass) -> VirtualHost | None:
    """The host in which a request that was passed on meets the line again."""
    match = _HERE.match(one.word.value)
    if match is None or not one.is_fixed or not is_loopback(match.group(2).lower()):
        return None
    tls = bool(match.group(1))
    port = number_of(match.group(3) or "") or (443 if tls else 80)
    address = match.group(2) if match.group(2)[0].isdigit() else "127.0.0.1"
    listens = any(one.address.port == port and one.address.host in ("*", address) for one in server.listeners)
    if not listens:
        return None
    name = one.host.effective_name if one.host.keyword("proxypreservehost") == "on" else match.group(2)
    host = server.select(address, port, name)
    if bool(host.first_on_address.engine.value) is not tls:
        return None
    entry = Reach.of(server).mapper(host).entry(one.target_path.rstrip("/") + "/page")
    return host if entry is not None and entry.directive is one.directive else None
