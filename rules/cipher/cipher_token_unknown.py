"""A word of a cipher string that no OpenSSL knows, and that counts for nothing

## What it does
Reports words of cipher strings that neither the target's OpenSSL nor any other version knows, and IANA's
names of suites where OpenSSL is older than 3.2.

## Why
OpenSSL passes over what it does not know, without a word in any log. A slip in an exclusion leaves in what
was meant to be kept out, and a misspelled suite is never offered.

## Bad
### An exclusion that excludes nothing
```
Listen 443
SSLCipherSuite HIGH:!aNUL:!MD5
#                   ^^^^^ is no word of OpenSSL: it counts for nothing
```

### A misspelled suite
```
Listen 443
SSLCipherSuite ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GMC-SHA256
#                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ is no word of OpenSSL: it counts...
```

### The case of letters
```
Listen 443
SSLCipherSuite HIGH:!anull
#                   ^^^^^^ is no word of OpenSSL: it counts for nothing
```

### IANA's name for an older library
```
Listen 443
SSLCipherSuite HIGH:TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
#                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ counts for nothing: OpenSSL knows IANA's names from 3.2...
```

## Good
### Words of other versions
```
Listen 443
SSLCipherSuite HIGH:!aNULL:!EXP:!SSLv2:!LOW:!DES
SSLProxyCipherSuite ECDHE-RSA-RC4-SHA:HIGH
```

### Every letter in its place
```
Listen 443
SSLCipherSuite ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL
```

### IANA's names where they count
```
#--- target: httpd=2.4.66 openssl=3.5
Listen 443
SSLCipherSuite TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
```

### Words that an engine brings
```
Listen 443
SSLCipherSuite HIGH:GOST2012-GOST8912-GOST8912:!aGOST
```

## Fix
### An exclusion that excludes nothing
```
Listen 443
SSLCipherSuite HIGH:!aNULL:!MD5
```

### A misspelled suite
```
Listen 443
SSLCipherSuite ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256
```

### The case of letters
```
Listen 443
SSLCipherSuite HIGH:!aNULL
```

### IANA's name for an older library
```
Listen 443
SSLCipherSuite HIGH:ECDHE-RSA-AES128-SHA
```

## Limits
The fix is unsafe: which word was meant is a guess, and the right one brings suites in or takes some out.
Words that other versions of OpenSSL know are not reported: they do no harm in exclusions, and lists are
often written for several versions. A string of which nothing is left is `cipher-string-no-match`.

## References
https://docs.openssl.org/3.0/man1/openssl-ciphers/; https://www.iana.org/assignments/tls-parameters/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Fix,
    Safety,
    Severity,
    is_tls13_name,
    lifetime,
    namesakes,
    neighbours,
    openssl_name_of,
    replace,
    rule,
)

from ._elements import Written, written

_ELEMENT = re.compile(r"[!+-]?[\w.=+-]+", re.ASCII)
"""What OpenSSL reads to its end once it knows the words."""
_ENGINES = ("GOST", "IANA-GOST", "kGOST", "aGOST")
_ONLY_AT_START = ("DEFAULT", "SUITEB", "PROFILE=")


@rule(
    code="SSL0216",
    name="cipher-token-unknown",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://docs.openssl.org/3.0/man1/openssl-ciphers/",
    keys=("sslciphersuite", "sslproxyciphersuite", "sslopensslconfcmd"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    for one in written(directive, context.target):
        word = one.element.unknown
        if word is None:
            continue
        library = one.selected.library
        whole = one.text.lstrip("!-+")
        iana = openssl_name_of(whole) if whole.startswith("TLS_") else None
        if iana is not None:
            yield context.report(
                one.spot,
                f"counts for nothing: OpenSSL knows IANA's names from 3.2 on, and {library.series} calls it {iana}",
                fix=_fix(context, one, whole, iana),
            )
            continue
        if is_tls13_name(whole) or word.startswith((*_ENGINES, *_ONLY_AT_START)) or lifetime(word, library.series):
            continue
        near = [*namesakes(word, library), *neighbours(word, library)][:1]
        yield context.report(
            one.spot,
            "is no word of OpenSSL: it counts for nothing",
            notes=[f"Is {near[0]} meant?"] if near else [],
            fix=_fix(context, one, word, near[0]) if near else None,
        )


def _fix(context: Context, one: Written, word: str, better: str) -> Fix | None:
    """Put the better word in, where the element stands as it is read."""
    spot = one.spot
    if spot.source.text[spot.span.start : spot.span.end] != one.text or not _ELEMENT.fullmatch(one.text):
        return None
    return context.fix(f"write {better}", replace(spot, one.text.replace(word, better, 1)))
