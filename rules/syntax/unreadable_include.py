"""An included file that can't be read

## What it does
Reports `Include` lines whose file is there and can't be read: by reason of its permissions, or because
it is no regular file.

## Why
httpd reads its configuration as root and often can where others can't; where it can't, it does not start
(AH00554 for what is no regular file). Whatever stands in the file was not checked, so sslint never calls
such a configuration clean.

## Bad
### A file for root's eyes only
```
#--- unreadable: secret.conf
#--- live: no
Include /etc/apache2/secret.conf
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ /etc/apache2/secret.conf can't be read: Permission denied
#--- secret.conf
AddDefaultCharset off
```

## Good
### Readable
```
Include /etc/apache2/tls.conf
#--- tls.conf
AddDefaultCharset off
```

## Limits
What sslint's user may not read, httpd's may: this finding alone does not mean that the server refuses.

## References
https://httpd.apache.org/docs/2.4/mod/core.html#include; `ap_pcfg_openfile` in server/util.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0018",
    name="unreadable-include",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#include",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
