"""Elements of a cipher string that change nothing

## What it does
Leaves out element after element of each cipher string, and reports those without which the target's OpenSSL and every
other one since 1.0.2 makes the same list, in the same order, at the same security level. The rule runs only when it is
selected, or by a profile.

## Why
Long lists are read, compared and copied with care, and what has no effect hides what has. Often it shows that something
else was meant.

## Bad
### Named before by a wider word
```
Listen 443
SSLCipherSuite ECDHE+AESGCM:ECDHE-RSA-AES128-GCM-SHA256:!aNULL
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ ECDHE-RSA-AES128-GCM-SHA256 and !aNULL change nothing in any...
```

### Excluded, but not there
```
Listen 443
SSLCipherSuite HIGH:!aNULL:!eNULL
#                          ^^^^^^ !eNULL changes nothing in any OpenSSL since 1.0.2
```

## Good
### Needed by another version
```
Listen 443
SSLCipherSuite ALL:!EXP:!RC4:!aNULL
```

### The order is an effect
```
Listen 443
SSLCipherSuite HIGH:!aNULL:+SHA1
```

### A kill that keeps out what comes later
```
Listen 443
SSLCipherSuite ECDHE+AESGCM:!SHA1:ECDHE
```

## Fix
### Named before by a wider word
```
Listen 443
SSLCipherSuite ECDHE+AESGCM
```

### Excluded, but not there
```
Listen 443
SSLCipherSuite HIGH:!aNULL
```

## Limits
What mod_ssl appends to every list is not counted: `!aNULL` is worth having for those who read or copy the line.

## References
https://docs.openssl.org/3.0/man1/openssl-ciphers/
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, enumeration, redundant, rule

from ._elements import without, written


@rule(
    code="SSL0224",
    name="cipher-redundant-token",
    severity=Severity.STYLE,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://docs.openssl.org/3.0/man1/openssl-ciphers/",
    keys=("sslciphersuite", "sslproxyciphersuite", "sslopensslconfcmd"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    elements = list(written(directive, context.target))
    if len(elements) < 2:
        return
    text = elements[0].argument.value
    idle = {(one.start, one.end) for one in redundant(text, elements[0].selected.library)}
    begin = elements[0].offset
    found = [one for one in elements if (one.element.start - begin, one.element.end - begin) in idle]
    if not found:
        return
    verb = "changes" if len(found) == 1 else "change"
    edits = without(*found)
    yield context.report(
        found[0].spot,
        f"{enumeration([one.text for one in found], 5)} {verb} nothing in any OpenSSL since 1.0.2",
        related=[(one.spot, "nor does this") for one in found[1:]],
        fix=context.fix("leave out what changes nothing", *edits) if edits else None,
    )
