"""NameVirtualHost does nothing since 2.4

## What it does
Reports `NameVirtualHost` for httpd 2.4.

## Why
Addresses with several hosts are told apart by name without it. httpd warns at every start (AH00548) and ignores it.

## Bad
```
Listen 80
NameVirtualHost *:80
#<^^^^^^^^^^^^^^^^^^ does nothing in httpd 2.4 but warn at every start (AH00548)
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

## Good
### httpd 2.2 needs it
```
#--- target: httpd=2.2.34 openssl=1.0.2
Listen 80
NameVirtualHost *:80
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

## Fix
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#namevirtualhost
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, delete_lines, rule


@rule(
    code="SSL0928",
    name="namevirtualhost-obsolete",
    severity=Severity.STYLE,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#namevirtualhost",
    keys=("namevirtualhost",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if not context.target.httpd.is_old:
        yield context.report(
            directive,
            "does nothing in httpd 2.4 but warn at every start (AH00548)",
            notes=assumption(directive),
            fix=context.fix("leave it out", delete_lines(directive)),
        )
