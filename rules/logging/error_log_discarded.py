"""Errors are thrown away

## What it does
Reports `ErrorLog /dev/null`, of the server or of a host.

## Why
The error log is where httpd says why it does not start, which file is missing, which certificate does not fit and who
was refused. Without it every search for a fault begins in the dark, and attacks leave no trace.

## Bad
### Of the server
```
ErrorLog /dev/null
#        ^^^^^^^^^ throws all messages of the server away, those about attacks and failing certificates too
```

### Of a host
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ErrorLog "/dev/null"
#            ^^^^^^^^^^^ throws all messages of www.example.org (*:80) away, those about attacks and failing...
</VirtualHost>
```

## Good
### To a file, the system's log, standard error
```
ErrorLog error.log
ErrorLog /dev/stderr
```

### Near miss: an access log that is not wanted
```
CustomLog /dev/null "%h"
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#errorlog; CIS Apache HTTP Server 2.4 item 6.1
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Severity, VirtualHost, assumption, rule

from ._logs import NULL


@rule(
    code="SSL1503",
    name="error-log-discarded",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#errorlog",
    needs=("errorlog",),
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    line = host.winner("errorlog") if "errorlog" in host.own else None
    if line is None or not line.keyword or line.keyword not in NULL:
        return
    whose = "the server" if host.is_main else host.title
    message = f"throws all messages of {whose} away, those about attacks and failing certificates too"
    yield context.report(line.arguments[0], message, notes=assumption(line, host.condition))
