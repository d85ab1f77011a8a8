"""A directive whose module is not loaded

## What it does
Reports directives of modules that no LoadModule line loads, where all LoadModule lines of the server are
known.

## Why
To httpd a directive without its module is an unknown word: the server does not start.

## Bad
### Rewriting without mod_rewrite
```
#--- target: debian-12
LoadModule mpm_event_module modules/mod_mpm_event.so
RewriteEngine on
#<^^^^^^^^^^^ RewriteEngine comes with rewrite_module, which is not loaded: httpd will not start
```

## Good
### Behind IfModule
```
#--- target: debian-12
LoadModule mpm_event_module modules/mod_mpm_event.so
<IfModule mod_rewrite.c>
  RewriteEngine on
</IfModule>
```

### A file that loads nothing says nothing of modules
```
RewriteEngine on
```

## Limits
Silent unless a LoadModule line chose the MPM and every include could be read: only then is it certain that
the lines name all modules.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0002", name="module-not-loaded", severity=Severity.ERROR, since="0.1.0", rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
