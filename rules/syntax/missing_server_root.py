"""A ServerRoot that is no folder

## What it does
Reports `ServerRoot` lines whose folder does not exist, where sslint was told that it runs on the server
itself (`check-environment`).

## Why
httpd stops at the line: "ServerRoot must be a valid directory".

## Bad
### Not there
```
#--- live: no
ServerRoot /srv/httpd
#          ^^^^^^^^^^ ServerRoot must be a valid directory
```

### A file
```
#--- live: no
ServerRoot /etc/apache2/tls.conf
#          ^^^^^^^^^^^^^^^^^^^^^ ServerRoot must be a valid directory
#--- tls.conf
AddDefaultCharset off
```

## Good
### There
```
ServerRoot /etc/apache2
```

### In a branch that is not taken
```
<IfVersion < 2.4>
    ServerRoot /srv/httpd
</IfVersion>
```

## Limits
Asked only with `--check-environment`, as the machine that sslint runs on is seldom the server.

## References
https://httpd.apache.org/docs/2.4/mod/core.html#serverroot; `set_server_root` in server/core.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0007",
    name="missing-server-root",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#serverroot",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
