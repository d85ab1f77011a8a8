r"""The log holds the proxy's address for every client

## What it does
Reports hosts that reckon with a proxy in front of them (`X-Forwarded-Proto` and the like), don't use mod_remoteip,
and log `%h` or `%a` without `%{X-Forwarded-For}i`.

## Why
For such a host the client is the proxy. Each line of the log has its address, and nobody can tell one visitor from
another, or bar one. mod_remoteip takes the address from the header, if a proxy that is trusted sets it.

## Bad
### Behind a proxy
```
Listen 80
CustomLog access.log "%h %t \"%r\" %>s"
#                    ^^^^^^^^^^^^^^^^^^ logs the address of the proxy in front of www.example.org (*:80) as the...
<VirtualHost *:80>
    ServerName www.example.org
    SetEnvIf X-Forwarded-Proto https HTTPS=on
</VirtualHost>
```

## Good
### mod_remoteip
```
Listen 80
CustomLog access.log "%a %t \"%r\" %>s"
<VirtualHost *:80>
    SetEnvIf X-Forwarded-Proto https HTTPS=on
    RemoteIPHeader X-Forwarded-For
    RemoteIPInternalProxy 10.0.0.0/8
</VirtualHost>
```

### The header beside it
```
Listen 80
CustomLog access.log "%h %{X-Forwarded-For}i %t \"%r\" %>s"
<VirtualHost *:80>
    SetEnvIf X-Forwarded-Proto https HTTPS=on
</VirtualHost>
```

### Near miss: no sign of a proxy
```
Listen 80
CustomLog access.log "%h %t \"%r\" %>s"
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_remoteip.html; DISA STIG for Apache Server 2.4 UNIX, V-214233
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Server,
    Severity,
    VirtualHost,
    assumption,
    ends_tls_upstream,
    met_hosts,
    rule,
)

from ._items import items
from ._logs import AccessLog, logs_of

_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip", "x-client-ip", "cf-connecting-ip", "true-client-ip")


@rule(
    code="SSL1513",
    name="client-address-not-logged",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_remoteip.html",
    needs=("setenvif", "setenvifnocase", "setenv"),
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told: set[tuple[str, int]] = set()
    for host in met_hosts(server):
        if not ends_tls_upstream(host) or _uses_remoteip(host):
            continue
        logs = [log for log in logs_of(host) if log.is_kept]
        if not logs or any(map(_tells, logs)):
            continue
        log = logs[0]
        place = (log.place.source.path, log.place.span.start)
        if place not in told:
            told.add(place)
            message = f"logs the address of the proxy in front of {host.title} as the client's: use mod_remoteip"
            yield context.report(log.place, message, notes=assumption(log.directive))


def _uses_remoteip(host: VirtualHost) -> bool:
    return bool(host.all("remoteipheader") or host.all("remoteipproxyprotocol"))


def _tells(log: AccessLog) -> bool:
    return any(one.letter == "i" and one.argument.lower() in _FORWARDED for one in items(log.format))
