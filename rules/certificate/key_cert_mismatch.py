"""A private key that does not belong to its certificate

## What it does
Pairs certificates and keys as mod_ssl does, the first key with the first certificate and so on, and
compares them.

## Why
The server does not start: AH02565, "Certificate and private key do not match". `httpd -t` does not see it.

## Bad
### Another key
```
#--- pem: tls/www.pem=www.pem tls/www.key=other.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
    #                     ^^^^^^^^^^^ this is not the key of /etc/apache2/tls/www.pem: the server does not start...
</VirtualHost>
```

### The main server's key, by its place in the list
```
#--- pem: tls/old.pem=small.pem tls/old.key=small.key tls/both.pem=both.pem
Listen 443
SSLCertificateFile tls/old.pem
SSLCertificateKeyFile tls/old.key
#                     ^^^^^^^^^^^ this is not the key of /etc/apache2/tls/both.pem: the server does not start (AH02565)
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/both.pem
</VirtualHost>
```

### The chain before the certificate
```
#--- pem: tls/www.pem=reversed.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
    #                     ^^^^^^^^^^^ this is not the key of /etc/apache2/tls/www.pem: the server does not start...
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

### A key that nobody may read
```
#--- pem: tls/www.pem=www.pem tls/www.key=other.key
#--- unreadable: tls/www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Limits
Encrypted keys can't be compared.

## References
`modssl_ctx_cfg_merge_certkeys_array` in modules/ssl/ssl_engine_config.c, `ssl_init_server_certs` in
modules/ssl/ssl_engine_init.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._uses import Use, uses


@rule(
    code="SSL0402",
    name="key-cert-mismatch",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatekeyfile",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server, loaded=True):
        for one in use.pair.refusals:
            if one.kind == "mismatch":
                message = f"this is not the key of {use.pair.file.path}: {one.effect}"
                file = use.pair.file
                related = [(file.argument, "the certificate is named here")] if file != one.file else []
                yield context.report(one.file.argument, message, related=related, notes=(*_hints(use), *use.notes))


def _hints(use: Use) -> Iterator[str]:
    """What may have gone wrong."""
    pair, host = use.pair, use.hosts[0]
    key = pair.key.public.digest if pair.key and pair.key.public else b""
    if any(one.key.digest == key for one in pair.chain or ()):
        yield "A certificate further down in the chain has this key: the server's own certificate must come first."
    if pair.key_file is not None and not host.is_main and pair.key_file.directive not in host.own.get(
        "sslcertificatekeyfile", ()
    ):  # fmt: skip
        yield "The host names no key at this place of its list, so the main server's key of the same place is taken."
