"""Two Listen lines want one socket

## What it does
Reports a `Listen` whose port is taken at its address by an earlier one: a wildcard and a single address, or one
address written in two ways.

## Why
Linux does not let a second socket in: the start ends with "could not bind to address" (AH00072), and `httpd -t`
does not try. Typically a distribution's file listens to the port, and a site's file to its own address.

## Bad
### The port, and an address of the machine
```
Listen 443
Include /etc/apache2/site.conf
#--- site.conf
Listen 192.0.2.1:443
#      ^^^^^^^^^^^^^ 192.0.2.1:443 is taken by Listen 443: the server does not start (AH00072)
```

### The other way round
```
Listen 127.0.0.1:8080
Listen 8080
#      ^^^^ 8080 is taken by Listen 127.0.0.1:8080: the server does not start (AH00072)
```

### IPv6 takes IPv4 along
```
Listen [::]:80
Listen 127.0.0.1:80
#      ^^^^^^^^^^^^ 127.0.0.1:80 is taken by Listen [::]:80: the server does not start (AH00072)
```

### One address in two ways
```
Listen [::1]:80
Listen [0:0::1]:80
#      ^^^^^^^^^^^ [0:0::1]:80 is taken by Listen [::1]:80: the server does not start (AH00072)
```

## Good
### Addresses of their own
```
Listen 127.0.0.1:80
Listen 127.0.0.2:80
Listen [::1]:80
```

### Both wildcards get along
```
Listen 0.0.0.0:80
Listen [::]:80
```

### Another port
```
Listen 80
Listen 127.0.0.1:8080
```

## Limits
Names are compared only where they mean the machine itself. FreeBSD allows what Linux refuses, and nothing is
said for it. Lines with equal text are duplicate-listen's.

## References
https://httpd.apache.org/docs/2.4/bind.html; `make_sock` in server/listen.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0904",
    name="listen-overlap",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/bind.html",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
