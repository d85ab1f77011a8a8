r"""The logs don't tell who still needs an old TLS version

## What it does
Reports hosts that speak TLS and in none of whose access logs the protocol version stands.

## Why
Before a version or a cipher suite is switched off one would like to know who uses it. `%{SSL_PROTOCOL}x` and
`%{SSL_CIPHER}x` tell it of each request.

## Bad
### The usual format
```
#--- live: no
Listen 443
LogFormat "%h %t \"%r\" %>s" mine
#         ^^^^^^^^^^^^^^^^^^ leaves out the TLS version: %{SSL_PROTOCOL}x tells who still needs an old one
CustomLog access.log mine
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### In a log of its own
```
#--- live: no
Listen 443
CustomLog access.log "%h %t \"%r\" %>s"
CustomLog tls.log "%t %h %{SSL_PROTOCOL}x %{SSL_CIPHER}x"
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Near miss: no TLS
```
Listen 80
CustomLog access.log "%h %t \"%r\" %>s"
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#logformats
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, met_hosts, rule

from ._items import items
from ._logs import AccessLog, logs_of


@rule(
    code="SSL1509",
    name="tls-version-not-logged",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#logformats",
    needs=("tls",),
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told: set[tuple[str, int]] = set()
    for host in met_hosts(server):
        logs = [log for log in logs_of(host) if log.is_kept] if host.is_tls else []
        if not logs or any(map(_tells, logs)):
            continue
        log = logs[0]
        place = (log.place.source.path, log.place.span.start)
        if place not in told:
            told.add(place)
            message = "leaves out the TLS version: %{SSL_PROTOCOL}x tells who still needs an old one"
            yield context.report(log.place, message, notes=assumption(log.directive))


def _tells(log: AccessLog) -> bool:
    names = {(one.letter, one.argument.lower()) for one in items(log.format)}
    return not names.isdisjoint([("x", "ssl_protocol"), ("c", "version")])
