"""Security headers are left out, since mod_headers is not loaded

## What it does
Reports `<IfModule mod_headers.c>` sections with headers that guard a site (`Strict-Transport-Security`,
`Content-Security-Policy`, `X-Frame-Options`, cookies, …) where it is certain that mod_headers is not loaded, or not
yet.

## Why
The condition is there so that the server starts without the module, and it does: without the headers, and without a
word. `LoadModule` counts from where it stands, so that a section above it is left out as well.

## Bad
### Not loaded
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
Listen 80
<IfModule mod_headers.c>
#<^^^^^^^^^^^^^^^^^^^^^^ mod_headers is not loaded at this place: httpd leaves out Strict-Transport-Security...
    Header always set Strict-Transport-Security "max-age=63072000"
</IfModule>
```

### Loaded below
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
Listen 80
<IfModule headers_module>
#<^^^^^^^^^^^^^^^^^^^^^^^ mod_headers is not loaded at this place: httpd leaves out X-Frame-Options without a word
    Header always set X-Frame-Options DENY
</IfModule>
LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
```

## Good
### Loaded above
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
Listen 80
<IfModule mod_headers.c>
    Header always set Strict-Transport-Security "max-age=63072000"
</IfModule>
```

### Near miss: nobody's safety hangs on it
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
Listen 80
<IfModule mod_headers.c>
    Header set X-Served-By www1
    # Header always set X-Frame-Options DENY
</IfModule>
```

### Near miss: which modules there are is not known
```
<IfModule mod_headers.c>
    Header always set X-Frame-Options DENY
</IfModule>
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#ifmodule
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL1042",
    name="security-header-left-out",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#ifmodule",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
