"""TLS is switched on for port 80

## What it does
Reports hosts that speak TLS on port 80, unless `Listen 80 https` says that this is meant.

## Why
Every client takes port 80 for plain HTTP, and gets "You're speaking plain HTTP to an SSL-enabled server
port" for an answer. Most often an `SSLEngine on` of the main server, or of a snippet that both hosts
include, reaches further than was meant. httpd logs a warning at the start (AH01915) and carries on.

## Bad
### Switched on for all
```
Listen 80
Listen 443
SSLEngine on
#         ^^ www.example.org (*:80) speaks TLS on port 80
SSLCertificateFile /etc/ssl/certs/www.pem
<VirtualHost *:80>
    ServerName www.example.org
    Redirect permanent / https://www.example.org/
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
</VirtualHost>
```

### In the host
```
Listen 80
<VirtualHost *:80>
    SSLEngine on
    #         ^^ *:80 speaks TLS on port 80
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### Where it belongs
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
</VirtualHost>
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Switched off again for port 80
```
#--- live: no
Listen 80
Listen 443
SSLEngine on
SSLCertificateFile /etc/ssl/certs/www.pem
<VirtualHost *:80>
    SSLEngine off
</VirtualHost>
<VirtualHost *:443>
</VirtualHost>
```

### Port 80 is https by decree
```
#--- live: no
Listen 80 https
<VirtualHost *:80>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Near miss: nobody knows here what the variable holds
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:${TLS_PORT}>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/www.pem
</VirtualHost>
```

### Near miss: the server ignores such an address
```
#--- live: no
Listen 80
Listen 443
<VirtualHost www.example.org:tls>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/www.pem
</VirtualHost>
```

## Fix
### Switched on for all
```
Listen 80
Listen 443
SSLEngine on
SSLCertificateFile /etc/ssl/certs/www.pem
<VirtualHost *:80>
    ServerName www.example.org
    Redirect permanent / https://www.example.org/
    SSLEngine off
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
</VirtualHost>
```

### In the host
```
Listen 80
<VirtualHost *:80>
    SSLEngine off
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

The fix is unsafe, since the port then speaks plain HTTP. There is none for a host that has other ports as well.

## References
`ssl_init_CheckServers` in modules/ssl/ssl_engine_init.c (AH01915)
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Fix,
    Safety,
    Server,
    Severity,
    Socket,
    VirtualHost,
    assumption,
    insert_at_end,
    listing,
    replace,
    rule,
)


@rule(
    code="SSL0912",
    name="engine-on-http-port",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslengine",
    whole_server=True,
    needs=("sslengine",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    found: dict[Directive, list[VirtualHost]] = {}
    for host in server.hosts:
        engine = host.engine_line
        if engine is not None and any(socket.default is host and _is_for_http(socket) for socket in host.tls_sockets):
            found.setdefault(engine, []).append(host)
    for engine, hosts in found.items():
        yield context.report(
            engine.arguments[0],
            f"{listing(hosts)} {'speaks' if len(hosts) == 1 else 'speak'} TLS on port 80",
            notes=assumption(engine, hosts[0].condition),
            fix=_fix(engine, hosts, server, context),
        )


def _fix(engine: Directive, hosts: list[VirtualHost], server: Server, context: Context) -> Fix | None:
    """Switch TLS off where it is switched on for these hosts alone, else at the end of each of them."""
    if not all(_is_for_http(socket) for host in hosts for socket in host.tls_sockets):
        return None
    title = "speak plain HTTP"
    place = (engine.source.path, engine.start)
    lines = ((host, host.engine.directive) for host in server.hosts)
    others = [host for host, line in lines if line is not None and (line.source.path, line.start) == place]
    if set(others) <= set(hosts):
        return context.fix(title, replace(engine.arguments[0], "off"))
    sections = [host.header for host in hosts]
    edits = [insert_at_end(one, "SSLEngine off") if one is not None else None for one in sections]
    return context.fix(title, *(one for one in edits if one is not None)) if None not in edits else None


def _is_for_http(socket: Socket) -> bool:
    """Whether clients expect plain HTTP at a socket."""
    protocol = socket.listener.protocol if socket.listener is not None else "http"
    return socket.address.port == 80 and protocol == "http" and not socket.address.has_variable
