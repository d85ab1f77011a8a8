r"""A backslash that does not continue its line

## What it does
Reports lines that end in a backslash of its own, with blanks or tabs behind it.

## Why
A line is continued only if the backslash is its very last character. With a blank behind it the backslash
is one more argument, and the next line is a directive of its own: usually httpd refuses one of the two.

## Bad
### A blank at the end
```
#--- show: controls
SSLProtocol -all \␠
    +TLSv1.2
#                 ^ 1 line up: a blank follows the backslash, so httpd does not join the next line to this one
```

## Good
### The last character
```
SSLProtocol -all \
    +TLSv1.2
```

### At the end of a comment, or of a word
```
#--- show: controls
# SSLProtocol -all \␉
SetEnv KEYS C:\keys\␉
SetEnv MORE "C:\more keys\"␉
```

## Fix
### A blank at the end
```
SSLProtocol -all \
    +TLSv1.2
```

## Limits
A backslash at the end of a word is left alone: it may be a path's.

## References
https://httpd.apache.org/docs/2.4/configuring.html#syntax; `ap_cfg_getline_core` in server/util.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0031",
    name="broken-continuation",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/configuring.html#syntax",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "remove the blank behind the backslash")
