"""TLS compression is on

## What it does
Reports TLS hosts with `SSLCompression on` (or the library's option `Compression`), and, for httpd before
2.4.4 (2.2.26), those where compression is on because nothing is said. TLS 1.3 has no compression.

## Why
Compression makes the length of a record depend on its content. An attacker who can have a browser send
requests reads cookies from these lengths (CRIME, CVE-2012-4929). No current client offers compression, so
nothing is lost without it.

## Bad
### Switched on
```
#--- target: httpd=2.4.25 openssl=1.0.2
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCompression on
    #              ^^ *:443 compresses records
</VirtualHost>
```

### Nothing said, in an old version
```
#--- target: httpd=2.2.15 openssl=1.0.1e
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    #         ^^ www.example.org (*:443) compresses records if the library can: httpd 2.2.15 does by default
</VirtualHost>
```

### An option of the library
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCipherSuite DEFAULT@SECLEVEL=1
    SSLOpenSSLConfCmd Options Compression
    #                         ^^^^^^^^^^^ *:443 compresses records
</VirtualHost>
```

## Good
### Off
```
#--- target: httpd=2.2.15 openssl=1.0.1e
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCompression off
</VirtualHost>
```

### Off by default
```
#--- target: httpd=2.4.4 openssl=1.0.1e
Listen 443
<VirtualHost *:443>
    SSLEngine on
</VirtualHost>
```

### TLS 1.3 alone
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.3
    SSLOpenSSLConfCmd Options Compression
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### OpenSSL's security level 2 bars it
```
#--- target: httpd=2.4.66 openssl=3.5
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Options Compression
</VirtualHost>
```

## Fix
### Switched on
```
#--- target: httpd=2.4.25 openssl=1.0.2
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCompression off
</VirtualHost>
```

## Limits
Most distributions build OpenSSL without zlib; that is not known here for versions before 1.1.0.

## References
CVE-2012-4929; RFC 9325 section 3.3; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcompression
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Default,
    Diagnostic,
    Protocol,
    Safety,
    Server,
    Setting,
    Severity,
    TlsOffer,
    assumption,
    compresses_by_default,
    listing,
    offers,
    replace,
    rule,
)

from ._switched import switched

_BARRED_FROM_LEVEL = 2
_OFF: Setting[bool] = Setting(False, Default("this rule"))


@rule(
    code="SSL0512",
    name="tls-compression",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-3.3",
    needs=("tls", "sslcompression", "sslopensslconfcmd"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for directive, hosts in switched(server, "sslcompression", True, _compression):
        word = directive.arguments[-1]
        is_flag = directive.key == "sslcompression"
        yield context.report(
            word,
            f"{listing(hosts)} {'compresses' if len(hosts) == 1 else 'compress'} records",
            notes=assumption(directive, hosts[0].condition),
            fix=context.fix("switch it off", replace(word, "off")) if is_flag else None,
        )
    if not compresses_by_default(context.target):
        return
    for host in server.hosts:
        engine = host.engine.directive
        if engine is None or not host.is_tls or not engine.arguments:
            continue
        if any(_compression(offer).value and _compression(offer).directive is None for offer in offers(host)):
            yield context.report(
                engine.arguments[0],
                f"{host.title} compresses records if the library can: httpd {context.target.httpd} does by default",
                notes=["Write SSLCompression off.", *assumption(engine, host.condition)],
                severity=Severity.WARNING,
            )


def _compression(offer: TlsOffer) -> Setting[bool]:
    """Whether records are compressed in some version that is offered."""
    old = any(one.protocol is not Protocol.TLS1_3 for one in offer.protocols)
    return offer.compression if old and offer.security_level < _BARRED_FROM_LEVEL else _OFF
