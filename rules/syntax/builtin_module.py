"""LoadModule for a module that is built in

## What it does
Reports LoadModule lines for modules that the target's httpd has compiled in.

## Why
httpd refuses to start: a module that is built in can't be loaded.

## Bad
### On Debian, logging is built in
```
#--- target: debian-12
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule log_config_module modules/mod_log_config.so
#          ^^^^^^^^^^^^^^^^^ module log_config_module is built-in and can't be loaded
```

## Good
### Behind IfModule
```
#--- target: debian-12
LoadModule mpm_event_module modules/mod_mpm_event.so
<IfModule !log_config_module>
  LoadModule log_config_module modules/mod_log_config.so
</IfModule>
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0021", name="builtin-module", severity=Severity.ERROR, since="0.1.0", rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
