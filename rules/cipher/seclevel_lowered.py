"""A cipher string lowers the library's security level

## What it does
Reports `@SECLEVEL=1` and higher in cipher strings where the target's library has a higher level of its own. The rule
runs only when it is selected, or by a profile; level 0 is `seclevel-zero`'s, which runs by default.

## Why
Distributions build OpenSSL with level 2, which asks for keys and groups of 112 bits: RSA and Diffie-Hellman with 2048
bits. Level 1 lets 1024 bits through, for a certificate as well as for a key exchange.

## Bad
```
#--- target: debian-12
Listen 443
SSLCipherSuite HIGH:!aNULL:@SECLEVEL=1
#                          ^^^^^^^^^^^ lowers the security level from 2 to 1: RSA keys and Diffie-Hellman groups of 1...
```

## Good
### The level that is there anyway, or a higher one
```
#--- target: debian-12
Listen 443
SSLCipherSuite HIGH:!aNULL:@SECLEVEL=2
SSLProxyCipherSuite HIGH:@SECLEVEL=3
```

### A library with level 1
```
#--- target: httpd=2.4.66 openssl=3.0
Listen 443
SSLCipherSuite HIGH:!aNULL:@SECLEVEL=1
```

## Fix
```
#--- target: debian-12
Listen 443
SSLCipherSuite HIGH:!aNULL
```

## References
https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/; NIST SP 800-57 part 1 revision 5 table 2
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, default_level, rule

from ._levels import level_set

_PASSES = {
    1: "RSA keys and Diffie-Hellman groups of 1024 bits pass",
    2: "RSA keys and Diffie-Hellman groups of 2048 bits pass",
}


@rule(
    code="SSL0230",
    name="seclevel-lowered",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/",
    keys=("sslciphersuite", "sslproxyciphersuite", "sslopensslconfcmd"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    found, usual = level_set(directive, context), default_level(context.target)
    if found is not None and 0 < found.number < usual:
        more = f": {_PASSES[found.number]}" if found.number in _PASSES else ""
        message = f"lowers the security level from {usual} to {found.number}{more}"
        yield context.report(found.spot, message, fix=found.without(context))
