"""A port is open for which no virtual host is meant

## What it does
Reports `Listen` lines for ports at which no virtual host answers, in a server with virtual hosts.

## Why
The main server answers there, with its default content and without what the virtual hosts say: access control,
redirects, TLS. On a port for https, browsers meet plain HTTP and give up. Where nothing is meant to be served, the
line should go.

## Bad
### A port for TLS that speaks none
```
Listen 80
Listen 443
#      ^^^ no virtual host is meant for port 443: the main server answers, by plain HTTP where clients expect TLS
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

### Left over
```
Listen 80
Listen 8080
#      ^^^^ no virtual host is meant for port 8080: the main server answers
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

## Good
### Each has its host
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The main server is all there is
```
Listen 80
Listen 8080
```

### For the machine itself
```
Listen 80
Listen 127.0.0.1:8081
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

### At one of the addresses
```
#--- live: no
Listen 80
Listen 8080
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
<VirtualHost 192.0.2.1:8080>
    ServerName internal.example.org
</VirtualHost>
```

### Perhaps
```
Listen 80
<IfDefine MORE>
    Listen 8080
</IfDefine>
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

### The main server has content of its own
```
Listen 80
Listen 8080
DocumentRoot /srv/main
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/bind.html; https://httpd.apache.org/docs/2.4/vhosts/details.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, Socket, rule

_CONTENT = ("documentroot", "proxypass", "proxypassmatch", "redirect", "redirectmatch", "redirectpermanent", "alias",
            "rewriterule", "scriptalias", "sslengine", "mdomain", "gnutlsenable", "nssengine")  # fmt: skip


@rule(
    code="SSL0920",
    name="listen-without-vhost",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/bind.html",
    whole_server=True,
    needs=("virtualhost",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    main = server.main
    if not server.is_complete or len(server.hosts) < 2:
        return
    ports = {address.port for host in server.hosts[1:] for address in host.addresses}
    for socket in main.sockets:
        line = socket.listener.directive if socket.listener is not None else None
        if line is None or line.condition is not None or socket.address.is_loopback or not line.arguments:
            continue
        if socket.address.port in ports or 0 in ports:
            continue
        plain = _is_plain_for_tls(socket)
        if not plain and any(key in main.own for key in _CONTENT):
            continue
        end = ", by plain HTTP where clients expect TLS" if plain else ""
        yield context.report(
            line.arguments[0],
            f"no virtual host is meant for port {socket.address.port}: the main server answers{end}",
        )


def _is_plain_for_tls(socket: Socket) -> bool:
    """Whether clients expect TLS, and the main server speaks none."""
    expected = socket.listener is not None and socket.listener.protocol == "https"
    return expected and socket.default.engine.value is False
