"""Error pages name the server

## What it does
Reports `ServerSignature On` and `EMail` that no later line in the same place overrides.

## Why
httpd's own error pages and listings then end with its version, name and port, and with `EMail` the administrator's
address.

## Bad
### On
```
Listen 80
ServerSignature On
#               ^^ error pages name httpd's version, this host and its port
```

### In a host
```
Listen 80
<VirtualHost *:80>
    ServerSignature EMail
    #               ^^^^^ error pages name httpd's version...
</VirtualHost>
```

## Good
### Off, which is the default
```
Listen 80
ServerSignature Off
```

### Overridden
```
Listen 80
ServerSignature On
ServerSignature Off
```

## Fix
### On
```
Listen 80
ServerSignature Off
```

### In a host
```
Listen 80
<VirtualHost *:80>
    ServerSignature Off
</VirtualHost>
```

## References
CIS Apache HTTP Server 2.4 Benchmark 8.2; https://httpd.apache.org/docs/2.4/mod/core.html#serversignature
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, is_overridden, replace, rule


@rule(
    code="SSL1202",
    name="server-signature-on",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#serversignature",
    keys=("serversignature",),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    for word in directive.arguments[:1]:
        if word.value.lower() in ("on", "email") and not is_overridden(context.server, directive):
            message = "error pages name httpd's version, this host and its port"
            fix = context.fix("leave the signature out", replace(word, "Off"))
            yield context.report(word, message, notes=assumption(directive), fix=fix)
