"""WebSockets by RewriteRule, where ProxyPass takes both

## What it does
Reports `RewriteRule … ws://… [P]` (or `wss://`) with a condition on the header Upgrade, for httpd 2.4.47 and later.

## Why
Up to 2.4.46 a path that carries both HTTP and WebSockets needed a rule for the latter. Since then `upgrade=websocket`
(or `ANY`) in `ProxyPass http://…` does that, with one line, one pool of connections, and no chance that a condition
is forgotten.

## Bad
```
Listen 80
RewriteEngine on
RewriteCond %{HTTP:Upgrade} websocket [NC]
RewriteRule ^/app/(.*) ws://127.0.0.1:8080/app/$1 [P,L]
#                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ ProxyPass … http://127.0.0.1:8080/app/ upgrade=websocket takes...
ProxyPass /app/ http://127.0.0.1:8080/app/
```

## Good
### One line
```
Listen 80
ProxyPass /app/ http://127.0.0.1:8080/app/ upgrade=websocket
```

### An older version
```
#--- target: httpd=2.4.38 openssl=1.1.1
Listen 80
RewriteEngine on
RewriteCond %{HTTP:Upgrade} websocket [NC]
RewriteRule ^/app/(.*) ws://127.0.0.1:8080/app/$1 [P,L]
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#protoupgrade
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, HttpdVersion, Server, Severity, assumption, rule, rule_sets

_FIRST = HttpdVersion(2, 4, 47)
_TAIL = re.compile(r"[$%].*")


@rule(
    code="SSL0825",
    name="websocket-by-rewriting",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#protoupgrade",
    needs=("rewriterule",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if context.target.httpd < _FIRST:
        return
    for found in rule_sets(server):
        for one in found.rules:
            asks = any("http:upgrade" in words[0].lower() for words in one.conditions if words)
            if asks and one.has("P", "PROXY") is not None and re.match(r"wss?://", one.target, re.IGNORECASE):
                url = _TAIL.sub("", "http" + one.target[2:])
                yield context.report(
                    one.directive.arguments[1],
                    f"ProxyPass … {url} upgrade=websocket takes both HTTP and WebSockets",
                    notes=assumption(one.directive, found.host.condition),
                )
