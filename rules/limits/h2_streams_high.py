"""Many streams at a time on one HTTP/2 connection

## What it does
Reports an `H2MaxSessionStreams` above the limit.

## Why
Each stream is a request under way. The more of them a client may open and drop again on one connection, the more
work one client makes (Rapid Reset, CVE-2023-44487). Browsers open about 100.

## Bad
### Written
```
#--- live: no
Listen 80
H2MaxSessionStreams 1000
#                   ^^^^ H2MaxSessionStreams 1000 lets a client have 1000 requests...
```

## Good
### The default
```
Listen 80
```

## Fix
### Written
```
#--- live: no
Listen 80
H2MaxSessionStreams 100
```

## Options
`most`: the most streams; 100 by default, as httpd has it.

## References
https://httpd.apache.org/docs/2.4/mod/mod_http2.html#h2maxsessionstreams
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, rule

from ._numbers import numbers, report


@rule(
    code="SSL1413",
    name="h2-streams-high",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_http2.html#h2maxsessionstreams",
    needs=("h2maxsessionstreams",),
    options={"most": 100},
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    most = context.option("most", int)
    for number in numbers(server, "H2MaxSessionStreams", 100):
        if number.argument is not None and number.value > most:
            told = f"lets a client have {number.value} requests under way on one connection, where {most} are the limit"
            yield report(context, number, most, told)
