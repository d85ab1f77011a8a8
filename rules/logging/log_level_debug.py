"""The error log tells everything, secrets too

## What it does
Reports `LogLevel debug` and `trace1` to `trace8`, for all modules or for some.

## Why
From `trace3` on the core writes the headers of requests and responses, cookies and logins among them; from `trace4`
on mod_ssl writes what it encrypts. At these levels a busy server writes more to the log than to its clients. They are
for the search for a fault, and are mostly forgotten after it.

## Bad
### All modules
```
LogLevel debug
#        ^^^^^ writes many lines for each request: notice or warn is enough once the search for a fault is over
```

### One module
```
LogLevel warn ssl:trace6
#             ^^^^^^^^^^ writes what clients and server send, cookies and passwords too, into the error log
```

## Good
### Enough
```
LogLevel warn ssl:info rewrite:notice
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#loglevel
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, rule

from ._levels import LEVELS, level_number, module_of

_DEBUG = LEVELS.index("debug")
_TELLING = LEVELS.index("trace3")
_MODULES_TELLING = ("", "core", "http", "ssl", "dumpio", "proxy", "proxy_http", "http2")


@rule(
    code="SSL1506",
    name="log-level-debug",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#loglevel",
    keys=("loglevel",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if "debug" not in directive.text.lower() and "trace" not in directive.text.lower():
        return
    for word in directive.arguments:
        module, level = module_of(word.value)
        number = level_number(level)
        if number is None or number < _DEBUG:
            continue
        if number >= _TELLING and module in _MODULES_TELLING:
            message = "writes what clients and server send, cookies and passwords too, into the error log"
        else:
            message = "writes many lines for each request: notice or warn is enough once the search for a fault is over"
        yield context.report(word, message, notes=assumption(directive))
