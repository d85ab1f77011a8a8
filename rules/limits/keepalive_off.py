"""Every request takes a connection of its own

## What it does
Reports `KeepAlive Off` for the hosts that requests reach.

## Why
A client then makes a new connection, and with TLS a new handshake, for every picture of a page. That costs both
sides more than the idle connections that it saves. HTTP/2 is not touched by it.

## Bad
### Switched off
```
Listen 80
KeepAlive Off
#         ^^^ the connection is closed after every request to the main server (www.example.org)
ServerName www.example.org
```

## Good
### The default
```
Listen 80
```

### A host that switches it on
```
Listen 80
KeepAlive Off
<VirtualHost *:80>
    KeepAlive On
</VirtualHost>
```

## Fix
### Switched off
```
Listen 80
KeepAlive On
ServerName www.example.org
```

## References
CIS Apache HTTP Server 2.4 Benchmark 9.2; DISA STIG V-214228; https://httpd.apache.org/docs/2.4/mod/core.html#keepalive
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, assumption, in_force, replace, rule


@rule(
    code="SSL1402",
    name="keepalive-off",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#keepalive",
    needs=("keepalive",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for one in in_force(server, "keepalive"):
        if one.directive is None or [word.value.lower() for word in one.arguments] not in (["off"], ["0"]):
            continue
        word = one.arguments[0]
        yield context.report(
            word,
            f"the connection is closed after every request to {one.title}",
            notes=assumption(one.directive),
            fix=context.fix("keep connections", replace(word, "On")),
        )
