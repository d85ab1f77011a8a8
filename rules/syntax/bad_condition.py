"""A condition that httpd can't evaluate

## What it does
Reports `<IfVersion>` and other conditions whose argument makes no sense to httpd.

## Why
httpd refuses to start.

## Bad
### No such comparison
```
<IfVersion about 2.4>
#<^^^^^^^^^^^^^^^^^^^ about is no comparison operator of <IfVersion>
</IfVersion>
```

## Good
### A comparison
```
<IfVersion >= 2.4>
</IfVersion>
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0013", name="bad-condition", severity=Severity.ERROR, since="0.1.0", rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
