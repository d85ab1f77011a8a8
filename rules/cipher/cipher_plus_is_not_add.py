"""A leading + in a cipher string adds nothing

## What it does
Reports elements such as `+SHA256` that act on nothing, because none of the suites that they name is in the
list yet.

## Why
Elsewhere in httpd a plus switches something on. In a cipher string it moves suites that are already in the
list to its end. Where there are none it does nothing at all, and the suites that the author wanted are not
offered. To add suites, write the word without sign.

## Bad
### A plus that is meant to add
```
Listen 443
SSLCipherSuite ECDHE+AESGCM:+AES256-SHA
#                           ^^^^^^^^^^^ adds nothing: + only moves what is in the list already
```

### Within a command of the library
```
Listen 443
<VirtualHost *:443>
    SSLOpenSSLConfCmd CipherString ECDHE+AESGCM:+kRSA:!aNULL
    #                                           ^^^^^ adds nothing...
</VirtualHost>
```

## Good
### Suites are moved to the end
```
Listen 443
SSLCipherSuite HIGH:!aNULL:+SHA
```

### They were taken out on purpose
```
Listen 443
SSLCipherSuite HIGH:!aNULL:!CAMELLIA:+CAMELLIA
```

### Words that this OpenSSL has nothing good for
```
Listen 443
SSLCipherSuite HIGH:MEDIUM:!aNULL:+SHA1:+MD5:+HIGH:+LOW:+EXP
```

## Fix
### A plus that is meant to add
```
Listen 443
SSLCipherSuite ECDHE+AESGCM:AES256-SHA
```

### Within a command of the library
```
Listen 443
<VirtualHost *:443>
    SSLOpenSSLConfCmd CipherString ECDHE+AESGCM:kRSA:!aNULL
</VirtualHost>
```

## References
https://docs.openssl.org/3.0/man1/openssl-ciphers/#cipher-list-format
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, gravest, replace, rule, weaknesses, with_value

from ._elements import Written, named, written


@rule(
    code="SSL0213",
    name="cipher-plus-is-not-add",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://docs.openssl.org/3.0/man1/openssl-ciphers/",
    keys=("sslciphersuite", "sslproxyciphersuite", "sslopensslconfcmd"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    for one in written(directive, context.target):
        element, text = one.element, one.text
        if element.operator != "+" or element.moved:
            continue
        wanted = [suite for suite in element.suites if not weaknesses(suite)]
        if not wanted:
            continue
        spot = one.spot
        stands = spot.source.text[spot.span.start : spot.span.end] == text and _is_harmless(one)
        yield context.report(
            spot,
            "adds nothing: + only moves what is in the list already",
            label="has no effect",
            notes=[f"It names {named(wanted)}."],
            fix=context.fix("add these suites", replace(spot, text[1:])) if stands else None,
        )


def _is_harmless(one: Written) -> bool:
    """Whether nothing weak comes in when the element adds."""
    value, at = one.argument.value, one.element.start - one.offset
    after = with_value(value[:at] + value[at + 1 :], one.target)
    return after is not None and not any(gravest(suite) for suite in set(after.suites) - set(one.selected.suites))
