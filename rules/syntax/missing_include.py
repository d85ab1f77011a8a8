"""An include that matches no file

## What it does
Reports Include of a file that does not exist, or of a pattern that matches nothing.

## Why
httpd refuses to start. IncludeOptional is for what may be missing.

## Bad
### A file
```
Include conf.d/tls.conf
#       ^^^^^^^^^^^^^^^ /etc/apache2/conf.d/tls.conf does not exist
```

### A pattern
```
Include conf.d/*.conf
#       ^^^^^^^^^^^^^ the folder /etc/apache2/conf.d does not exist
```

## Good
### A file that is there
```
Include conf.d/tls.conf
#--- conf.d/tls.conf
SSLProtocol -all +TLSv1.3
```

### Optional
```
IncludeOptional conf.d/*.conf
```

## Limits
In a fragment whose server is unknown, nobody knows what a relative path means: the finding is only a remark
there.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0017", name="missing-include", severity=Severity.ERROR, since="0.1.0", rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    known = context.configuration.role == "main"
    yield context.relay(problem, severity=None if known else Severity.INFO)
