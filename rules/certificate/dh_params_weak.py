"""Weak parameters for Diffie-Hellman

## What it does
Reports `DH PARAMETERS` blocks in the first certificate file of a host, where mod_ssl looks for them, and in
files of `SSLOpenSSLConfCmd DHParameters`, with a prime of less than 2048 bits.

## Why
Logjam: for a prime of 512 bits anybody can break the key exchange in minutes, and for the few common primes of
1024 bits a state can.

## Bad
```
#--- pem: tls/www.pem=dh.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the parameters for Diffie-Hellman in this file have 1024 bits
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### A file of their own
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key tls/dh.pem=dh.pem
#--- target: httpd=2.4 openssl=1.1.1
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
    SSLOpenSSLConfCmd DHParameters /etc/apache2/tls/dh.pem
    #                              ^^^^^^^^^^^^^^^^^^^^^^^ the parameters for Diffie-Hellman in this file have 1024 bits
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

### Only the first file counts
```
#--- pem: tls/first.pem=www.pem tls/www.key=www.key tls/second.pem=dh.pem tls/second.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/first.pem
    SSLCertificateKeyFile tls/www.key
    SSLCertificateFile tls/second.pem
    SSLCertificateKeyFile tls/second.key
</VirtualHost>
```

### OpenSSL 3 refuses such a file, which another rule tells
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key tls/dh.pem=dh.pem
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
    SSLOpenSSLConfCmd DHParameters /etc/apache2/tls/dh.pem
</VirtualHost>
```

## Options
`bits`: primes of fewer bits are reported; 2048 by default.

## Limits
Where the host's cipher suites leave Diffie-Hellman out, the parameters do no harm, and are reported all the same.

## References
CVE-2015-4000; RFC 9325 section 4.4; `ssl_init_server_certs` in modules/ssl/ssl_engine_init.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Argument, Context, DhParameters, Diagnostic, Server, Severity, VirtualHost, credentials, rule


@rule(
    code="SSL0422",
    name="dh-params-weak",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.4",
    options={"bits": 2048},
    needs=("sslcertificatefile", "sslopensslconfcmd"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told = set()
    for host in server.hosts:
        if not host.is_tls:
            continue
        for argument, found in _parameters(host):
            place = (argument.source.path, argument.span.start, found)
            if found.bits < context.option("bits", int) and place not in told:
                told.add(place)
                name = f" ({found.group})" if found.group else ""
                message = f"the parameters for Diffie-Hellman in this file have {found.bits} bits{name}"
                yield context.report(argument, message, label=f"used by {host.title}")


def _parameters(host: VirtualHost) -> Iterator[tuple[Argument, DhParameters]]:
    """The parameters that a host is given, with the words that name their files."""
    held = credentials(host)
    if held.dh is not None:
        yield held.certificate_files[0].argument, held.dh
    if host.server.target.openssl.startswith(("0.", "1.")):
        for directive in host.all("sslopensslconfcmd"):
            values = directive.values
            if len(values) == 2 and values[0].lower() == "dhparameters":
                found = held.store.dh(values[1])
                if found is not None:
                    yield directive.arguments[1], found
