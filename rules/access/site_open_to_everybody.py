"""A site is open to everybody

## What it does
Asks each host for its front page as a client from anywhere, and reports those that answer.

## Why
For servers that are meant for some networks only, a policy may want every host to say which.

## Bad
### Granted
```
Listen 80
#<^^^^^^^ clients from anywhere get the front page of the main server
DocumentRoot /srv/www
<Directory /srv/www>
    Require all granted
</Directory>
```

## Good
### Some networks
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Require ip 192.0.2.0/24
</Directory>
```

## References
DISA STIG V-214297; https://httpd.apache.org/docs/2.4/mod/mod_authz_host.html#reqip
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, listing, rule, strangers_answers

_SERVED = ("file", "handler", "proxy")


@rule(
    code="SSL1338",
    name="site-open-to-everybody",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_authz_host.html#reqip",
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    hosts = [
        host
        for host in server.hosts
        if any(one.by in _SERVED and one.status in (None, 200) for one in strangers_answers(host, "/"))
    ]
    if hosts and server.is_complete:
        message = f"clients from anywhere get the front page of {listing(hosts)}"
        yield context.report(hosts[0], message)
