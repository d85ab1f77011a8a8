"""A NUL byte

## What it does
Reports NUL bytes. Files in UTF-16, as some editors write them, have one in every character.

## Why
httpd works on C strings, which end at a NUL: the rest of the line is lost without a message, a backslash that
should continue it included.

## Bad
### In a value
```
#--- show: controls
#--- live: no
ServerAdmin www␀@example.org
#              ^^^^^^^^^^^^^ a NUL byte: httpd loses the rest of this line without a message
```

## Good
### Other characters are none of this rule's business
```
ServerAdmin www@example.org
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0033", name="nul-byte", severity=Severity.WARNING, since="0.1.0")
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
