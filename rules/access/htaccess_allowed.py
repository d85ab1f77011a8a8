""".htaccess files may change the server's settings

## What it does
Reports `AllowOverride` and `AllowOverrideList` lines other than `None` that no later line in the same place overrides.

## Why
Whoever may write to the folder, by an upload form for instance, may then hand requests to other programs, open what
is closed, and pass CGI scripts settings (CVE-2025-66200). Every request looks for the file in each folder on its way.
What stands in it can stand in the server's own files instead.

## Bad
### Everything
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride All
    #             ^^^ .htaccess files below /srv/www may change settings: All
</Directory>
```

### A part
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride AuthConfig FileInfo
    #             ^^^^^^^^^^^^^^^^^^^ .htaccess files below /srv/www may change settings: AuthConfig FileInfo
</Directory>
```

## Good
### None, which is the default
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride None
    AllowOverrideList None
</Directory>
```

## Fix
### Everything
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride None
</Directory>
```

### A part
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride None
</Directory>
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride; CIS Apache HTTP Server 2.4 Benchmark 4.4
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Safety,
    Severity,
    all_arguments,
    assumption,
    is_overridden,
    replace,
    rule,
)


@rule(
    code="SSL1314",
    name="htaccess-allowed",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride",
    keys=("allowoverride", "allowoverridelist"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    words = directive.arguments
    values = [word.value for word in words]
    if not words or [one.lower() for one in values] == ["none"] or is_overridden(context.server, directive):
        return
    where = directive.parent.argument.strip().strip("\"'") if directive.parent is not None else ""
    below = f" below {where}" if where.startswith("/") else ""
    place = all_arguments(directive)
    message = f".htaccess files{below} may change settings: {' '.join(values)}"
    fix = context.fix("read none", replace(place, "None"))
    yield context.report(place, message, notes=assumption(directive), fix=fix)
