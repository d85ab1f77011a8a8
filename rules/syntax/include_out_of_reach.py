"""An include that leads outside what may be read

## What it does
Reports includes of files outside the folders that were given to sslint. They are not followed.

## Why
What they hold was not checked, and may change what the rest means. `--allow DIR` or `--map SERVER=HERE` lets
sslint follow them.

## Bad
### A folder that nobody gave
```
#--- outside: /etc/letsencrypt
#--- live: no
Include /etc/letsencrypt/options-ssl-apache.conf
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ /etc/letsencrypt/options-ssl-apache.conf lies outside what may be...
```

## Good
### Within the server's own folder
```
Include conf.d/tls.conf
#--- conf.d/tls.conf
HostnameLookups Off
```

## Limits
In a fragment whose server is unknown, nobody knows what a relative path means: the finding is only a remark
there.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0020", name="include-out-of-reach", severity=Severity.WARNING, since="0.1.0")
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    known = context.configuration.role == "main"
    yield context.relay(problem, severity=None if known else Severity.INFO)
