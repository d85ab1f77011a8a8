"""No SSLProtocol: httpd's default holds

## What it does
Reports TLS hosts for which neither they nor the main server say which protocol versions are spoken. The rule runs only
when it is selected, or by a profile.

## Why
The default, `all -SSLv3`, means whatever httpd and OpenSSL of the day still know. What it comes to depends on the
library's security level, so a word in a cipher string or another machine can bring TLS 1.0 back. Benchmarks and
auditors want the versions in writing.

## Bad
### Nothing anywhere
```
#--- target: httpd=2.4.66 openssl=3.0
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    #         ^^ no SSLProtocol is in force for www.example.org (*:443): the default of httpd 2.4.66 leaves TLS 1.2 a...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### An old library
```
#--- target: httpd=2.4.46 openssl=1.1.1
Listen 443
<VirtualHost *:443>
    SSLEngine on
    #         ^^ no SSLProtocol is in force for *:443: the default of httpd 2.4.46 leaves TLS 1.0, TLS 1.1, TLS 1.2 a...
</VirtualHost>
```

## Good
### In the main server, behind the host
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
SSLProtocol -all +TLSv1.2 +TLSv1.3
```

### By the library's command
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd MinProtocol TLSv1.2
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The system's policy says it
Red Hat's httpd leaves the versions to the policy where there is no SSLProtocol.
```
#--- target: rhel-9
Listen 443
<VirtualHost *:443>
    SSLEngine on
</VirtualHost>
```

## Fix
### Nothing anywhere
```
#--- target: httpd=2.4.66 openssl=3.0
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### An old library
```
#--- target: httpd=2.4.46 openssl=1.1.1
Listen 443
<VirtualHost *:443>
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLEngine on
</VirtualHost>
```

## Limits
That weak versions are offered is `weak-ssl-protocol`'s, which runs by default.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol; CIS 7.4, DISA STIG V-214230 and V-214278
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Safety,
    Server,
    Severity,
    TlsOffer,
    VirtualHost,
    above_engines,
    assumption,
    explicit,
    listing,
    offers,
    rule,
)

from ._offered import join
from ._rewriting import best


@rule(
    code="SSL0116",
    name="ssl-protocol-implicit-default",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol",
    needs=("tls",),
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if server.target.system_ciphers is not None:
        return
    for offer, hosts in _unset(server):
        edits = above_engines(hosts, f"SSLProtocol {explicit(best(server.target))}")
        left = join(one.protocol for one in offer.protocols) or "nothing"
        default = f"the default of httpd {server.target.httpd} leaves {left}"
        yield context.report(
            hosts[0].engine_place,
            f"no SSLProtocol is in force for {listing(hosts)}: {default}",
            notes=assumption(hosts[0].condition),
            fix=context.fix("write the versions down", *edits) if edits else None,
        )


def _unset(server: Server) -> list[tuple[TlsOffer, list[VirtualHost]]]:
    """The hosts without a line, by the versions that they offer."""
    found: dict[object, tuple[TlsOffer, list[VirtualHost]]] = {}
    for host in server.tls_hosts:
        for offer in offers(host) if host.winner("sslprotocol") is None else ():
            if offer.protocol_setting.directive is None and not offer.is_ruled_by_commands:
                key = tuple(one.protocol for one in offer.protocols)
                found.setdefault(key, (offer, []))[1].append(host)
    return list(found.values())
