"""httpd's own error pages are shown

## What it does
Reports hosts without an `ErrorDocument` for the statuses asked about.

## Why
httpd's own pages tell which server it is, and with `ServerSignature` its version and port.

## Bad
### None at all
```
Listen 80
#<^^^^^^^ the main server has no ErrorDocument for 401, 403, 404 and 500
```

## Good
### All of them
```
Listen 80
ErrorDocument 401 /errors/401.html
ErrorDocument 403 /errors/403.html
ErrorDocument 404 /errors/404.html
ErrorDocument 500 /errors/500.html
<VirtualHost *:80>
</VirtualHost>
```

## Options
`statuses`: those that need a page of their own.

## References
DISA STIG V-214256, V-214293; https://httpd.apache.org/docs/2.4/mod/core.html#errordocument
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, VirtualHost, enumeration, listing, rule


@rule(
    code="SSL1209",
    name="error-document-missing",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#errordocument",
    options={"statuses": ("401", "403", "404", "500")},
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    asked = context.option("statuses", tuple)
    found: dict[tuple[str, ...], list[VirtualHost]] = {}
    for host in server.hosts if server.is_complete else ():
        has = {line.values[0] for line in host.all("errordocument") if line.values}
        missing = tuple(one for one in asked if one not in has)
        if missing and host.sockets:
            found.setdefault(missing, []).append(host)
    for statuses, hosts in found.items():
        verb = "has" if len(hosts) == 1 else "have"
        message = f"{listing(hosts)} {verb} no ErrorDocument for {enumeration(list(statuses), 12)}"
        yield context.report(hosts[0], message)
