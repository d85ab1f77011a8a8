"""Words of a cipher string that the target's OpenSSL does not have, though others do

## What it does
Reports elements that should add or move suites, where the target's OpenSSL knows nothing of the kind: suites and words
that are gone, or that a later version brings. The rule runs only when it is selected, or by a profile.

## Why
OpenSSL passes over them without a word in any log. The list reads as if RC4 or 3DES were offered, or as if ChaCha20
were: neither is true.

## Bad
### Gone
```
Listen 443
SSLCipherSuite ECDHE+AESGCM:DES-CBC3-SHA:RC4-SHA
#                           ^^^^^^^^^^^^ counts for nothing in OpenSSL 3.0: DES-CBC3-SHA and RC4-SHA
```

### Not there yet
```
#--- target: httpd=2.4.25 openssl=1.0.2
Listen 443
SSLCipherSuite ECDHE+AESGCM:ECDHE-RSA-CHACHA20-POLY1305
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ counts for nothing in OpenSSL 1.0.2: ECDHE-RSA-CHACHA20-POLY1305
```

### The first ones
```
Listen 443
SSLCipherSuite "RC4-SHA RC4-MD5 ECDHE+AESGCM"
#               ^^^^^^^ counts for nothing in OpenSSL 3.0: RC4-SHA and RC4-MD5
```

### A word without suites
```
Listen 443
SSLCipherSuite ECDHE+AESGCM:3DES
#                           ^^^^ counts for nothing in OpenSSL 3.0: 3DES
```

## Good
### Exclusions for every version
```
Listen 443
SSLCipherSuite HIGH:!aNULL:!EXP:!RC4:!3DES:!SSLv2
```

### Excluded before
```
Listen 443
SSLCipherSuite ECDHE+AESGCM:!SHA1:AES128-SHA
```

## Fix
### Gone
```
Listen 443
SSLCipherSuite ECDHE+AESGCM
```

### Not there yet
```
#--- target: httpd=2.4.25 openssl=1.0.2
Listen 443
SSLCipherSuite ECDHE+AESGCM
```

### A word without suites
```
Listen 443
SSLCipherSuite ECDHE+AESGCM
```

### The first ones
```
Listen 443
SSLCipherSuite "ECDHE+AESGCM"
```

## Limits
Words that no version knows are `cipher-token-unknown`'s.

## References
https://docs.openssl.org/3.0/man1/openssl-ciphers/
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, enumeration, rule, with_value

from ._elements import Written, without, written


@rule(
    code="SSL0225",
    name="cipher-token-gone-in-openssl",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://docs.openssl.org/3.0/man1/openssl-ciphers/",
    keys=("sslciphersuite", "sslproxyciphersuite", "sslopensslconfcmd"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    found = [one for one in written(directive, context.target) if _is_empty(one)]
    if not found:
        return
    series = found[0].selected.library.series
    edits = without(*found)
    when = dict.fromkeys(f"{one.element.unknown} is {one.when}." for one in found if one.when)
    yield context.report(
        found[0].spot,
        f"counts for nothing in OpenSSL {series}: {enumeration([one.text for one in found], 5)}",
        related=[(one.spot, "nor does this") for one in found[1:]],
        notes=list(when)[:5],
        fix=context.fix("leave out what counts for nothing", *edits) if edits else None,
    )


def _is_empty(one: Written) -> bool:
    """Whether an element should bring or move suites, and the library has none of the kind."""
    element = one.element
    if element.operator not in ("", "+") or element.level is not None or element.suites:
        return False
    if element.unknown is not None:
        return bool(one.when)
    return element.recognised and with_value("+".join(element.words), one.target) is None
