""".htaccess files are read everywhere

## What it does
Reports `<Directory />` sections whose `AllowOverride` is not `None`.

## Why
httpd then looks for a `.htaccess` file in every folder down from the root for each request, and whoever may write one
anywhere changes the server's settings. Since 2.4 `None` is the default.

## Bad
### All
```
Listen 80
DocumentRoot /srv/www
<Directory />
    AllowOverride All
    #             ^^^ .htaccess files are read in every folder of the file system
</Directory>
```

## Good
### None
```
Listen 80
DocumentRoot /srv/www
<Directory />
    AllowOverride None
</Directory>
<Directory /srv/www>
    AllowOverride FileInfo
</Directory>
```

## Fix
### All
```
Listen 80
DocumentRoot /srv/www
<Directory />
    AllowOverride None
</Directory>
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride; CIS Apache HTTP Server 2.4 Benchmark 4.3
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
    code="SSL1313",
    name="htaccess-on-root",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride",
    keys=("allowoverride", "allowoverridelist"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    around = directive.parent
    words = directive.arguments
    if around is None or around.key != "directory" or [word.value for word in around.words] != ["/"] or not words:
        return
    if [word.value.lower() for word in words] != ["none"] and not is_overridden(context.server, directive):
        fix = context.fix("read none", replace(all_arguments(directive), "None"))
        message = ".htaccess files are read in every folder of the file system"
        yield context.report(all_arguments(directive), message, notes=assumption(directive), fix=fix)
