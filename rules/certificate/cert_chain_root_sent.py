"""The root certificate is sent along

## What it does
Reports chains with a certificate that is its own issuer behind the server's. The rule runs only when it is selected,
or by a profile.

## Why
A client trusts a root that it has, never one that it is sent: those bytes go over the line with each handshake and
serve nobody.

## Bad
```
#--- pem: tls/www.pem=disordered.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the root certificate, CN=Example Root, is sent along by www.example.org (*:443)
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Good
### Up to the last certificate before the root
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### The server's own certificate is self-signed
```
#--- pem: tls/www.pem=selfsigned.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## References
RFC 8446 section 4.4.2: a certificate that specifies a trust anchor may be omitted
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._uses import uses


@rule(
    code="SSL0427",
    name="cert-chain-root-sent",
    severity=Severity.STYLE,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2",
    needs=("sslcertificatefile",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server):
        root = next((one for one in use.pair.chain or () if one.is_self_signed), None)
        if root is not None:
            file = use.pair.chain_file or use.pair.file
            message = f"the root certificate, {root.subject}, is sent along by {use.whose}"
            yield context.report(file.argument, message, notes=use.notes)
