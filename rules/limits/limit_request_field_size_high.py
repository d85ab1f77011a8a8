"""Large header fields are taken

## What it does
Reports a `LimitRequestFieldSize` above the limit, set or by default, for the hosts that requests reach.

## Why
Header fields are memory that a client takes before anybody knows who it is. Large cookies and the tickets of
single sign-on need more than the 1024 bytes that CIS asks for: raise `most` there.

## Bad
### Written
```
Listen 80
LimitRequestFieldSize 65536
#                     ^^^^^ LimitRequestFieldSize 65536 takes header fields of 65536 bytes, where 1024 are the limit
```

### By default
```
Listen 80
#<^^^^^^^ httpd's default, LimitRequestFieldSize 8190, takes...
```

## Good
### Within the limit
```
Listen 80
LimitRequestFieldSize 1024
```

## Fix
### Written
```
Listen 80
LimitRequestFieldSize 1024
```

## Options
`most`: the most bytes; 1024 by default, as CIS asks.

## References
CIS Apache HTTP Server 2.4 Benchmark 10.3; https://httpd.apache.org/docs/2.4/mod/core.html#limitrequestfieldsize
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, rule

from ._numbers import numbers, report


@rule(
    code="SSL1409",
    name="limit-request-field-size-high",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#limitrequestfieldsize",
    options={"most": 1024},
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    most = context.option("most", int)
    for number in numbers(server, "LimitRequestFieldSize", 8190):
        if number.value > most:
            told = f"takes header fields of {number.value} bytes, where {most} are the limit"
            yield report(context, number, most, told)
