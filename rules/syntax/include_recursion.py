"""A file that includes itself

## What it does
Reports includes that lead back to a file that is being read, and includes nested too deeply.

## Why
httpd gives up after 128 files and refuses to start.

## Bad
### By way of another file
```
Include a.conf
#--- a.conf
Include apache2.conf
#<^^^^^^^^^^^^^^^^^^ Exceeded maximum include depth of 128: /etc/apache2/apache2.conf includes itself
```

## Good
### The same file twice, one after the other
```
Include a.conf
Include a.conf
#--- a.conf
HostnameLookups Off
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0019", name="include-recursion", severity=Severity.ERROR, since="0.1.0", rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
