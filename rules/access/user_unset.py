"""No line says as whom the server runs

## What it does
Reports a server without `User` or `Group`.

## Why
httpd then handles requests as whoever it was built for, by default the user number -1, which other services may be,
too.

## Bad
### Neither
```
Listen 80
#<^^^^^^^ no User and no Group say as whom requests are handled
```

## Good
### Both
```
Listen 80
User www-data
Group www-data
```

## References
CIS Apache HTTP Server 2.4 Benchmark 3.1; https://httpd.apache.org/docs/2.4/mod/mod_unixd.html#user
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule


@rule(
    code="SSL1333",
    name="user-unset",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_unixd.html#user",
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    missing = [name for name in ("User", "Group") if server.main.winner(name.lower()) is None]
    if missing and server.is_complete:
        verb = "say" if len(missing) > 1 else "says"
        message = f"no {' and no '.join(missing)} {verb} as whom requests are handled"
        yield context.report(server.main, message)
