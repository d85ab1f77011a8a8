r"""A file runs by an extension in the middle of its name

## What it does
Reports `AddHandler` and `AddType` lines that have files run by PHP or as CGI programs by their extension.

## Why
mod_mime looks at every extension of a name. A handler stays with what follows it: `picture.php.jpg` runs as well,
which is what attackers upload. A type gives way to that of a later extension, but not to one that has none:
`picture.php.tmp` runs. An `AddType` for a handler also gave source texts away in 2.4.60 and 2.4.61 (CVE-2024-39884,
CVE-2024-40725). A `<FilesMatch "\.php$">` with `SetHandler` looks at the end of the name.

## Bad
### A type for PHP
```
Listen 80
AddType application/x-httpd-php .php
#                               ^^^^ files such as x.php.tmp run as well: an unknown extension changes nothing
```

### A handler
```
#--- role: htaccess
AddHandler cgi-script .cgi .pl
#                     ^^^^ files such as x.cgi.jpg run as well...
```

## Good
### By the end of the name
```
#--- live: no
Listen 80
<FilesMatch "\.php$">
    SetHandler application/x-httpd-php
</FilesMatch>
```

### Other types
```
Listen 80
AddType text/html .shtml
AddHandler type-map .var
AddType application/x-httpd-php-source .phps
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_mime.html#multipleext; DISA STIG V-214243, V-214281, V-214283
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, rule

_RUNS = re.compile(
    r"application/x-httpd-(?:ea-|alt-)?php[\d_a-z-]*|(?:ea-|alt-)?php[\d.]*-script|php[\d.]*-(?:fcgi|cgi|fastcgi)|cgi-script|fcgid-script"
)


@rule(
    code="SSL1334",
    name="handler-by-extension",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_mime.html#multipleext",
    keys=("addhandler", "addtype"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    words = directive.arguments
    if len(words) < 2 or not _RUNS.fullmatch(words[0].value.lower()) or words[0].value.lower().endswith("-source"):
        return
    name = f"x.{words[1].value.lstrip('.')}"
    if directive.key == "addtype":
        message = f"files such as {name}.tmp run as well: an unknown extension changes nothing"
    else:
        message = f"files such as {name}.jpg run as well: every extension of a name counts"
    yield context.report(words[1], message, notes=assumption(directive))
