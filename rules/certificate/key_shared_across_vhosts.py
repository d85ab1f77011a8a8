"""One private key for several certificates

## What it does
Reports hosts with different certificates and one and the same private key: by the key itself where it could be read,
else by its file. The rule runs only when it is selected, or by a profile.

## Why
Who gets one key has all the sites, and a key that must be replaced takes all the certificates with it. Keys cost
nothing: each certificate can have its own.

## Bad
### Two certificates in one server
```
#--- pem: tls/www.pem=www.pem tls/all.pem=wildcard.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
<VirtualHost *:443>
    ServerName shop.example.org
    SSLEngine on
    SSLCertificateFile tls/all.pem
    SSLCertificateKeyFile tls/www.key
    #                     ^^^^^^^^^^^ this key of shop.example.org (*:443) is also that of www.example.org (*:443), w...
</VirtualHost>
```

### By the files' names
```
#--- outside: /etc/ssl
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCertificateKeyFile /etc/ssl/private/server.key
</VirtualHost>
<VirtualHost *:443>
    ServerName shop.example.com
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/shop.pem
    SSLCertificateKeyFile /etc/ssl/private/server.key
    #                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ this key of shop.example.com (*:443) is also that of www.exampl...
</VirtualHost>
```

## Good
### One certificate for several hosts
```
#--- pem: tls/all.pem=wildcard.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/all.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
<VirtualHost *:443>
    ServerName shop.example.org
    SSLEngine on
    SSLCertificateFile tls/all.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### A key for each
```
#--- outside: /etc/ssl
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCertificateKeyFile /etc/ssl/private/www.key
</VirtualHost>
<VirtualHost *:443>
    ServerName shop.example.com
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/shop.pem
    SSLCertificateKeyFile /etc/ssl/private/shop.key
</VirtualHost>
```

### One certificate in two files
```
#--- pem: tls/www.pem=www.pem tls/alone.pem=alone.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
<VirtualHost *:443>
    ServerName example.org
    SSLEngine on
    SSLCertificateFile tls/alone.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Limits
Files that were not read are told apart by their names.

## References
RFC 9325 section 4.5; NIST SP 800-57 part 1 revision 5 section 5.2
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Pair, Server, Severity, rule

from ._uses import Use, uses


@rule(
    code="SSL0426",
    name="key-shared-across-vhosts",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.5",
    needs=("sslcertificatefile",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    first: dict[object, Use] = {}
    for use in uses(server):
        key, certificate = _key(use.pair), _certificate(use.pair)
        if key is None or use.pair.key_file is None:
            continue
        other = first.setdefault(key, use)
        if other.pair.key_file is None or _certificate(other.pair) == certificate or _is_unclear(use.pair, other.pair):
            continue
        yield context.report(
            use.pair.key_file.argument,
            f"this key of {use.whose} is also that of {other.whose}, whose certificate is another",
            related=[(other.pair.key_file.argument, "the same key")],
            notes=use.notes,
        )


def _key(pair: Pair) -> object:
    """What tells one key from another: its numbers, the file where they were not read; None where there is neither."""
    if pair.key is not None and pair.key.public is not None:
        return pair.key.public.digest
    return pair.key_file.path if pair.key_file is not None else None


def _certificate(pair: Pair) -> object:
    return pair.certificate.digest if pair.certificate is not None else pair.file.path


def _is_unclear(one: Pair, other: Pair) -> bool:
    """Whether only one of two certificates was read, so that they can't be compared."""
    return (one.certificate is None) is not (other.certificate is None)
