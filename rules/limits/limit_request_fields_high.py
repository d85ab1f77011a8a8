"""Many header fields are taken

## What it does
Reports a `LimitRequestFields` above the limit, set or by default, for the hosts that requests reach.
0 means any number.

## Why
Each header field is memory, and work for every module that looks at headers. Browsers send about 20.

## Bad
### Written
```
Listen 80
LimitRequestFields 500
#                  ^^^ LimitRequestFields 500 takes 500 header fields in one request, where 100 are the limit
```

### No limit
```
Listen 80
LimitRequestFields 0
#                  ^ LimitRequestFields 0 takes any number of header fields...
```

## Good
### Within the limit
```
Listen 80
LimitRequestFields 50
```

### The default
```
Listen 80
```

## Fix
### Written
```
Listen 80
LimitRequestFields 100
```

## Options
`most`: the most fields; 100 by default, as CIS asks.

## References
CIS Apache HTTP Server 2.4 Benchmark 10.2; https://httpd.apache.org/docs/2.4/mod/core.html#limitrequestfields
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, rule

from ._numbers import numbers, report


@rule(
    code="SSL1408",
    name="limit-request-fields-high",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#limitrequestfields",
    options={"most": 100},
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    most = context.option("most", int)
    for number in numbers(server, "LimitRequestFields", 100):
        if number.value > most or number.value == 0:
            many = number.value or "any number of"
            told = f"takes {many} header fields in one request, where {most} are the limit"
            yield report(context, number, most, told)
