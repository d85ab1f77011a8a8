r"""A NUL byte that hides the rest of its line

## What it does
Reports NUL bytes, with all that follows them on the line.

## Why
httpd's lines are C strings: they end at the NUL. What stands behind it is lost without a message, a
backslash that continues the line included. Such bytes come from crashes, from files in UTF-16, and from
people who want to hide something from a reviewer.

## Bad
### In the middle of a line
```
#--- show: controls
SSLProtocol -all +TLSv1.2␀ +TLSv1.3
#                        ^^^^^^^^^^ a NUL byte: httpd loses the rest of this line without a message
```

## Good
### None
```
SSLProtocol -all +TLSv1.2 +TLSv1.3
```

### Written as text it is nothing special
```
SetEnv EMPTY "\0"
```

## Limits
Nothing is mended: the lost text may be what was meant, or just rubbish.

## References
https://httpd.apache.org/docs/2.4/configuring.html#syntax; `ap_cfg_getline_core` in server/util.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0033",
    name="nul-byte",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/configuring.html#syntax",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
