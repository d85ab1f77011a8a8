"""Text behind a section's header, which httpd drops

## What it does
Reports what follows the `>` of a section's start tag on the same line. A comment there is reported as
information, since nothing is lost.

## Why
A section's handler looks for the last `>` of the line and cuts off what is behind it (`strrchr`). A
directive on the header's line never acts, and nobody is told.

## Bad
### A directive
```
<IfModule mod_ssl.c> SSLHonorCipherOrder on
#                    ^^^^^^^^^^^^^^^^^^^^^^ this text follows the section header's closing '>'...
</IfModule>
```

### A comment
```
<Directory /srv/www> # the shop
#                    ^^^^^^^^^^ this comment follows the section header's closing '>'...
    AllowOverride None
</Directory>
```

## Good
### On lines of their own
```
# the shop
<Directory /srv/www>
    AllowOverride None
</Directory>
```

### A bracket that is a part of the argument
```
<If "%{HTTP:X-Level} -gt 3 && %{HTTPS} == 'on'">
    AddDefaultCharset off
</If>
<LocationMatch "^/(?<shop>[^/]+)/">
    AddDefaultCharset off
</LocationMatch>
```

### Behind an end tag
```
<Directory /srv/www>
    AllowOverride None
</Directory> # the shop
```

## Fix
### A comment
```
# the shop
<Directory /srv/www>
    AllowOverride None
</Directory>
```

## References
https://httpd.apache.org/docs/2.4/sections.html; `dirsection` in server/core.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0029",
    name="text-after-header",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/sections.html",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    dropped = problem.source.text[slice(*problem.span)]
    is_comment = dropped.startswith("#")
    yield context.relay(problem, "give the comment a line of its own", Severity.INFO if is_comment else None)
