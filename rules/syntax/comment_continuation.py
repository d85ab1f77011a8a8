r"""A comment that swallows the next line

## What it does
Reports comments that end in a backslash, where the next line holds something that would act.

## Why
httpd joins lines before it looks for comments (`ap_cfg_getline_core`), so the next line becomes a part of
the comment. A Windows path at the end of a comment, or a list that was switched off line by line, takes
a directive with it, without a message.

## Bad
### A path
```
# the keys lie in C:\Apache\keys\
SSLHonorCipherOrder on
#                               ^ 1 line up: this comment ends in a backslash, so httpd takes the next line...
```

### A line that was switched off
```
#SetEnv KEYS C:\Apache\keys\
SSLHonorCipherOrder on
AddDefaultCharset off
#                          ^ 2 lines up: this comment ends in a backslash, so httpd takes the next line...
```

## Good
### Every line is a comment
```
#SSLProtocol -all \
#   +TLSv1.2
AddDefaultCharset off
```

### Nothing follows, or a blank does
```
# C:\Apache\ is where it stands
AddDefaultCharset off
# the end \

AddDefaultCharset off
```

### Two backslashes before 2.4
```
#--- target: httpd=2.2
# the keys lie in \\
AddDefaultCharset off
```

## Fix
### A path
```
# the keys lie in C:\Apache\keys
SSLHonorCipherOrder on
```

## Limits
The fix lets the swallowed line act, which may not be what is wanted; where a directive was switched off
on purpose, write `#` before its other lines instead.

## References
https://httpd.apache.org/docs/2.4/configuring.html#syntax; `ap_cfg_getline_core` in server/util.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0030",
    name="comment-continuation",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/configuring.html#syntax",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "end the comment here")
