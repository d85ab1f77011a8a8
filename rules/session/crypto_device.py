"""SSLCryptoDevice names an engine, and OpenSSL has given engines up

## What it does
Reports `SSLCryptoDevice` other than `builtin` for a target with OpenSSL 3 or newer.

## Why
Engines are deprecated since OpenSSL 3.0, where providers took their place, and distributions build the library, or
httpd, without them: then the server refuses the line. OpenSSL 4.0 has none at all.

## Bad
### A device of the year 2005
```
#--- live: no
SSLCryptoDevice rsax
#               ^^^^ OpenSSL has given engines up: deprecated since 3.0 and gone in 4.0; providers take their place
```

## Good
### None
```
#--- live: no
SSLCryptoDevice builtin
```

### An old library
```
#--- target: httpd=2.2 openssl=1.0.1
SSLCryptoDevice rsax
```

## Limits
Providers are set up in the library's own configuration file, openssl.cnf, which sslint does not read.

## References
https://docs.openssl.org/3.0/man7/migration_guide/; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcryptodevice
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, rule


@rule(
    code="SSL0523",
    name="crypto-device",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://docs.openssl.org/3.0/man7/migration_guide/",
    keys=("sslcryptodevice",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if context.target.openssl.startswith(("0.", "1.")) or not directive.arguments:
        return
    word = directive.arguments[0]
    if word.value.lower() != "builtin":
        yield context.report(
            word,
            "OpenSSL has given engines up: deprecated since 3.0 and gone in 4.0; providers take their place",
            notes=assumption(directive),
        )
