"""The modules for sessions are not loaded

## What it does
Reports servers without the modules that the option `modules` names, by default mod_session and mod_usertrack.

## Why
Policies that want the server to keep sessions (the STIG for Apache Server 2.4 does) ask for both modules.
Applications that keep sessions of their own need neither.

## Bad
### A server with few modules
```
#--- target: debian-12
#--- live: no
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ session_module and...
```

## Good
### Both
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule session_module /usr/lib/apache2/modules/mod_session.so
LoadModule usertrack_module /usr/lib/apache2/modules/mod_usertrack.so
Listen 443
```

## Options
`modules`: the identifiers of the modules that must be loaded.

## Limits
Nothing is said where it is not known which modules are built in.

## References
DISA STIG for Apache Server 2.4 UNIX, V-214229 and V-214277
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule


@rule(
    code="SSL0532",
    name="session-modules-missing",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_session.html",
    options={"modules": ("session_module", "usertrack_module")},
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    configuration = server.configuration
    missing = [name for name in context.option("modules", tuple) if name not in configuration.loaded]
    if missing and configuration.modules_certain:
        verb = "is" if len(missing) == 1 else "are"
        yield context.report(server.main, f"{' and '.join(missing)} {verb} not loaded")
