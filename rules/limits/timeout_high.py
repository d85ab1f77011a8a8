"""Silent clients are waited for too long

## What it does
Reports a `Timeout` above the limit, set or by default, for the hosts that requests reach.

## Why
httpd waits that many seconds for the next bytes of a request, or for a client that does not take its answer. Every
such client holds a worker or a connection; the longer it may, the fewer it takes to use all of them up.

## Bad
### Written
```
Listen 80
Timeout 300
#       ^^^ Timeout 300 waits 300 seconds for a silent client, where 10 are the limit
```

### By default
```
Listen 80
#<^^^^^^^ httpd's default, Timeout 60, waits 60 seconds for a silent client, where 10 are the limit
ServerName www.example.org
```

### A host of its own
```
Listen 80
Timeout 5
<VirtualHost *:80>
    ServerName slow.example.org
    Timeout 600
    #       ^^^ Timeout 600 waits...
</VirtualHost>
```

## Good
### Within the limit
```
Listen 80
Timeout 10
```

### Nobody meets the main server's
```
Listen 80
Timeout 300
<VirtualHost *:80>
    Timeout 10
</VirtualHost>
```

## Fix
### Written
```
Listen 80
Timeout 10
```

## Options
`most`: the most seconds; 10 by default, as CIS and DISA ask. 30 to 60 suits servers with slow backends better.

## References
CIS Apache HTTP Server 2.4 Benchmark 9.1; DISA STIG V-214255; https://httpd.apache.org/docs/2.4/mod/core.html#timeout
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, rule

from ._numbers import numbers, report


@rule(
    code="SSL1401",
    name="timeout-high",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#timeout",
    options={"most": 10},
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    most = context.option("most", int)
    for number in numbers(server, "Timeout", 300 if context.target.httpd.is_old else 60):
        if number.value > most:
            told = f"waits {number.value} seconds for a silent client, where {most} are the limit"
            yield report(context, number, most, told)
