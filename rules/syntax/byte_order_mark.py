"""A byte order mark before the first directive

## What it does
Reports a byte order mark (U+FEFF) that stands before a directive.

## Why
Some editors put one at the start of a file. httpd takes it for a part of the first word, and does not know a
directive of that name.

## Bad
### Before a directive
```
#--- show: bom
#--- mark: 1:1:1 the file starts with a byte order mark...
ServerTokens Prod
```

## Good
### None
```
ServerTokens Prod
```

### A plain comment first
```
# main
ServerTokens Prod
```

## Fix
### Before a directive
```
ServerTokens Prod
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(code="SSL0034", name="byte-order-mark", severity=Severity.ERROR, since="0.1.0", fix=Safety.SAFE, rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "remove the byte order mark")
