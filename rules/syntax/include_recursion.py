"""Files that include each other without end

## What it does
Reports an `Include` of a file that is being read already, and includes more than 128 files deep.

## Why
httpd follows includes 128 files deep (AP_MAX_INCLUDE_DEPTH), then stops: "There appears to be a
recursion". A folder that is included by a file in it is the usual way to get there.

## Bad
### A folder includes itself
```
Include /etc/apache2/conf.d
#--- conf.d/tls.conf
Include /etc/apache2/conf.d/*.conf
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Exceeded maximum include depth of 128: /etc/apache2/conf.d/tls.conf includes itself
SSLHonorCipherOrder on
```

### In a circle
```
Include /etc/apache2/a.conf
#--- a.conf
Include /etc/apache2/b.conf
#--- b.conf
Include /etc/apache2/a.conf
#<^^^^^^^^^^^^^^^^^^^^^^^^^ Exceeded maximum include depth of 128: /etc/apache2/a.conf includes itself
```

## Good
### One file in two places
```
Listen 80
Listen 8080
<VirtualHost *:80>
    Include /etc/apache2/common.conf
</VirtualHost>
<VirtualHost *:8080>
    Include /etc/apache2/common.conf
</VirtualHost>
#--- common.conf
AddDefaultCharset off
```

## Limits
A file that includes itself until a `Define` stops it is reported, though httpd would read it.

## References
https://httpd.apache.org/docs/2.4/mod/core.html#include; `include_config` in server/core.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0019",
    name="include-recursion",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#include",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
