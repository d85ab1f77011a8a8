"""A module that a policy asks for is not loaded

## What it does
Reports modules on the list that the server does not load, where all its modules are known.

## Why
Logs, identifiers of requests or a filter that a policy counts on are not there without their modules.

## Bad
### Not loaded
```
#--- target: debian-12
ServerRoot /etc/apache2
#<^^^^^^^^^^^^^^^^^^^^^ the policy asks for security2_module, which is not loaded
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
Listen 80
```

## Good
### Loaded
```
#--- live: no
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule security2_module /usr/lib/apache2/modules/mod_security2.so
Listen 80
```

## Options
`modules`: the modules that must be there; by default those of CIS 2.2 and 6.6.

## References
CIS Apache HTTP Server 2.4 Benchmark 2.2 and 6.6; DISA STIG V-214229, V-214253, V-214277
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, enumeration, rule


@rule(
    code="SSL1337",
    name="missing-module",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_so.html#loadmodule",
    options={"modules": ("log_config_module", "security2_module")},
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    missing = [name for name in context.option("modules", tuple) if server.configuration.lacks(name)]
    if missing and server.is_complete:
        verb = "is" if len(missing) == 1 else "are"
        message = f"the policy asks for {enumeration(missing, 9)}, which {verb} not loaded"
        yield context.report(server.main, message)
