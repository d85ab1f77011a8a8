"""LoadModule of a module that is built in

## What it does
Reports `LoadModule` lines for modules that the target's httpd has compiled in. It needs to know which
these are, so it speaks up only where the configuration names all its other modules.

## Why
httpd refuses: "module … is built-in and can't be loaded". Distributions differ in what they compile
in, so the line often comes from another one's configuration.

## Bad
### Debian compiles mod_version in
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule version_module /usr/lib/apache2/modules/mod_version.so
#          ^^^^^^^^^^^^^^ module version_module is built-in and can't be loaded
```

## Good
### Where it is a module like others
```
#--- target: rhel-9
#--- live: no
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule version_module modules/mod_version.so
```

### Only if it is not there
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
<IfModule !mod_version.c>
    LoadModule version_module /usr/lib/apache2/modules/mod_version.so
</IfModule>
```

## Fix
### Debian compiles mod_version in
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
```

## Limits
A server that was built by hand has other modules compiled in than its distribution's.

## References
https://httpd.apache.org/docs/2.4/mod/mod_so.html#loadmodule; `load_module` in modules/core/mod_so.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0021",
    name="builtin-module",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_so.html#loadmodule",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "remove the line")
