"""TRACE requests are answered

## What it does
Reports hosts that answer `TRACE`, by a line or by httpd's default.

## Why
The answer to TRACE is the request itself with all its headers, those that a proxy added included. Browsers no longer
send it, so that it helps nobody but a tester.

## Bad
### By default
```
Listen 80
#<^^^^^^^ TRACE requests to the main server are answered, as httpd does by default
```

### Written
```
Listen 80
TraceEnable Off
<VirtualHost *:80>
    ServerName www.example.org
    TraceEnable extended
    #           ^^^^^^^^ TRACE requests to www.example.org (*:80) are answered
</VirtualHost>
```

## Good
### Off
```
Listen 80
TraceEnable off
```

### Every host has it off
```
Listen 80
<VirtualHost *:80>
    TraceEnable Off
</VirtualHost>
```

## Fix
### By default
```
Listen 80
TraceEnable Off
```

### Written
```
Listen 80
TraceEnable Off
<VirtualHost *:80>
    ServerName www.example.org
    TraceEnable Off
</VirtualHost>
```

## References
CIS Apache HTTP Server 2.4 Benchmark 5.8; DISA STIG V-214257, V-214294; https://httpd.apache.org/docs/2.4/mod/core.html#traceenable
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, assumption, fix_at_end, in_force, replace, rule


@rule(
    code="SSL1204",
    name="trace-enabled",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#traceenable",
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for one in in_force(server, "traceenable"):
        message = f"TRACE requests to {one.title} are answered"
        if one.directive is None:
            fix = fix_at_end(context, "switch TRACE off", "TraceEnable Off")
            yield context.report(one, f"{message}, as httpd does by default", fix=fix)
        elif one.arguments and one.arguments[0].value.lower() != "off":
            word = one.arguments[0]
            fix = context.fix("switch TRACE off", replace(word, "Off"))
            yield context.report(word, message, notes=assumption(one.directive), fix=fix)
