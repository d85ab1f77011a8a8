"""CONNECT is allowed to ports that no browser needs it for

## What it does
Reports `AllowCONNECT` with port 22 or 25, or with a range of more ports than `ports` (default 100), where
`ProxyRequests` is on.

## Why
CONNECT makes a tunnel to any machine and port, whose content nobody sees. Browsers need it for port 443. With port 25
the proxy sends spam, with port 22 it leads into the network, and a wide range holds both and more.

## Bad
### Everything
```
Listen 80
ProxyRequests On
AllowCONNECT 443 1-65535
#                ^^^^^^^ clients may have tunnels to any of 65535 ports of any machine
```

### Mail
```
Listen 80
ProxyRequests On
AllowCONNECT 25 443
#            ^^ clients may have tunnels to port 25 of any machine
```

## Good
### TLS
```
Listen 80
ProxyRequests On
AllowCONNECT 443 563 8443
```

### No forward proxy
```
Listen 80
AllowCONNECT 1-65535
```

## Options
`ports`: how many ports one range may have.

## References
https://httpd.apache.org/docs/2.4/mod/mod_proxy_connect.html#allowconnect; CWE-441
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Severity, VirtualHost, assumption, rule, usable

_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
_NEVER = (22, 25)


@rule(
    code="SSL0819",
    name="connect-ports-wide",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_proxy_connect.html#allowconnect",
    needs=("allowconnect",),
    options={"ports": 100},
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    if host.keyword("proxyrequests") != "on":
        return
    for line in usable(host.own.get("allowconnect", ())):
        for word in line.arguments:
            match = _RANGE.fullmatch(word.value)
            if match is None:
                continue
            first, last = int(match.group(1)), int(match.group(2) or match.group(1))
            count = last - first + 1
            if first == last and first in _NEVER:
                ports = f"port {first}"
            elif count > context.option("ports", int):
                ports = f"any of {count} ports"
            else:
                continue
            message = f"clients may have tunnels to {ports} of any machine"
            yield context.report(word, message, notes=assumption(line, host.condition))
