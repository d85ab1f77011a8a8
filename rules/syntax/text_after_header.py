"""Text behind a section's start tag

## What it does
Reports what stands behind the `>` of a start tag on the same line.

## Why
httpd drops it without a message, even if it is a directive.

## Bad
### A directive
```
<Directory /srv/www> Require all denied
#                    ^^^^^^^^^^^^^^^^^^ this text follows the section header's closing '>': httpd drops it without...
</Directory>
```

### A comment
```
<VirtualHost *:80> # the plain one
#                  ^^^^^^^^^^^^^^^ this comment follows the section header's closing '>': httpd drops it without a...
</VirtualHost>
```

## Good
### On lines of their own
```
# the plain one
<VirtualHost *:80>
</VirtualHost>
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0029", name="text-after-header", severity=Severity.WARNING, since="0.1.0")
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
