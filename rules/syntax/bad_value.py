"""A value that httpd refuses

## What it does
Reports values that the directive's own code refuses: unknown words, numbers out of range, regular expressions
and expressions that don't compile.

## Why
httpd refuses to start.

## Bad
### A switch that is neither on nor off
```
SSLEngine yes
#         ^^^ must be on, off or optional, not 'yes'
```

### A protocol that does not exist
```
SSLProtocol all -SSLv4
#               ^^^^^^ illegal protocol: use all, SSLv3, TLSv1, TLSv1.1, TLSv1.2 or TLSv1.3
```

### Options that mix absolute and relative words
```
<Directory /srv/www>
  Options Indexes +FollowSymLinks
#                 ^^^^^^^^^^^^^^^ either all Options start with + or -, or none does
</Directory>
```

## Good
### What httpd takes
```
SSLEngine optional
SSLProtocol all -SSLv3
```

## Fix
### A switch that is neither on nor off
```
SSLEngine on
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(code="SSL0005", name="bad-value", severity=Severity.ERROR, since="0.1.0", fix=Safety.SAFE, rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "write what httpd takes")
