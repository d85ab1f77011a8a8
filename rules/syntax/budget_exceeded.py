"""Macros that give more lines than anybody can mean

## What it does
Reports the `Use` whose macros, with those that they use in turn, bring the configuration beyond 300,000
lines. What stands behind it is not read.

## Why
Macros that use macros multiply. httpd itself would read on until its memory is used up; sslint stops, and
says so, since it can't call clean what it has not read.

## Bad
### Each macro uses the one before ten times
```
<Macro One>
    SetEnv A 0
    SetEnv A 1
    SetEnv A 2
    SetEnv A 3
    SetEnv A 4
    SetEnv A 5
    SetEnv A 6
    SetEnv A 7
    SetEnv A 8
    SetEnv A 9
</Macro>
<Macro Two>
    Use One
    Use One
    Use One
    Use One
    Use One
    Use One
    Use One
    Use One
    Use One
    Use One
</Macro>
<Macro Three>
    Use Two
    Use Two
    Use Two
    Use Two
    Use Two
    Use Two
    Use Two
    Use Two
    Use Two
    Use Two
</Macro>
<Macro Four>
    Use Three
    Use Three
    Use Three
    Use Three
    Use Three
    Use Three
    Use Three
    Use Three
    Use Three
    Use Three
</Macro>
<Macro Five>
    Use Four
    Use Four
    Use Four
    Use Four
    Use Four
    Use Four
    Use Four
    Use Four
    Use Four
    Use Four
</Macro>
<Macro Six>
    Use Five
    Use Five
    Use Five
    Use Five
    Use Five
    Use Five
    Use Five
    Use Five
    Use Five
    Use Five
</Macro>
Use Six
#<^^^^^ the macros give more than 300,000 lines; the rest is not read
```

## Good
### A macro that uses another
```
<Macro One>
    SetEnv A 0
    SetEnv A 1
</Macro>
<Macro Two>
    Use One
    Use One
</Macro>
Use Two
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_macro.html; `use_macro` in modules/core/mod_macro.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0026",
    name="budget-exceeded",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_macro.html",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
