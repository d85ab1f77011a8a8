"""A certificate that is not for the host's names

## What it does
Compares ServerName and ServerAlias of each TLS host with the names in the certificate's subjectAltName. `*`
stands for one label, the leftmost. An alias that is not covered is a warning.

## Why
Clients refuse the connection: they look at the subjectAltName alone. httpd just logs AH01909.

## Bad
### Another name
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName shop.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate is not for shop.example.org but for www.example.org and example.org
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### A wildcard is one label
```
#--- pem: tls/www.pem=wildcard.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    ServerAlias example.org a.b.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate is not for example.org and a.b.example.org but for *.example.org
    SSLCertificateKeyFile tls/www.key
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

### A wildcard
```
#--- pem: tls/www.pem=wildcard.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName WWW.example.org:443
    ServerAlias *.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### Self-signed, which another rule tells
```
#--- pem: tls/www.pem=selfsigned.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName shop.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### An alias within the house
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    ServerAlias localhost web1
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### Aliases whose names can't be told
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    ServerAlias shop?.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Limits
A host without names is not judged. Aliases of a single label, such as `localhost`, are left alone: no public
authority certifies them.

## References
RFC 9525 section 6; `modssl_X509_match_name` in modules/ssl/ssl_util_ssl.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Certificate, Context, Diagnostic, Server, Severity, VirtualHost, covers, enumeration, rule

from ._uses import uses

MOST = 3
"""So many names are listed."""


@rule(
    code="SSL0407",
    name="cert-name-mismatch",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc9525#section-6",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server):
        certificate = use.pair.certificate
        if certificate is None or certificate.is_self_signed or not (certificate.names or certificate.addresses):
            continue
        wrong = [name for host in use.hosts for name in _public(host) if not _may_cover(certificate, name)]
        if not wrong:
            continue
        named = any(host.name.lower() in wrong for host in use.hosts)
        has = enumeration(certificate.names + certificate.addresses, MOST)
        yield context.report(
            use.pair.file.argument,
            f"the certificate is not for {enumeration(list(dict.fromkeys(wrong)), MOST)} but for {has}",
            label=f"sent by {use.whose}",
            notes=use.notes,
            severity=Severity.ERROR if named else Severity.WARNING,
        )


def _public(host: VirtualHost) -> Iterator[str]:
    """The names of a host, aliases of a single label left out."""
    return (name for name in host.names if "." in name or ":" in name or name == host.name.lower())


def _may_cover(certificate: Certificate, name: str) -> bool:
    """Whether it is for a name, or nobody can tell which names an alias with wildcards stands for."""
    unclear = "?" in name or "*" in name.removeprefix("*.") or "${" in name
    return unclear or covers(certificate, name)
