"""Idle connections are kept too long

## What it does
Reports a `KeepAliveTimeout` above the limit, set or by default.

## Why
A connection waits that many seconds for the client's next request. With the prefork and worker MPMs it holds a
worker meanwhile.

## Bad
### Written
```
Listen 80
KeepAliveTimeout 120
#                ^^^ KeepAliveTimeout 120 keeps idle connections for 120 seconds, where 15 are the limit
```

## Good
### Within the limit
```
Listen 80
KeepAliveTimeout 5
```

### Milliseconds
```
Listen 80
KeepAliveTimeout 800ms
```

### The default
```
Listen 80
```

## Fix
### Written
```
Listen 80
KeepAliveTimeout 15
```

## Options
`most`: the most seconds; 15 by default, as CIS asks.

## References
CIS Apache HTTP Server 2.4 Benchmark 9.4; https://httpd.apache.org/docs/2.4/mod/core.html#keepalivetimeout
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, rule

from ._numbers import numbers, report


@rule(
    code="SSL1403",
    name="keepalive-timeout-high",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#keepalivetimeout",
    options={"most": 15},
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    most = context.option("most", int)
    for number in numbers(server, "KeepAliveTimeout", 15 if context.target.httpd.branch in ("1.3", "2.0") else 5):
        if number.value > most:
            told = f"keeps idle connections for {number.value} seconds, where {most} are the limit"
            yield report(context, number, most, told)
