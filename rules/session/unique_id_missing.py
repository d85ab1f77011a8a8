"""The module that numbers requests is not loaded

## What it does
Reports servers without mod_unique_id.

## Why
mod_unique_id gives each request a number that no other has, by which the lines of several logs are brought
together; ModSecurity needs it, and the STIG for Apache Server 2.4 asks for it. `%L` in log formats serves as well.

## Bad
### A server with few modules
```
#--- target: debian-12
#--- live: no
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unique_id_module is not loaded
```

## Good
### Loaded
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule unique_id_module /usr/lib/apache2/modules/mod_unique_id.so
Listen 443
```

## Limits
Nothing is said where it is not known which modules are built in.

## References
DISA STIG for Apache Server 2.4 UNIX, V-214253
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule


@rule(
    code="SSL0533",
    name="unique-id-missing",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_unique_id.html",
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    configuration = server.configuration
    if configuration.modules_certain and "unique_id_module" not in configuration.loaded:
        yield context.report(server.main, "unique_id_module is not loaded")
