"""Cipher suites that no longer protect anything are offered to backends

## What it does
Reports `SSLProxyCipherSuite` lists from which a backend may choose a suite without encryption or authentication, with
RC4, DES, 64-bit blocks, MD5, or keys of less than 112 bits.

## Why
The backend chooses among what httpd offers. An attacker between the two who pretends to be an old backend gets such a
suite, and reads what is sent; an old backend chooses one by itself.

## Bad
### RC4
```
#--- target: httpd=2.4.10 openssl=1.0.1
Listen 80
SSLProxyEngine on
SSLProxyCipherSuite RC4-SHA:AES128-SHA
#                   ^^^^^^^^^^^^^^^^^^ the main server offers backends 1 weak cipher suite: RC4-SHA
```

## Good
### Sound suites
```
Listen 80
SSLProxyEngine on
SSLProxyCipherSuite HIGH:!aNULL:!MD5:!3DES
```

### The engine is off
```
#--- target: httpd=2.4.10 openssl=1.0.1
Listen 80
SSLProxyCipherSuite RC4-SHA
```

### A library that has no such suite
```
#--- live: no
Listen 80
SSLProxyEngine on
SSLProxyCipherSuite RC4-SHA:AES128-SHA
```

## References
RFC 7465; RFC 9325 section 4.1; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxyciphersuite
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Server,
    Severity,
    assumption,
    enumeration,
    gravest,
    proxy_sides,
    rule,
)


@rule(
    code="SSL0820",
    name="weak-proxy-cipher-suite",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.1",
    needs=("sslproxyciphersuite",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if "sslproxyciphersuite" not in server.keys:
        return
    told: set[Directive] = set()
    for side in proxy_sides(server):
        line, word = side.cipher.directive, side.cipher.argument
        if line is None or word is None or line in told:
            continue
        told.add(line)
        weak = [one for one in side.suites if gravest(one.suite)]
        if weak:
            names = enumeration([one.suite.openssl_name for one in weak], 3)
            suites = "1 weak cipher suite" if len(weak) == 1 else f"{len(weak)} weak cipher suites"
            yield context.report(
                word,
                f"{side.host.title} offers backends {suites}: {names}",
                notes=assumption(line, side.host.condition),
            )
