"""TypesConfig names a file that does not exist

## What it does
Reports `TypesConfig` with a file that is not there, where `--check-environment` says that this is the machine.

## Why
mod_mime reads the file when the server starts, and ends the start without it (AH01597); `httpd -t` does not look.
It happens in small containers, whose mime.types belongs to a package that is not installed.

## Bad
### Not there
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule mime_module /usr/lib/apache2/modules/mod_mime.so
Listen 80
TypesConfig conf/mime.types
#           ^^^^^^^^^^^^^^^ /etc/apache2/conf/mime.types does not exist: the server does not start (AH01597)
```

## Good
### There
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule mime_module /usr/lib/apache2/modules/mod_mime.so
Listen 80
TypesConfig conf/mime.types
#--- conf/mime.types
text/html html
```

### mod_mime is not loaded
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
Listen 80
<IfModule mime_module>
    TypesConfig conf/mime.types
</IfModule>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_mime.html#typesconfig; `mime_post_config` in mod_mime.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0036",
    name="types-file-missing",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_mime.html#typesconfig",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
