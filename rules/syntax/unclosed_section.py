"""A section that is never closed

## What it does
Reports sections whose end tag is missing when the file ends.

## Why
httpd refuses to start: a section must end in the file in which it begins.

## Bad
### At the end of the file
```
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ <VirtualHost> was not closed.
  ServerName www.example.org
```

## Good
### Closed
```
<VirtualHost *:80>
  ServerName www.example.org
</VirtualHost>
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0008", name="unclosed-section", severity=Severity.ERROR, since="0.1.0", rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
