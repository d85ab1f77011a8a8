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

## Options
`min-age` is the shortest time in seconds that is not reported.

## References
RFC 6797 sections 6.1 and 11.2; https://hstspreload.org/#submission-requirements
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, header_line, rule

from ._headers import Hsts, hsts, is_hsts, mentions_hsts

_DAY = 86_400
_YEAR = 31_536_000


@rule(
    code="SSL1012",
    name="hsts-weak",
    severity=Severity.WARNING,
    since="0.1.0",
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
        yield context.report(line.value, fault)


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
