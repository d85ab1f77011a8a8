"""Macros that give more lines than sslint reads

## What it does
Reports macros that use macros until hundreds of thousands of lines come out. The rest of the configuration is
not read.

## Why
httpd would read on for a long time, or run out of memory. What follows was not checked.

## Bad
### Ten times ten times ten …
```
#--- live: no
<Macro M0>
  UseCanonicalName Off
</Macro>
<Macro M1>
  Use M0
  Use M0
  Use M0
  Use M0
  Use M0
  Use M0
  Use M0
  Use M0
  Use M0
  Use M0
</Macro>
<Macro M2>
  Use M1
  Use M1
  Use M1
  Use M1
  Use M1
  Use M1
  Use M1
  Use M1
  Use M1
  Use M1
</Macro>
<Macro M3>
  Use M2
  Use M2
  Use M2
  Use M2
  Use M2
  Use M2
  Use M2
  Use M2
  Use M2
  Use M2
</Macro>
<Macro M4>
  Use M3
  Use M3
  Use M3
  Use M3
  Use M3
  Use M3
  Use M3
  Use M3
  Use M3
  Use M3
</Macro>
<Macro M5>
  Use M4
  Use M4
  Use M4
  Use M4
  Use M4
  Use M4
  Use M4
  Use M4
  Use M4
  Use M4
</Macro>
<Macro M6>
  Use M5
  Use M5
  Use M5
  Use M5
  Use M5
  Use M5
  Use M5
  Use M5
  Use M5
  Use M5
</Macro>
Use M6
#<^^^^ the macros give more than 300,000 lines; the rest is not read
```

## Good
### A macro in a macro
```
<Macro Inner $n>
  Define n$n
</Macro>
<Macro Outer>
  Use Inner 1
  Use Inner 2
</Macro>
Use Outer
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0026", name="budget-exceeded", severity=Severity.ERROR, since="0.1.0")
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
