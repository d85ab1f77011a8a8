"""Two Listen lines for one address

## What it does
Reports Listen lines that repeat an address and port.

## Why
The configuration test may pass, but the server does not start: the address is already in use, by itself.

## Bad
### The same port twice
```
Listen 443
Listen *:443
#      ^^^^^ Cannot define multiple Listeners on the same IP:port
```

## Good
### Different addresses
```
Listen 127.0.0.1:80
Listen 127.0.0.2:80
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0024", name="duplicate-listen", severity=Severity.ERROR, since="0.1.0")
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
