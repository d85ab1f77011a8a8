"""What a cipher string takes out with - comes back in

## What it does
Reports `-WORD` elements whose suites a later, wider word of the same string adds again.

## Why
`-` takes suites out of the list for the moment, `!` for good. In `-RC4:ALL` the exclusion is undone by
what follows, and the list offers what its author ruled out.

## Bad
### Excluded first, added by a wider word
```
Listen 443
SSLCipherSuite ECDHE:-SHA1:HIGH:!aNULL
#                    ^^^^^ is undone by HIGH: ECDHE-ECDSA-AES256-SHA, ECDHE-RSA-AES256-SHA,...
```

## Good
### For good
```
Listen 443
SSLCipherSuite ECDHE:!SHA1:HIGH:!aNULL
```

### At the end
```
Listen 443
SSLCipherSuite HIGH:!aNULL:-SHA1
```

### Taken out and put back by the same words, which moves them
```
Listen 443
SSLCipherSuite HIGH:!aNULL:-ECDHE+AES128:ECDHE+AES128
```

## Fix
### Excluded first, added by a wider word
```
Listen 443
SSLCipherSuite ECDHE:!SHA1:HIGH:!aNULL
```

The fix is unsafe: `-` with a narrower word behind it is also a way to move suites to the end, as a last resort for old
clients, and these would be turned away.

## References
https://docs.openssl.org/3.0/man1/openssl-ciphers/#cipher-list-format
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, replace, rule

from ._elements import named, written


@rule(
    code="SSL0214",
    name="cipher-minus-not-kill",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://docs.openssl.org/3.0/man1/openssl-ciphers/",
    keys=("sslciphersuite", "sslproxyciphersuite", "sslopensslconfcmd"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    found = list(written(directive, context.target))
    for index, one in enumerate(found):
        element, text = one.element, one.text
        if element.operator != "-":
            continue
        back = [suite for suite in one.selected.suites if suite in element.removed]
        later = [other for other in found[index + 1 :] if not set(back).isdisjoint(other.element.added)]
        culprit = next((other for other in later if other.element.words != element.words), None)
        if not back or culprit is None:
            continue
        spot = one.spot
        stands = spot.source.text[spot.span.start : spot.span.end] == text
        verb = "is" if len(back) == 1 else "are"
        yield context.report(
            spot,
            f"is undone by {culprit.text}: {named(back)} {verb} in the list again",
            label="for the moment only",
            related=[(culprit.spot, "brings them back")],
            fix=context.fix("exclude them for good", replace(spot, "!" + text[1:])) if stands else None,
        )
