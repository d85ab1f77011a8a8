"""A condition's start tag without its closing bracket

## What it does
Reports the start tags of conditions that have no `>`.

## Why
httpd refuses to start.

## Bad
### No bracket
```
<IfModule mod_ssl.c
#<^^^^^^^^^^^^^^^^^ <IfModule directive missing closing '>'
</IfModule>
```

## Good
### Complete
```
<IfModule mod_ssl.c>
</IfModule>
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0012", name="unclosed-tag", severity=Severity.ERROR, since="0.1.0", rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
