"""A protocol's name in a cipher string removes suites, not the protocol

## What it does
Reports `!SSLv3`, `-TLSv1` and the like in cipher strings where they take suites away that newer versions
of the protocol use too.

## Why
In a cipher string `SSLv3` and `TLSv1` mean the suites that were introduced with that version. They are
used by every later version up to TLS 1.2. So `!SSLv3` leaves the protocol SSLv3 alone and removes nearly
every suite that is not AES-GCM or ChaCha20. Versions are switched off with SSLProtocol.

## Bad
### A protocol is meant
```
Listen 443
SSLCipherSuite HIGH:!aNULL:!SSLv3
#                          ^^^^^^ removes 24 suites, such as DHE-RSA-AES256-SHA, DHE-DSS-AES256-SHA,...
```

### The other sign
```
#--- target: httpd=2.4.25 openssl=1.0.2
Listen 443
SSLCipherSuite ALL:-TLSv1
#                  ^^^^^^ removes 79 suites, such as ECDHE-RSA-AES256-SHA, ECDHE-ECDSA-AES256-SHA,...
```

## Good
### The protocol is switched off
```
Listen 443
SSLProtocol all -SSLv3
SSLCipherSuite HIGH:!aNULL
```

### SSLv2's suites are SSLv2's alone
```
#--- target: httpd=2.2.15 openssl=0.9.8
SSLCipherSuite ALL:!ADH:!SSLv2
```

### Put at the end of the list, not removed
```
#--- target: httpd=2.4.25 openssl=1.0.2
SSLCipherSuite HIGH:+SSLv3
```

### Nothing is left to remove
```
#--- live: no
SSLCipherSuite ECDHE+AESGCM:!SSLv3:!TLSv1
```

## References
https://docs.openssl.org/3.0/man1/openssl-ciphers/#cipher-strings
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, rule

from ._elements import named, written

_VERSIONS = frozenset({"SSLV3", "TLSV1", "TLSV1.0"})


@rule(
    code="SSL0212",
    name="cipher-version-keyword-trap",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://docs.openssl.org/3.0/man1/openssl-ciphers/",
    keys=("sslciphersuite", "sslproxyciphersuite", "sslopensslconfcmd"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    for one in written(directive, context.target):
        element = one.element
        if len(element.words) != 1 or element.words[0].upper() not in _VERSIONS or not element.removed:
            continue
        count = len(element.removed)
        yield context.report(
            one.spot,
            f"removes {count} suite{'s' if count > 1 else ''}, such as {named(element.removed)}, and leaves the "
            f"protocol {element.words[0]} as it is",
            label=f"{one.text} names suites",
            notes=["Protocol versions are switched off with SSLProtocol."],
        )
