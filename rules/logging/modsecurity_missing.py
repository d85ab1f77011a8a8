"""No web application firewall is loaded

## What it does
Reports servers that load their modules by `LoadModule` and don't load ModSecurity, or switch it off.

## Why
ModSecurity looks at requests and responses by rules, logs what looks like an attack and can refuse it. Some policies
demand it; it is no cure for a weak application, and a rule set needs care.

## Bad
### Not loaded
```
#--- live: no
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
Listen 80
#<^^^^^^^ no ModSecurity is loaded: LoadModule security2_module, with a rule set, is what policies ask for
```

## Good
### Loaded
```
#--- live: no
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule security2_module /usr/lib/apache2/modules/mod_security2.so
Listen 80
```

### Near miss: the modules are not known
```
Listen 80
```

## References
CIS Apache HTTP Server 2.4 item 6.6; https://modsecurity.org/
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

_MODULES = ("security2_module", "security3_module", "security_module")


@rule(
    code="SSL1514",
    name="modsecurity-missing",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://modsecurity.org/",
    needs=("listen",),
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if not server.is_complete or not server.configuration.lacks(*_MODULES):
        return
    listens = server.main.own.get("listen", [])
    if listens:
        message = "no ModSecurity is loaded: LoadModule security2_module, with a rule set, is what policies ask for"
        yield context.report(listens[0], message)
