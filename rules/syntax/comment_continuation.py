r"""A comment whose last backslash swallows the next line

## What it does
Reports comments that end in a backslash before a line that is no comment.

## Why
The backslash continues the comment: httpd never sees the next line, and says nothing.

## Bad
### The directive below is never read
```
# logs are in C:\logs\
ServerTokens Prod
#                    ^ 1 line up: this comment ends in a backslash, so httpd takes the next line for a part of it

```

## Good
### Nothing is lost
```
# a long comment \
# and its second line
ServerTokens Prod
```

## Fix
### The directive below is never read
```
# logs are in C:\logs
ServerTokens Prod
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(code="SSL0030", name="comment-continuation", severity=Severity.WARNING, since="0.1.0", fix=Safety.UNSAFE)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "remove the backslash")
