"""A macro that nobody defines

## What it does
Reports Use and UndefMacro with a name that no `<Macro>` has defined before.

## Why
httpd refuses to start.

## Bad
### Used before its definition
```
Use Site www
#   ^^^^ macro 'Site' undefined
<Macro Site $name>
  ServerName $name
</Macro>
```

## Good
### Defined first
```
<Macro Site $name>
  ServerName $name
</Macro>
Use Site www
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0015", name="undefined-macro", severity=Severity.ERROR, since="0.1.0", rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
