"""A RewriteRule that lets clients split requests to the backend

## What it does
Reports, for httpd up to 2.4.55, `RewriteRule … [P]` that puts `$1` of a pattern which takes any characters into the
query string of the backend's URL without the flag `B`.

## Why
The path is decoded before it is matched, and those versions do not encode what is put into the query string: with
`%20HTTP/1.1%0d%0aHost:…` in the path, a client writes a second request of its own into the connection to the
backend (CVE-2023-25690), around access control and into others' caches. httpd 2.4.56 refuses such requests.

## Bad
### The rule of the advisory
```
#--- target: httpd=2.4.54 openssl=3.0.2
Listen 80
RewriteEngine on
RewriteRule ^/here/(.*)$ http://127.0.0.1:8080/elsewhere?$1 [P]
#                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ $1 goes into the query string as it is: httpd...
```

## Good
### Encoded anew
```
#--- target: httpd=2.4.54 openssl=3.0.2
Listen 80
RewriteEngine on
RewriteRule ^/here/(.*)$ http://127.0.0.1:8080/elsewhere?$1 [B,P]
```

### Nothing but digits
```
#--- target: httpd=2.4.54 openssl=3.0.2
Listen 80
RewriteEngine on
RewriteRule ^/here/([0-9]+)$ http://127.0.0.1:8080/elsewhere?$1 [P]
```

### A version that refuses such requests
```
Listen 80
RewriteEngine on
RewriteRule ^/here/(.*)$ http://127.0.0.1:8080/elsewhere?$1 [P]
```

### A distribution that mends its version
```
#--- target: ubuntu-22.04
Listen 80
RewriteEngine on
RewriteRule ^/here/(.*)$ http://127.0.0.1:8080/elsewhere?$1 [P]
```

## Fix
### The rule of the advisory
```
#--- target: httpd=2.4.54 openssl=3.0.2
Listen 80
RewriteEngine on
RewriteRule ^/here/(.*)$ http://127.0.0.1:8080/elsewhere?$1 [P,B]
```

## Limits
The fix is unsafe: the backend gets other bytes where the path holds encoded ones.

## References
CVE-2023-25690; https://httpd.apache.org/security/vulnerabilities_24.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    HttpdVersion,
    Safety,
    Server,
    Severity,
    assumption,
    group_of,
    may_hold,
    rule,
    rule_sets,
)

from ._flags import add_flag
from ._steering import is_proxied, target_of

_FIRST_SAFE = HttpdVersion(2, 4, 56)


@rule(
    code="SSL1715",
    name="rewrite-request-splitting",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/security/vulnerabilities_24.html",
    needs=("rewriterule",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    version = context.target.httpd
    if version.branch != "2.4" or version >= _FIRST_SAFE or context.target.is_mended:
        return
    for found in rule_sets(server):
        for one in found.rules:
            if not is_proxied(one) or one.has("B") is not None:
                continue
            numbers = re.findall(r"\$(\d)", one.target.partition("?")[2])
            free = next((n for n in numbers if may_hold(group_of(one.pattern, int(n)), " ")), None)
            if free is None:
                continue
            yield context.report(
                target_of(one),
                f"${free} goes into the query string as it is: httpd {version} lets clients add requests of their own "
                "(CVE-2023-25690)",
                notes=["Update to httpd 2.4.56 or later, or add the flag B.", *assumption(one.directive)],
                fix=context.fix("encode back-references anew", add_flag(one.directive, "B")),
            )
