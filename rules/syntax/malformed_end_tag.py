"""An end tag that is not spelt as httpd wants it

## What it does
Reports end tags without their `>`, and words behind the name where httpd wants none.

## Why
httpd refuses to start.

## Bad
### No bracket
```
<VirtualHost *:80>
</VirtualHost
#<^^^^^^^^^^^ </virtualhost> directive missing closing '>'
```

## Good
### Complete
```
<VirtualHost *:80>
</VirtualHost>
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0011", name="malformed-end-tag", severity=Severity.ERROR, since="0.1.0", rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
