"""More than one MPM is loaded

## What it does
Reports the second `LoadModule` line that names a multi-processing module.

## Why
A server has one MPM. With two, httpd stops: "AH00534: Configuration error: More than one MPM loaded."

## Bad
### Two
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule mpm_prefork_module /usr/lib/apache2/modules/mod_mpm_prefork.so
#          ^^^^^^^^^^^^^^^^^^ More than one MPM loaded.
```

## Good
### One, and a module that only sounds like one
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule ssl_module /usr/lib/apache2/modules/mod_ssl.so
```

### One of several
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
<IfModule !mpm_event_module>
    LoadModule mpm_worker_module /usr/lib/apache2/modules/mod_mpm_worker.so
</IfModule>
```

## Limits
An MPM that is compiled in is not counted.

## References
https://httpd.apache.org/docs/2.4/mpm.html; `ap_check_mpm` in server/mpm_common.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0023",
    name="several-mpms",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mpm.html",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
