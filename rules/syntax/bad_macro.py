"""A macro that is defined or used wrongly

## What it does
Reports macros without a name, with a parameter twice, used with another number of arguments, or by
themselves.

## Why
httpd refuses to start.

## Bad
### Too few arguments
```
<Macro Site $name $port>
  ServerName $name:$port
</Macro>
Use Site www
#<^^^^^^^^^^ macro 'Site' takes 2 arguments, and is given 1
```

## Good
### As many as it takes
```
<Macro Site $name $port>
  ServerName $name:$port
</Macro>
Use Site www 443
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0016", name="bad-macro", severity=Severity.ERROR, since="0.1.0", rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
