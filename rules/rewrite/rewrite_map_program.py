"""A program answers for a RewriteMap

## What it does
Reports `RewriteMap … prg:…`.

## Why
The program is started with the server, as the user who starts it, mostly root, before httpd gives its rights up, and
gets what clients write, line by line. All requests wait for its one answer at a time; where it hangs, the server
does. Maps of text (`txt:`, `dbm:`) do neither.

## Bad
```
#--- live: no
Listen 80
RewriteEngine on
RewriteMap users prg:/usr/local/bin/users
#                ^^^^^^^^^^^^^^^^^^^^^^^^ runs with the rights of whoever starts httpd, and every request waits for...
```

### By a shell
```
#--- live: no
Listen 80
RewriteEngine on
RewriteMap users "prg:/bin/sh -c /usr/local/bin/users" www-data:www-data
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ every request waits for the answer of this program
```

## Good
### A table
```
Listen 80
RewriteEngine on
RewriteMap users txt:/dev/null
```

## References
https://httpd.apache.org/docs/2.4/rewrite/rewritemap.html#prg
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, rule


@rule(
    code="SSL1721",
    name="rewrite-map-program",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/rewrite/rewritemap.html#prg",
    keys=("rewritemap",),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    words = directive.arguments
    if len(words) < 2 or not words[1].value.lower().startswith("prg:"):
        return
    has_user = len(words) > 2
    message = (
        "every request waits for the answer of this program"
        if has_user
        else "runs with the rights of whoever starts httpd, and every request waits for its answer"
    )
    yield context.report(words[1], message, notes=assumption(directive))
