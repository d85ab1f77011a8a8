"""A condition that is never closed, which httpd overlooks

## What it does
Reports `<IfModule>`, `<IfDefine>` and their like without an end tag where httpd does not miss it.

## Why
httpd only looks for the ends of sections that it takes to heart. The same file fails as soon as a section is
put behind the condition, and it is not clear how far the condition was meant to reach.

## Bad
### To the end of the file
```
<IfModule mod_ssl.c>
#<^^^^^^^^^^^^^^^^^^ <IfModule> was not closed.
  SSLSessionCacheTimeout 300
```

## Good
### Closed
```
<IfModule mod_ssl.c>
  SSLSessionCacheTimeout 300
</IfModule>
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0009", name="unclosed-condition", severity=Severity.WARNING, since="0.1.0")
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
