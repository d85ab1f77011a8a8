"""Long request lines are taken

## What it does
Reports a `LimitRequestLine` above the limit, set or by default, for the hosts that requests reach.

## Why
A long request line, with its query, is memory that a client takes before anybody knows who it is, and room for
attacks on what is behind. 512 bytes, which CIS asks for, break sites with long queries: raise `most` there.

## Bad
### Written
```
Listen 80
LimitRequestLine 16380
#                ^^^^^ LimitRequestLine 16380 takes request lines of 16380 bytes, where 512 are the limit
```

### By default
```
Listen 80
#<^^^^^^^ httpd's default, LimitRequestLine 8190, takes...
```

## Good
### Within the limit
```
Listen 80
LimitRequestLine 512
```

## Fix
### Written
```
Listen 80
LimitRequestLine 512
```

## Options
`most`: the most bytes; 512 by default, as CIS asks.

## References
CIS Apache HTTP Server 2.4 Benchmark 10.1; https://httpd.apache.org/docs/2.4/mod/core.html#limitrequestline
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, rule

from ._numbers import numbers, report


@rule(
    code="SSL1407",
    name="limit-request-line-high",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#limitrequestline",
    options={"most": 512},
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    most = context.option("most", int)
    for number in numbers(server, "LimitRequestLine", 8190):
        if number.value > most:
            told = f"takes request lines of {number.value} bytes, where {most} are the limit"
            yield report(context, number, most, told)
