"""Two Listen lines for one address

## What it does
Reports `Listen` lines that repeat the address and port of an earlier one.

## Why
httpd refuses the second one and does not start. The two usually stand in different files: a
distribution's ports.conf, and a site's own.

## Bad
### The same port twice
```
Listen 443
Listen *:443
#      ^^^^^ Cannot define multiple Listeners on the same IP:port
```

### In two files
```
Listen 80
Include /etc/apache2/site.conf
#--- site.conf
Listen 80
#      ^^ Cannot define multiple Listeners on the same IP:port
```

## Good
### Different addresses
```
Listen 127.0.0.1:80
Listen 127.0.0.2:80
```

### One address, two ports
```
Listen 80
Listen 8080 http
```

### In a branch that is not taken
```
Listen 80
<IfVersion < 2.4>
    Listen 80
</IfVersion>
```

## Fix
### The same port twice
```
Listen 443
```

### In two files
```
Listen 80
Include /etc/apache2/site.conf
#--- site.conf
```

Where the two lines stand in different files the fix is unsafe: another server may read the second file alone.

## Limits
Addresses are compared as they are written, but for `*`: whether `0.0.0.0` and `[::]` are the same place
depends on the machine.

## References
https://httpd.apache.org/docs/2.4/mod/mpm_common.html#listen; `alloc_listener` in server/listen.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0024",
    name="duplicate-listen",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mpm_common.html#listen",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    elsewhere = problem.related[0].source is not problem.source
    yield context.relay(problem, "remove the second line", safety=Safety.UNSAFE if elsewhere else None)
