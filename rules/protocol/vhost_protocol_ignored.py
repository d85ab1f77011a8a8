"""A virtual host's own SSLProtocol counts for nothing, as the first host of its address decides

## What it does
Reports `SSLProtocol` in a name-based virtual host that is not the first of its address, where the
target's httpd (before 2.4.42) or OpenSSL (before 1.1.1) chooses the version before it knows the name.

## Why
The client names the host that it wants in the TLS handshake (SNI). Older servers read that name after the
version was chosen, by the settings of the first virtual host of the address. What the others say about
versions is dead text, and their owners believe that it holds.

## Bad
### A second host that wants to be stricter
```
#--- target: httpd=2.4.38 openssl=1.1.1
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
    SSLProtocol all -SSLv3
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLProtocol TLSv1.2
    #           ^^^^^^^ counts for nothing: first.example.org (*:443) decides for second.example.org (*:443)
</VirtualHost>
```

### An old library under a new httpd
```
#--- target: httpd=2.4.66 openssl=1.0.2
Listen 443
SSLProtocol TLSv1.2
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLProtocol TLSv1.1 +TLSv1.2
    #           ^^^^^^^^^^^^^^^^ counts for nothing...
</VirtualHost>
```

## Good
### Newer servers switch in time
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
    SSLProtocol all -SSLv3
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLProtocol TLSv1.2
</VirtualHost>
```

### Both say the same
```
#--- target: httpd=2.4.38 openssl=1.1.1
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
    SSLProtocol TLSv1.2
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLProtocol -all +TLSv1.2
</VirtualHost>
```

### An address of its own
```
#--- target: httpd=2.4.38 openssl=1.1.1
Listen 443
<VirtualHost 192.0.2.1:443>
    ServerName first.example.org
    SSLEngine on
    SSLProtocol all -SSLv3
</VirtualHost>
<VirtualHost 192.0.2.2:443>
    ServerName second.example.org
    SSLEngine on
    SSLProtocol TLSv1.2
</VirtualHost>
```

## References
httpd's CHANGES for 2.4.42 (`ssl_callback_ClientHello`); RFC 6066 section 3
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Server,
    Severity,
    assumption,
    listing,
    offers,
    rule,
    spot,
    switch_on,
)


@rule(
    code="SSL0114",
    name="vhost-protocol-ignored",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol",
    whole_server=True,
    needs=("sslprotocol",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for host in server.hosts[1:]:
        if "sslprotocol" not in host.own or not host.is_tls or host in host.deciders:
            continue
        own = host.setting("sslprotocol")
        directive = own.directive
        if directive is None or not own.value:
            continue
        wanted = switch_on((argument.value for argument in own.value), context.target)
        deciders = [offer.decider for offer in offers(host) if offer.switched_on.keys() != wanted.keys()]
        if not deciders:
            continue
        others = [decider.setting("sslprotocol").directive for decider in deciders]
        yield context.report(
            spot(directive, own.value[0], own.value[-1]),
            f"counts for nothing: {listing(deciders)} decides for {host.title}",
            label="read too late",
            related=[(other, "this counts") for other in others if other is not None],
            notes=[
                f"httpd {context.target.httpd} with OpenSSL {context.target.openssl} chooses the version before it "
                "knows which host is meant: 2.4.42 with OpenSSL 1.1.1 does not.",
                *assumption(host.condition),
            ],
        )
