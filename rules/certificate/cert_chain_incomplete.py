"""The certificate of the issuer is not sent

## What it does
Reports certificates that say where their issuer's certificate lies (authorityInfoAccess), where none of the
certificates that the server sends along is the issuer's.

## Why
Clients that don't know the issuer can't check the certificate. Browsers often do, since they fetch or
remember issuers; programs, phones and other servers don't.

## Bad
### The certificate alone
```
#--- pem: tls/www.pem=alone.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate of the issuer, CN=Example Issuing, is not sent along
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### After a change of the issuer
```
#--- pem: tls/www.pem=foreign.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate of the issuer, CN=Example Issuing, is not among the 1 that is...
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### The clients' authorities are others
```
#--- pem: tls/www.pem=alone.pem tls/www.key=www.key tls/ca.pem=selfsigned.pem
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate of the issuer, CN=Example Issuing, is not sent along
    SSLCertificateKeyFile tls/www.key
    SSLCACertificateFile tls/ca.pem
</VirtualHost>
```

### SSLCertificateChainFile switches the chain in the file off
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key tls/empty.pem=text.pem
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate of the issuer, CN=Example Issuing, is not sent along
    SSLCertificateKeyFile tls/www.key
    SSLCertificateChainFile tls/empty.pem
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

### In a file of its own
```
#--- pem: tls/www.pem=alone.pem tls/www.key=www.key tls/chain.pem=issuing.pem
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
    SSLCertificateChainFile tls/chain.pem
</VirtualHost>
```

### Self-signed
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

### OpenSSL finds the issuer among the clients' authorities
```
#--- pem: tls/www.pem=alone.pem tls/www.key=www.key tls/ca.pem=issuing.pem
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
    SSLCACertificateFile tls/ca.pem
</VirtualHost>
```

## Limits
A certificate that a root signed itself needs no other, but it seldom says where that lies. Whether the last
certificate of a chain was issued by a root that clients know is not looked at.

## References
RFC 5246 section 7.4.2, RFC 8446 section 4.4.2; RFC 5280 section 4.2.2.1
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Certificate, Context, Diagnostic, Server, Severity, VirtualHost, authorities, rule

from ._uses import uses


@rule(
    code="SSL0411",
    name="cert-chain-incomplete",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatefile",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server):
        one, chain = use.pair.certificate, use.pair.chain
        if one is None or chain is None or not one.issuer_urls or one.is_self_signed:
            continue
        if any(one.is_issued_by(above) for above in chain):
            continue
        if not chain and all(_is_completed(one, host) for host in use.hosts):
            continue
        many = f"not among the {len(chain)} that {'are' if len(chain) > 1 else 'is'} sent along"
        message = f"the certificate of the issuer, {one.issuer}, is {many if chain else 'not sent along'}"
        notes = (f"It can be fetched from {one.issuer_urls[0]}.", *use.notes)
        yield context.report(use.pair.file.argument, message, label=f"sent by {use.whose}", notes=notes)


def _is_completed(certificate: Certificate, host: VirtualHost) -> bool:
    """Whether OpenSSL sends the issuer along because it stands among the clients' authorities, or may do so."""
    above = authorities(host)
    return above is None or any(certificate.is_issued_by(one) for one in above)
