"""URLs with extra slashes go past sections

## What it does
Reports `MergeSlashes Off` where a section for URL paths has access control.

## Why
`<Location /admin>` does not cover `//admin` then, and what is behind the server often takes both for the same: whoever
adds a slash meets no access control. With `AllowEncodedSlashes On`, `%2F` is another way to write a slash.

## Bad
### Access control by URL
```
Listen 80
MergeSlashes Off
#            ^^^ //admin is not in <Location /admin> then, and goes past its access control
ProxyPass / http://127.0.0.1:8080/
<Location /admin>
    Require ip 192.0.2.0/24
</Location>
```

## Good
### No section by URL
```
Listen 80
MergeSlashes Off
DocumentRoot /srv/www
<Directory /srv/www>
    Require all granted
</Directory>
```

### The default
```
Listen 80
MergeSlashes On
<Location /admin>
    Require ip 192.0.2.0/24
</Location>
```

### The section covers everything
```
Listen 80
MergeSlashes Off
<Location />
    Require ip 192.0.2.0/24
</Location>
```

## Fix
### Access control by URL
```
Listen 80
MergeSlashes On
ProxyPass / http://127.0.0.1:8080/
<Location /admin>
    Require ip 192.0.2.0/24
</Location>
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#mergeslashes
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Safety,
    Scope,
    Server,
    Severity,
    assumption,
    host_scopes,
    in_force,
    replace,
    rule,
)

_GUARDS = ("require", "deny", "authtype", "sslrequiressl", "sslverifyclient", "sslrequire")


@rule(
    code="SSL1417",
    name="slashes-not-merged",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#mergeslashes",
    needs=("mergeslashes",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for one in in_force(server, "mergeslashes"):
        if one.directive is None or [word.value.lower() for word in one.arguments] != ["off"]:
            continue
        guarded = next((scope for host in one.hosts for scope in host_scopes(host) if _guards(scope)), None)
        if guarded is not None:
            word, path = one.arguments[0], guarded.argument
            yield context.report(
                word,
                f"/{path} is not in <Location {path}> then, and goes past its access control",
                related=[(guarded.section, "this covers single slashes only")],
                notes=assumption(one.directive, guarded.section),
                fix=context.fix("merge slashes", replace(word, "On")),
            )


def _guards(scope: Scope) -> bool:
    is_path = scope.kind == "location" and scope.argument.startswith("/") and scope.argument != "/"
    return is_path and any(key in scope.directives for key in _GUARDS)
