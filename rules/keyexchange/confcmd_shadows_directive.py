"""SSLOpenSSLConfCmd takes the place of an SSLCipherSuite

## What it does
Reports SSLCipherSuite lines in force for a TLS host whose list is replaced by another one of
`SSLOpenSSLConfCmd CipherString` or `Ciphersuites`.

## Why
mod_ssl applies the library's commands after all directives, wherever they stand, and those of the main server reach
every virtual host. The host's own list is dead text: who changes it changes nothing.

## Bad
### The main server's command beats the host's directive
```
Listen 443
SSLOpenSSLConfCmd CipherString ECDHE+AES
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM
    #              ^^^^^^^^^^^^ counts for nothing: SSLOpenSSLConfCmd CipherString has the last word for www.example....
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### For TLS 1.3
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Ciphersuites TLS_AES_256_GCM_SHA384
    SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256
    #                      ^^^^^^^^^^^^^^^^^^^^^^ counts for nothing: SSLOpenSSLConfCmd Ciphersuites has the last wor...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### Both say the same
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd CipherString EECDH+AESGCM
    SSLCipherSuite ECDHE+AESGCM
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### One for each version
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Ciphersuites TLS_AES_256_GCM_SHA384
    SSLCipherSuite ECDHE+AESGCM
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A command of another host
```
Listen 443
Listen 444
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd CipherString ECDHE+AES
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<VirtualHost *:444>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Limits
Of versions, `weak-ssl-protocol`, `tls13-disabled` and `protocol-confcmd-conflict` tell which command lets them in or
takes them out.

## References
`ssl_init_server_ctx` in modules/ssl/ssl_engine_init.c; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslopensslconfcmd
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    CipherList,
    Context,
    Diagnostic,
    Directive,
    Server,
    Severity,
    TlsOffer,
    VirtualHost,
    assumption,
    cipher_line,
    listing,
    offers,
    rule,
)


@rule(
    code="SSL0314",
    name="confcmd-shadows-directive",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslopensslconfcmd",
    needs=("sslopensslconfcmd",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if "sslciphersuite" not in server.keys:
        return
    found: dict[object, tuple[Directive, Directive, str, list[VirtualHost]]] = {}
    for host in server.tls_hosts:
        if not host.all("sslopensslconfcmd"):
            continue
        for dead, command, name in _shadowed(offers(host)[0]):
            key = (dead.source.path, dead.start, command.source.path, command.start)
            found.setdefault(key, (dead, command, name, []))[3].append(host)
    for dead, command, name, hosts in found.values():
        yield context.report(
            dead.arguments[-1],
            f"counts for nothing: SSLOpenSSLConfCmd {name} has the last word for {listing(hosts)}",
            label="overridden",
            related=[(command.arguments[-1], "this counts")],
            notes=assumption(command, hosts[0].condition),
        )


def _shadowed(offer: TlsOffer) -> Iterator[tuple[Directive, Directive, str]]:
    """The SSLCipherSuite lines whose list is not the one in force, each with the command that counts."""
    host, cipher, tls13 = offer.host, offer.cipher, offer.tls13
    plain, newer = host.winner("sslciphersuite", "SSL"), host.winner("sslciphersuite", "TLSv1.3")
    command = _command(cipher.directive)
    alone = cipher_line(plain, offer.target) if plain is not None and command is not None else None
    if plain is not None and command is not None and alone is not None and _differ(alone.selected, cipher.selected):
        yield plain, command, "CipherString"
    command = _command(tls13.directive)
    if newer is not None and command is not None and _words(newer.values[-1]) != _words(tls13.value or ""):
        yield newer, command, "Ciphersuites"


def _command(line: Directive | None) -> Directive | None:
    return line if line is not None and line.key == "sslopensslconfcmd" else None


def _differ(one: CipherList | None, other: CipherList | None) -> bool:
    return one is not None and other is not None and one.names != other.names


def _words(value: str) -> list[str]:
    return [name.strip() for name in value.split(":") if name.strip()]
