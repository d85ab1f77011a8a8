"""A byte order mark before the first directive

## What it does
Reports a UTF-8 byte order mark that a file starts with.

## Why
httpd skips the mark on Windows alone (`ap_pcfg_openfile`). Elsewhere it is taken for a part of the first
directive's name, and no directive is called that: httpd does not start. Editors put the mark there, and
show nothing of it.

## Bad
### Before a directive
```
#--- show: bom
#--- mark: 1:1:1 the file starts with a byte order mark...
AddDefaultCharset off
```

### Before a section
```
#--- show: bom
#--- mark: 1:1:1 the file starts with a byte order mark...
<Directory /srv/www>
    AllowOverride None
</Directory>
```

### Before a comment
```
#--- show: bom
#--- mark: 1:1:1 the file starts with a byte order mark...
# the main file
AddDefaultCharset off
```

## Good
### None
```
AddDefaultCharset off
```

### In the text it is a letter like others
```
SetEnv GREETING "\ufeffhello"
```

## Fix
### Before a directive
```
AddDefaultCharset off
```

### Before a section
```
<Directory /srv/www>
    AllowOverride None
</Directory>
```

### Before a comment
```
# the main file
AddDefaultCharset off
```

## References
https://httpd.apache.org/docs/2.4/configuring.html; `ap_pcfg_openfile` in server/util.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0034",
    name="byte-order-mark",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/configuring.html",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "remove the byte order mark")
