"""The server would run as root

## What it does
Reports `User root` and `Group root`, also by number.

## Why
httpd starts as root to open its ports, and hands requests to processes of this user. As root every fault in a program
is the end of the machine; httpd refuses to start that way unless it was built for it. The group `root` may read and
write much that is nobody else's business.

## Bad
### The user
```
#--- live: no
Listen 80
User root
#    ^^^^ requests are handled as root: httpd refuses to start so, and every fault would be the end of the machine
Group www-data
```

### The group, by number
```
Listen 80
User www-data
Group #0
#     ^^ requests are handled with the rights of the group root
```

## Good
### A user of its own
```
Listen 80
User www-data
Group www-data
```

### Overridden
```
#--- live: no
Listen 80
Group root
Group www-data
```

## References
CIS Apache HTTP Server 2.4 Benchmark 3.1; https://httpd.apache.org/docs/2.4/mod/mod_unixd.html#user
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, is_overridden, rule

_ROOT = ("root", "#0", "wheel")


@rule(
    code="SSL1332",
    name="run-as-root",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_unixd.html#user",
    keys=("user", "group"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    words = directive.arguments
    if not words or words[0].value.lower() not in _ROOT or is_overridden(context.server, directive):
        return
    if directive.key == "user":
        message = (
            "requests are handled as root: httpd refuses to start so, and every fault would be the end of the machine"
        )
        yield context.report(words[0], message, notes=assumption(directive))
    else:
        message = "requests are handled with the rights of the group root"
        yield context.report(words[0], message, notes=assumption(directive), severity=Severity.WARNING)
