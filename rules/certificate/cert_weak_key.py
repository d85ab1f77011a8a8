"""A certificate with a weak key

## What it does
Reports RSA keys of less than 2048 bits, elliptic curves of less than 256 bits and DSA keys, in certificates
that a host sends, and every key that the security level of the host's library refuses.

## Why
Such keys can be broken, and public authorities have not certified them since 2014. OpenSSL refuses them
below security level 1 or 2: the server does not start.

## Bad
### RSA with 1024 bits
```
#--- pem: tls/www.pem=small.pem tls/small.key=small.key
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the key (RSA 1024) is too small for security level 2: the server does not sta...
    SSLCertificateKeyFile tls/small.key
</VirtualHost>
```

### The level lets it through
```
#--- pem: tls/www.pem=small.pem tls/small.key=small.key
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate for www.example.org has a weak key: RSA 1024
    SSLCertificateKeyFile tls/small.key
    SSLCipherSuite DEFAULT:@SECLEVEL=1
</VirtualHost>
```

### A high level
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the key (EC P-256) is too small for security level 4: the server does not sta...
    SSLCertificateKeyFile tls/www.key
    SSLCipherSuite ALL:@SECLEVEL=4
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

## Options
`rsa-bits`: RSA keys of fewer bits are reported; 2048 by default.

## References
NIST SP 800-57 part 1 revision 5 table 2; RFC 9325 section 4.5; `ssl_security_cert_key` in OpenSSL's
ssl/t1_lib.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, PublicKey, Server, Severity, rule

from ._uses import uses


@rule(
    code="SSL0409",
    name="cert-weak-key",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.5",
    options={"rsa-bits": 2048},
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server, loaded=True):
        refused = [one for one in use.pair.refusals if one.kind == "weak" and "key" in one.why]
        for one in refused:
            yield context.report(
                one.file.argument, f"{one.why}: {one.effect}", label=f"for {use.whose}", notes=use.notes
            )
        told = {one.certificate for one in refused}
        for file, certificate in use.sent:
            if certificate not in told and _is_weak(certificate.key, context.option("rsa-bits", int)):
                message = f"the certificate for {certificate.title} has a weak key: {certificate.key.title}"
                yield context.report(file.argument, message, label=f"sent by {use.whose}", notes=use.notes)


def _is_weak(key: PublicKey, rsa_bits: int) -> bool:
    if key.kind == "RSA":
        return key.bits < rsa_bits
    return key.kind == "DSS" or (key.kind == "ECDSA" and key.bits < 256)
