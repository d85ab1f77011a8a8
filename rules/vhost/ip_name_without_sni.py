"""A TLS host that is called by an IP address never shows its certificate

## What it does
Reports hosts with TLS that share their address with others, are not the first of them, and have no other names than
IP addresses.

## Why
Clients name the host in the handshake, but never an IP address (RFC 6066 section 3): the first host of the address
answers the handshake, with its certificate, protocols and ciphers. The browser warns of a certificate for another
name, or the request is refused with status 421. Such a host wants an address and port of its own, or to be the first.

## Bad
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName 192.0.2.10
    #          ^^^^^^^^^^ clients name no IP address in the handshake: www.example.org (*:443) answers it, with its...
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/address.pem
</VirtualHost>
```

## Good
### The first host
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName 192.0.2.10
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/address.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A name as well
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName shop.example.org
    ServerAlias 192.0.2.10
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/shop.pem
</VirtualHost>
```

### Plain HTTP: the request names it
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
<VirtualHost *:80>
    ServerName 192.0.2.10
</VirtualHost>
```

## References
RFC 6066 section 3; `ssl_find_vhost` in ssl_engine_kernel.c
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Severity, VirtualHost, assumption, rule

_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\]", re.IGNORECASE)


@rule(
    code="SSL0929",
    name="ip-name-without-sni",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc6066#section-3",
    whole_server=True,
    needs=("tls",),
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    if host.is_main or not host.is_tls or not host.names or not all(map(_ADDRESS.fullmatch, host.names)):
        return
    others = [socket.default for socket in host.tls_sockets if socket.default is not host]
    if others and len(others) == len(host.tls_sockets):
        line = host.winner("servername") or host.winner("serveralias")
        place = line.arguments[0] if line is not None and line.arguments else host
        yield context.report(
            place,
            f"clients name no IP address in the handshake: {others[0].title} answers it, with its certificate",
            related=[(others[0], "the first host of the address")],
            notes=assumption(host.condition),
        )
