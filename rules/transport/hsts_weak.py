"""A Strict-Transport-Security header that does not do what it is for

## What it does
Reports values of `Strict-Transport-Security` that browsers ignore, that switch the protection off, that
last less than half a year, or that ask for preloading without what the preload list demands.

## Why
A browser remembers the header for `max-age` seconds and then opens the site by TLS only. With too short a
time it has forgotten between two visits, and the first request goes out in plain text again. Without a
number the header is ignored altogether (RFC 6797). The preload list takes a site only with `max-age` of at
least a year and `includeSubDomains`; `preload` without these is refused there.

## Bad
### Too short
```
Listen 443
Header always set Strict-Transport-Security "max-age=86400"
#                                           ^^^^^^^^^^^^^^^ browsers forget this after 1 day
```

### No number
```
Listen 443
Header always set Strict-Transport-Security "maxage=63072000"
#                                           ^^^^^^^^^^^^^^^^^ has no max-age: browsers ignore it
```

### Switched off
```
Listen 443
Header always set Strict-Transport-Security "max-age=0"
#                                           ^^^^^^^^^^^ makes browsers forget that the site wants TLS
```

### Not fit for the preload list
```
Listen 443
Header always set Strict-Transport-Security "max-age=63072000; preload"
#                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ the preload list also wants includeSubDomains
```

## Good
### Two years
```
Listen 443
Header always set Strict-Transport-Security "max-age=63072000"
```

### For the preload list
```
Listen 443
Header always set Strict-Transport-Security "max-age=31536000; includeSubDomains; preload"
```

### A value that requests decide
```
Listen 443
Header always set Strict-Transport-Security "max-age=%{HSTS}e"
Header always set Strict-Transport-Security "expr=max-age=%{reqenv:HSTS}"
```

## Fix
### Too short
```
Listen 443
Header always set Strict-Transport-Security "max-age=31536000"
```

### Switched off
```
Listen 443
Header always set Strict-Transport-Security "max-age=31536000"
```

### Not fit for the preload list
```
Listen 443
Header always set Strict-Transport-Security "max-age=63072000; preload; includeSubDomains"
```

Browsers hold to the number for as long as it says, so the fix is unsafe: be sure that the site keeps its TLS.

## Options
`min-age` is the shortest time in seconds that is not reported.

## References
RFC 6797 sections 6.1 and 11.2; https://hstspreload.org/#submission-requirements
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Argument, Context, Diagnostic, Directive, Fix, Safety, Severity, header_line, replace, rule

from ._headers import Hsts, hsts, is_hsts, mentions_hsts

_AGE = re.compile(r"max-age\s*=\s*\d+", re.IGNORECASE)
_DAY = 86_400
_YEAR = 31_536_000


@rule(
    code="SSL1012",
    name="hsts-weak",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://www.rfc-editor.org/rfc/rfc6797#section-6.1",
    keys=("header",),
    options={"min-age": 180 * _DAY},
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    line = header_line(directive) if mentions_hsts(directive) else None
    if line is None or line.value is None or not is_hsts(line):
        return
    fault = _fault(hsts(line.value.value), context.option("min-age", int))
    if fault:
        yield context.report(line.value, fault, fix=_fix(line.value, context))


def _fix(value: Argument, context: Context) -> Fix | None:
    """A year, and the subdomains that the preload list asks for; unsafe, since browsers keep to it that long."""
    found = hsts(value.value)
    if found.max_age is None or "${" in value.value or not value.word.quote:
        return None
    text = value.source.text[slice(*value.span)]
    better = _AGE.sub(f"max-age={_YEAR}", text, count=1) if found.max_age < _YEAR else text
    if found.preload and not found.include_subdomains:
        better = f"{better[:-1].rstrip('; ')}; includeSubDomains{better[-1]}"
    return context.fix("ask for a year", replace(value, better))


def _fault(value: Hsts, least: int) -> str:
    """What is wrong with a value; empty if nothing is."""
    if value.max_age is None:
        return "has no max-age: browsers ignore it"
    if value.max_age == 0:
        return "makes browsers forget that the site wants TLS"
    if value.preload and not value.include_subdomains:
        return "the preload list also wants includeSubDomains"
    if value.preload and value.max_age < _YEAR:
        return "the preload list wants a max-age of at least 31536000, a year"
    if value.max_age < least:
        days = value.max_age // _DAY
        return (
            f"browsers forget this after {days} day{'s' * (days != 1)}" if days else "browsers forget this within a day"
        )
    return ""
