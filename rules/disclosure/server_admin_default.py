"""The administrator's address is a placeholder

## What it does
Reports `ServerAdmin` addresses that came with the file: `you@example.com`, `webmaster@localhost`, `root@localhost`.

## Why
httpd's own error pages show the address: visitors who want to tell of an error write to nobody.

## Bad
### As installed
```
Listen 80
ServerAdmin webmaster@localhost
#           ^^^^^^^^^^^^^^^^^^^ webmaster@localhost is the address that came with the file: error pages show it
```

## Good
### Somebody's
```
Listen 80
ServerAdmin admin@example.org
```

### Overridden
```
Listen 80
ServerAdmin root@localhost
ServerAdmin admin@example.org
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#serveradmin
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, is_overridden, rule

_PLACEHOLDERS = frozenset({"you@example.com", "you@your.address", "webmaster@localhost", "root@localhost"})


@rule(
    code="SSL1213",
    name="server-admin-default",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#serveradmin",
    keys=("serveradmin",),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    for word in directive.arguments[:1]:
        if word.value.lower() in _PLACEHOLDERS and not is_overridden(context.server, directive):
            message = f"{word.value} is the address that came with the file: error pages show it"
            yield context.report(word, message, notes=assumption(directive))
