"""A host without a certificate of a wanted kind

## What it does
Reports TLS hosts none of whose certificates, where they could be read, has a key of the kinds that the option names:
ECDSA, unless it says otherwise. The rule runs only when it is selected, or by a profile.

## Why
A signature with ECDSA costs the server a fraction of one with RSA and takes a quarter of the bytes. httpd takes a
pair for each kind, and chooses by what the client knows: old clients keep RSA. The other way round, ECDSA alone shuts
out clients from before about 2012.

## Bad
### RSA alone
```
#--- pem: tls/www.pem=small.pem tls/www.key=small.key
#--- target: httpd=2.4.66 openssl=3.0
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ www.example.org (*:443) has no certificate with an ECDSA key: RSA 1024 is all ther...
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### ECDSA alone, where RSA is wanted as well
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
#--- options: kinds=RSA,ECDSA
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ www.example.org (*:443) has no certificate with an RSA key: EC P-256 is all there is
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Good
### Both kinds
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key tls/rsa.pem=small.pem tls/rsa.key=small.key
#--- target: httpd=2.4.66 openssl=3.0
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/rsa.pem
    SSLCertificateKeyFile tls/rsa.key
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### Not read
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Options
`kinds`: the kinds that a host must have, `RSA` and `ECDSA`; `ECDSA` by default.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatefile; https://wiki.mozilla.org/Security/Server_Side_TLS
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Credentials,
    Diagnostic,
    Server,
    Severity,
    VirtualHost,
    assumption,
    credentials,
    enumeration,
    listing,
    rule,
)


@rule(
    code="SSL0428",
    name="dual-cert-missing",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatefile",
    needs=("sslcertificatefile",),
    options={"kinds": ("ECDSA",)},
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    wanted = [kind.upper() for kind in context.option("kinds", tuple)]
    found: dict[object, tuple[Credentials, list[VirtualHost]]] = {}
    for host in server.hosts:
        if host.is_tls:
            held = credentials(host)
            if held.key_types is not None and not held.is_managed and held.in_force:
                place = held.in_force[0].file.argument
                key = (place.source.path, place.span.start, held.key_types)
                found.setdefault(key, (held, []))[1].append(host)
    for held, hosts in found.values():
        missing = [kind for kind in wanted if kind not in (held.key_types or ())]
        if missing:
            keys = [pair.certificate.key.title for pair in held.in_force if pair.certificate is not None]
            all_ = f"{enumeration(keys, 3)} {'is' if len(keys) == 1 else 'are'} all there is"
            verb = "has" if len(set(hosts)) == 1 else "have"
            yield context.report(
                held.in_force[0].file.argument,
                f"{listing(hosts)} {verb} no certificate with an {enumeration(missing, 2)} key: {all_}",
                notes=assumption(held.in_force[0].file.directive, hosts[0].condition),
            )
