"""Certificates of the chain in the wrong order

## What it does
Reports chains in which a certificate is not followed by that of its issuer, though it is sent, and
certificates that are sent twice.

## Why
TLS 1.2 asks for this order (RFC 5246 section 7.4.2), and some clients insist on it.

## Bad
### The root before the intermediate certificate
```
#--- pem: tls/www.pem=disordered.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the chain is not in order: CN=Example Issuing must come directly after www.ex...
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### The certificate again in the chain
```
#--- pem: tls/www.pem=alone.pem tls/www.key=www.key tls/chain.pem=www.pem
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
    SSLCertificateChainFile tls/chain.pem
    #                       ^^^^^^^^^^^^^ the certificate for www.example.org is sent twice
</VirtualHost>
```

## Good
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

## References
RFC 5246 section 7.4.2; RFC 8446 section 4.4.2 has clients put up with any order
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._uses import Use, uses


@rule(
    code="SSL0412",
    name="cert-chain-order",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc5246#section-7.4.2",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server):
        found = _disorder(use)
        if found:
            file = use.pair.chain_file or use.pair.file
            yield context.report(file.argument, found, label=f"sent by {use.whose}", notes=use.notes)


def _disorder(use: Use) -> str:
    """What is out of order in a chain; nothing if all is well."""
    if use.pair.certificate is None or not use.pair.chain:
        return ""
    sent = [use.pair.certificate, *use.pair.chain]
    for index, one in enumerate(sent):
        if one in sent[:index]:
            return f"the certificate for {one.title} is sent twice"
    for index, one in enumerate(sent[:-1]):
        issuer = next((other for other in sent if other is not one and one.is_issued_by(other)), None)
        if issuer is not None and issuer is not sent[index + 1] and not one.is_self_signed:
            return f"the chain is not in order: {issuer.subject} must come directly after {one.title}"
    return ""
