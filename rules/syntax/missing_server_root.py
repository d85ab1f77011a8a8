"""The ServerRoot is not a folder

## What it does
With `--check-environment`: reports a ServerRoot that does not exist on this machine.

## Why
httpd does not start, and every relative path means something else than intended.

## Bad
### A folder that is not there
```
ServerRoot /opt/httpd
#          ^^^^^^^^^^ ServerRoot must be a valid directory
```

## Good
### A folder that is there
```
ServerRoot /opt/httpd
#--- /opt/httpd/magic
# file types
```

## Limits
Runs only with `--check-environment`.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0007", name="missing-server-root", severity=Severity.ERROR, since="0.1.0")
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
