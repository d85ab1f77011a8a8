"""A cipher string switches the library's security level off

## What it does
Reports `@SECLEVEL=0` in cipher strings: `SSLCipherSuite`, `SSLProxyCipherSuite` and
`SSLOpenSSLConfCmd CipherString`.

## Why
The security level is the floor under everything: from level 1 on OpenSSL refuses keys, groups and
signatures of less than 80 bits, MD5, and from 3.0 on TLS 1.0 and 1.1. Level 0 takes that floor away for
certificates and signatures as well, not only for the suite that an old client needed. It came into many
configurations with a recipe for one old printer.

## Bad
### In SSLCipherSuite
```
Listen 443
SSLCipherSuite DEFAULT:@SECLEVEL=0
#                      ^^^^^^^^^^^ security level 0 lets everything through that OpenSSL can do
```

### For backends
```
SSLProxyCipherSuite "HIGH:!aNULL:@SECLEVEL=0"
#                                ^^^^^^^^^^^ security level 0 lets everything through that OpenSSL can do
```

### As a command of the library
```
Listen 443
<VirtualHost *:443>
    SSLOpenSSLConfCmd CipherString DEFAULT@SECLEVEL=0
    #                                     ^^^^^^^^^^^ security level 0 lets everything through...
</VirtualHost>
```

## Good
### A level
```
Listen 443
SSLCipherSuite DEFAULT:@SECLEVEL=2
```

### The last level counts
```
Listen 443
SSLCipherSuite DEFAULT@SECLEVEL=0:@SECLEVEL=2
```

### Levels came with OpenSSL 1.1.0
```
#--- target: httpd=2.4.16 openssl=1.0.2
SSLCipherSuite DEFAULT:@SECLEVEL=0
```

## Fix
### In SSLCipherSuite
```
Listen 443
SSLCipherSuite DEFAULT
```

### For backends
```
SSLProxyCipherSuite "HIGH:!aNULL"
```

### As a command of the library
```
Listen 443
<VirtualHost *:443>
    SSLOpenSSLConfCmd CipherString DEFAULT
</VirtualHost>
```

## References
https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, default_level, rule

from ._levels import level_set


@rule(
    code="SSL0211",
    name="seclevel-zero",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/",
    keys=("sslciphersuite", "sslproxyciphersuite", "sslopensslconfcmd"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    found = level_set(directive, context)
    if found is not None and found.number == 0:
        yield context.report(
            found.spot,
            "security level 0 lets everything through that OpenSSL can do",
            notes=[f"Without it the level of OpenSSL {context.target.openssl} is {default_level(context.target)}."],
            fix=found.without(context),
        )
