"""An Include reads a copy that an editor or a package manager left

## What it does
Reports `Include` and `IncludeOptional` whose pattern or folder brings in files such as `ssl.conf~`, `ssl.conf.bak`,
`ssl.conf.rpmsave` or `ssl.conf.dpkg-old`.

## Why
A folder is read with everything in it, and a pattern like `conf.d/*` with nearly everything. The old copy is read
beside the new file: its hosts are there twice, the first of them counts, and what was changed has no effect, or
what was taken out is still there.

## Bad
### A folder
```
Include /etc/apache2/sites/
#       ^^^^^^^^^^^^^^^^^^^ /etc/apache2/sites/www.conf~ is read as well: it looks like a copy that an editor...
#--- sites/www.conf
ServerName www.example.org
#--- sites/www.conf~
ServerName old.example.org
```

### A pattern
```
IncludeOptional /etc/apache2/conf.d/*
#               ^^^^^^^^^^^^^^^^^^^^^ /etc/apache2/conf.d/ssl.conf.rpmsave is read as well...
#--- conf.d/ssl.conf.rpmsave
SSLHonorCipherOrder on
```

## Good
### The ending is part of the pattern
```
IncludeOptional /etc/apache2/conf.d/*.conf
#--- conf.d/ssl.conf
SSLHonorCipherOrder on
#--- conf.d/ssl.conf.bak
SSLHonorCipherOrder off
```

### Named
```
Include /etc/apache2/ssl.conf.old
#--- ssl.conf.old
SSLHonorCipherOrder on
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#include; `ap_process_fnmatch_configs` in server/config.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0038",
    name="include-backup-file",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#include",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
