"""Any method is let in

## What it does
Asks each host for its front page by `DELETE`, and reports those whose access control lets it in. `AllowMethods`
counts as well.

## Why
httpd itself refuses what it has no use for, but programs and backends see every method that access control lets
through. Where only GET and POST are meant, say so.

## Bad
### No limit
```
Listen 80
#<^^^^^^^ access control lets any method, such as DELETE, through to the main server
DocumentRoot /srv/www
<Directory /srv/www>
    Require all granted
</Directory>
```

## Good
### Limited
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    <LimitExcept GET POST OPTIONS>
        Require all denied
    </LimitExcept>
</Directory>
```

### By mod_allowmethods
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Location />
    AllowMethods GET POST OPTIONS
</Location>
```

## References
CIS Apache HTTP Server 2.4 Benchmark 5.7; https://httpd.apache.org/docs/2.4/mod/core.html#limitexcept
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Reach,
    Server,
    Severity,
    VirtualHost,
    effective,
    listing,
    rule,
    strangers_admission,
    strangers_answers,
)


@rule(
    code="SSL1322",
    name="methods-unrestricted",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#limitexcept",
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    hosts = [host for host in server.hosts if server.is_complete and host.sockets and _takes_any(host)]
    if hosts:
        message = f"access control lets any method, such as DELETE, through to {listing(hosts)}"
        yield context.report(hosts[0], message)


def _takes_any(host: VirtualHost) -> bool:
    where = Reach.of(host.server).mapper(host).where("/")
    admission = strangers_admission(host, where, "DELETE")
    if admission.status is not None or admission.why:
        return False
    allowed = effective(host, where, ["allowmethods"]) if "allowmethods" in host.server.keys else ()
    if any(one.words and "reset" not in one.words for one in allowed):
        return False
    return any(one.by in ("file", "handler", "proxy") for one in strangers_answers(host, "/", "DELETE"))
