r"""A blank behind the backslash that should continue a line

## What it does
Reports backslashes at the end of a line that are followed by blanks.

## Why
httpd continues a line only where the backslash is its very last character. Here the line ends with a lone
backslash as an argument, and the next line is a directive of its own.

## Bad
### A blank at the end
```
#--- show: controls
SetEnvIf Request_URI ^/a one \␠
#                             ^ a blank follows the backslash, so httpd does not join the next line to this one
    two
```

## Good
### The backslash is last
```
SetEnvIf Request_URI ^/a one \
    two
```

## Fix
### A blank at the end
```
SetEnvIf Request_URI ^/a one \
    two
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(code="SSL0031", name="broken-continuation", severity=Severity.WARNING, since="0.1.0", fix=Safety.UNSAFE)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "remove the blank")
