"""A module that is loaded twice

## What it does
Reports LoadModule lines for a module that an earlier line has loaded.

## Why
httpd warns and skips the line. Two lines for one module often name different files, of which only the first
counts.

## Bad
### Twice
```
LoadModule ssl_module modules/mod_ssl.so
LoadModule ssl_module /opt/own/mod_ssl.so
#          ^^^^^^^^^^ module ssl_module is already loaded, skipping
```

## Good
### Once
```
#--- live: no
LoadModule ssl_module modules/mod_ssl.so
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0022", name="duplicate-load-module", severity=Severity.WARNING, since="0.1.0")
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
