"""A module that is loaded twice

## What it does
Reports `LoadModule` lines whose module an earlier line has loaded.

## Why
httpd skips the second line and warns (AH01574). Somebody believes that it does something: where the two
lines name different files, the first one's is used.

## Bad
### In two files
```
LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
Include /etc/apache2/tls.conf
#--- tls.conf
LoadModule headers_module /opt/modules/mod_headers.so
#          ^^^^^^^^^^^^^^ module headers_module is already loaded, skipping
```

## Good
### Each once
```
LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
LoadModule expires_module /usr/lib/apache2/modules/mod_expires.so
```

### Only if it is not there
```
LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
<IfModule !mod_headers.c>
    LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
</IfModule>
```

## Fix
### In two files
```
LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
Include /etc/apache2/tls.conf
#--- tls.conf
```

Where the two lines stand in different files the fix is unsafe: another server may read the second file alone.

## References
https://httpd.apache.org/docs/2.4/mod/mod_so.html#loadmodule; `load_module` in modules/core/mod_so.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0022",
    name="duplicate-load-module",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_so.html#loadmodule",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    elsewhere = problem.related[0].source is not problem.source
    yield context.relay(problem, "remove the second line", safety=Safety.UNSAFE if elsewhere else None)
