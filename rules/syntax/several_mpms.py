"""More than one MPM

## What it does
Reports LoadModule lines for a second multi-processing module.

## Why
httpd refuses to start with more than one of event, worker and prefork.

## Bad
### Two
```
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule mpm_prefork_module modules/mod_mpm_prefork.so
#          ^^^^^^^^^^^^^^^^^^ More than one MPM loaded.
```

## Good
### One
```
#--- live: no
LoadModule mpm_event_module modules/mod_mpm_event.so
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0023", name="several-mpms", severity=Severity.ERROR, since="0.1.0", rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
