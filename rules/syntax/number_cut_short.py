"""A number with a unit or a text, of which httpd takes what it can read

## What it does
Reports values such as `5m`, `30s`, `unlimited` and `1k` of directives that take a bare number.

## Why
The handlers of these directives read the digits in front (`atoi`) and never look at the rest: `SSLSessionCacheTimeout
5m` is five seconds, `Timeout unlimited` is 0. Other directives, `KeepAliveTimeout` among them, do know units, which is
why people write them.

## Bad
### A unit
```
SSLSessionCacheTimeout 5m
#                      ^^ httpd takes this for 5 without a word: SSLSessionCacheTimeout is a number of seconds and...
```

### A text
```
MaxKeepAliveRequests unlimited
#                    ^^^^^^^^^ httpd takes this for 0 without a word: MaxKeepAliveRequests is a number and nothing else
```

## Good
### Numbers
```
SSLSessionCacheTimeout 300
Timeout 60
MaxKeepAliveRequests 0
```

### Those that know units
```
KeepAliveTimeout 500ms
```

## Fix
### A unit
```
SSLSessionCacheTimeout 300
```

The fix is unsafe: the time becomes the one that was meant.

## References
https://httpd.apache.org/docs/2.4/mod/core.html#timeout; `set_timeout` in server/core.c,
`ssl_cmd_SSLSessionCacheTimeout` in ssl_engine_config.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0045",
    name="number-cut-short",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#timeout",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "write the number that is meant")
