"""A virtual host without SSLProtocol gets the versions of the first host of its address

## What it does
Reports TLS virtual hosts for which no `SSLProtocol` is in force, neither their own nor the main server's,
where the first host of their address has one that differs from the default.

## Why
A host that says nothing seems to have httpd's default. It does not: connections begin with the settings
of the first host of the address, and httpd changes the versions only for a host that has an `SSLProtocol`.
What a stranger's file says then decides, and changes when another host becomes the first.

## Bad
### The second host says nothing
```
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
    SSLProtocol TLSv1.3
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    #         ^^ second.example.org (*:443) offers TLS 1.3: it has no SSLProtocol and takes that of first.example.org...
</VirtualHost>
```

## Good
### The main server speaks for all
```
Listen 443
SSLProtocol -all +TLSv1.2 +TLSv1.3
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/second.pem
</VirtualHost>
```

### Nobody says anything
```
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/first.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/second.pem
</VirtualHost>
```

### The first host says what is offered anyway
```
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
    SSLProtocol -all +TLSv1.2 +TLSv1.3
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/second.pem
</VirtualHost>
```

## References
`ssl_find_vhost` in modules/ssl/ssl_engine_kernel.c (`protocol_set`);
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Severity, TlsOffer, VirtualHost, assumption, offers, rule


@rule(
    code="SSL0115",
    name="vhost-protocol-of-first-host",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol",
    whole_server=True,
    needs=("sslprotocol",),
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    if host.is_main or not host.is_tls or host.winner("sslprotocol") is not None:
        return
    for offer in offers(host):
        decided = offer.protocol_setting.directive
        mine = {one.protocol for one in TlsOffer(host, host).protocols}
        if decided is None or {one.protocol for one in offer.protocols} == mine:
            continue
        names = " and ".join(one.protocol.label for one in offer.protocols) or "nothing"
        yield context.report(
            host.engine_place,
            f"{host.title} offers {names}: it has no SSLProtocol and takes that of {offer.decider.title}",
            related=[(decided, "this counts")],
            notes=assumption(host.condition, decided),
        )
