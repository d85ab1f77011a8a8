"""An included file that can't be read

## What it does
Reports included files that exist and can't be read, by permissions for example.

## Why
What is in them was not checked; and if httpd can't read them either, it does not start.

## Bad
### No permission
```
#--- unreadable: secret.conf
#--- live: no
Include secret.conf
#<^^^^^^^^^^^^^^^^^ /etc/apache2/secret.conf can't be read: Permission denied
#--- secret.conf
SSLEngine on
```

## Good
### Readable
```
Include open.conf
#--- open.conf
HostnameLookups Off
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0018", name="unreadable-include", severity=Severity.ERROR, since="0.1.0")
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
