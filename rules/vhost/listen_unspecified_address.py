"""Listen without an address

## What it does
Reports `Listen` lines that name a port alone, or all addresses (`0.0.0.0`, `[::]`, `*`).

## Why
The server then answers on every network that the machine has or gets: the one for administration, a VPN, a
container bridge. Baselines (CIS 5.15, the STIG's AS24-U1-000360) ask for the address to be named.

## Bad
### A port alone
```
Listen 80
#      ^^ opens port 80 on every address that the machine has or gets
```

### All addresses
```
Listen 0.0.0.0:80
#      ^^^^^^^^^^ opens port 80 on every address that the machine has or gets
```

## Good
### An address
```
Listen 192.0.2.10:80
Listen [2001:db8::10]:80
```

## References
CIS Apache HTTP Server 2.4 Benchmark 5.15; https://httpd.apache.org/docs/2.4/bind.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import ANY_ADDRESS, Context, Diagnostic, Server, Severity, assumption, rule


@rule(
    code="SSL0923",
    name="listen-unspecified-address",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/bind.html",
    needs=("listen",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for listener in server.listeners:
        line = listener.directive
        if listener.address.host == ANY_ADDRESS and line is not None and line.arguments:
            yield context.report(
                line.arguments[0],
                f"opens port {listener.address.port} on every address that the machine has or gets",
                notes=assumption(line),
            )
