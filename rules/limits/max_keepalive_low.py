"""Few requests are answered on one connection

## What it does
Reports a `MaxKeepAliveRequests` below the limit, set or by default; 0, which means any number, is fine.

## Why
After that many requests httpd closes the connection, and the client pays for a new one: with TLS, for a handshake.

## Bad
### Written
```
Listen 80
MaxKeepAliveRequests 10
#                    ^^ MaxKeepAliveRequests 10 closes connections after 10 requests, where 100 are asked for
```

## Good
### Within the limit
```
Listen 80
MaxKeepAliveRequests 500
```

### Any number
```
Listen 80
MaxKeepAliveRequests 0
```

### The default
```
Listen 80
```

## Fix
### Written
```
Listen 80
MaxKeepAliveRequests 100
```

## Options
`least`: the least number; 100 by default, as CIS and DISA ask.

## References
CIS Apache HTTP Server 2.4 Benchmark 9.3; DISA STIG V-214228; https://httpd.apache.org/docs/2.4/mod/core.html#maxkeepaliverequests
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, rule

from ._numbers import numbers, report


@rule(
    code="SSL1404",
    name="max-keepalive-low",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#maxkeepaliverequests",
    options={"least": 100},
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    least = context.option("least", int)
    for number in numbers(server, "MaxKeepAliveRequests", 100):
        if 0 < number.value < least:
            told = f"closes connections after {number.value} requests, where {least} are asked for"
            yield report(context, number, least, told)
