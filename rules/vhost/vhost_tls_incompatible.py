"""Hosts of one certificate differ in what mod_ssl compares between handshake and request

## What it does
Reports hosts that share address and certificate with the first host there, and differ from it in protocols, cipher
suites or client certificates.

## Why
Browsers keep one HTTP/2 connection for all names of a certificate, and clients without SNI shake hands with the first
host. Since 2.4.18, and more strictly since 2.4.64, httpd refuses requests for a host with other TLS settings than
the handshake's: status 421 (AH02032). Browsers then connect anew, which costs time; proxies and monitors in front
that send no SNI get nothing else.

## Bad
```
#--- live: no
Listen 443
SSLCertificateFile /etc/ssl/certs/wildcard.pem
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName shop.example.org
    SSLEngine on
    SSLProtocol TLSv1.3
    #<^^^^^^^^^^^^^^^^^ shop.example.org (*:443) has the certificate of www.example.org (*:443), but not its...
</VirtualHost>
```

## Good
### All alike
```
#--- live: no
Listen 443
SSLCertificateFile /etc/ssl/certs/wildcard.pem
SSLProtocol TLSv1.3
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName shop.example.org
    SSLEngine on
</VirtualHost>
```

### Certificates of their own
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
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/shop.pem
    SSLProtocol TLSv1.3
</VirtualHost>
```

### Nothing is compared
```
#--- live: no
Listen 443
SSLVHostSNIPolicy insecure
SSLCertificateFile /etc/ssl/certs/wildcard.pem
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName shop.example.org
    SSLEngine on
    SSLProtocol TLSv1.3
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslvhostsnipolicy; RFC 9110 section 15.5.20; `ssl_hook_ReadReq`
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, HttpdVersion, Severity, VirtualHost, assumption, rule, unlike_settings

_FIRST = HttpdVersion(2, 4, 18)


@rule(
    code="SSL0926",
    name="vhost-tls-incompatible",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslvhostsnipolicy",
    whole_server=True,
    needs=("tls",),
    default=False,
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    if host.is_main or context.target.httpd < _FIRST:
        return
    for socket in host.tls_sockets:
        first = socket.default
        if first is host:
            continue
        differ = unlike_settings(first, host)
        if not differ or any(key.startswith("sslcertificate") for key in differ):
            continue
        line = host.winner(differ[0]) or first.winner(differ[0])
        if line is None:
            continue
        yield context.report(
            line if line in host.own.get(differ[0], ()) else host,
            f"{host.title} has the certificate of {first.title}, but not its {line.name}: requests on that one's "
            "connections get status 421 (AH02032)",
            related=[(first, "the first host of the address")],
            notes=assumption(line, host.condition, first.condition),
        )
        return
