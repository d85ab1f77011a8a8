"""A certificate that is signed with SHA-1 or MD5

## What it does
Reports certificates that a host sends, self-signed ones left out, whose signature rests on MD5 or SHA-1.

## Why
Collisions can be made for both, so such a signature proves nothing; clients refuse it. OpenSSL 3 does not
load it above security level 0: the server does not start.

## Bad
```
#--- pem: tls/www.pem=sha1.pem tls/www.key=www.key
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the signature with SHA1 is too weak for security level 2: the server does not...
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### The level lets it through
```
#--- pem: tls/www.pem=sha1.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate for www.example.org is signed with SHA1
    SSLCertificateKeyFile tls/www.key
    SSLCipherSuite DEFAULT:@SECLEVEL=0
</VirtualHost>
```

### In the chain, where a start does not look
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key tls/chain.pem=sha1.pem
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
    SSLCertificateChainFile tls/chain.pem
    #                       ^^^^^^^^^^^^^ the signature with SHA1 is too weak for security level 1: every hand...
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
RFC 9155; `ssl_security_cert_sig` in OpenSSL's ssl/t1_lib.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._uses import uses


@rule(
    code="SSL0410",
    name="cert-weak-signature",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc9155",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server, loaded=True):
        refused = [one for one in use.pair.refusals if one.kind == "weak" and "signature" in one.why]
        for one in refused:
            yield context.report(
                one.file.argument, f"{one.why}: {one.effect}", label=f"for {use.whose}", notes=use.notes
            )
        told = {one.certificate for one in refused}
        for file, certificate in use.sent:
            weak = certificate.signature_hash in ("md2", "md4", "md5", "sha1")
            if weak and certificate not in told and not certificate.is_self_signed:
                message = f"the certificate for {certificate.title} is signed with {certificate.signature_hash.upper()}"
                yield context.report(file.argument, message, label=f"sent by {use.whose}", notes=use.notes)
