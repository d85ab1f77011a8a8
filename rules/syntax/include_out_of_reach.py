"""An include that leads out of what sslint may read

## What it does
Reports includes of files outside the folders that sslint was pointed at. They are not followed.

In a fragment whose server is unknown it is a remark, for nobody knows what a relative path means there.

## Why
What stands there is unknown: a module may be loaded there, a setting may be overridden. Rules that need
all of the server take that into account.

## Bad
### Another folder
```
#--- outside: /srv/tls
#--- live: no
Include /srv/tls/tls.conf
#       ^^^^^^^^^^^^^^^^^ /srv/tls/tls.conf lies outside what may be read
```

### By a relative path, where nobody knows the server
```
#--- role: fragment
#--- outside: /usr/local/apache2
Include extra/tls.conf
#       ^^^^^^^^^^^^^^ this file was not read: its path is relative to the ServerRoot, which is unknown here
```

## Good
### Inside
```
Include /etc/apache2/tls.conf
#--- tls.conf
AddDefaultCharset off
```

## Limits
Allow more folders with `--allow`, or tell by a path map where the server's folders lie here.

## References
https://httpd.apache.org/docs/2.4/mod/core.html#include
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule

from ._includes import not_followed


@rule(
    code="SSL0020",
    name="include-out-of-reach",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#include",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield not_followed(problem, context)
