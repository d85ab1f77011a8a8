"""Features are switched on for the documents

## What it does
Reports the `Options` in force for the documents, where they are more than the policy allows.

## Why
What `Options` switch on (listings, programs, includes, links out of the folder) then holds wherever no other line says
otherwise. Switch on what is needed where it is needed.

## Bad
### Written
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Options Indexes MultiViews
    #       ^^^^^^^^^^^^^^^^^^ Options for the documents in /srv/www are Indexes MultiViews, where...
</Directory>
```

## Good
### No more than that
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Options MultiViews
</Directory>
```

### A redirect serves nothing
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Options None
</Directory>
```

## Options
`allowed`: the words that may be in force besides `None`.

## References
CIS Apache HTTP Server 2.4 Benchmark 5.2; https://httpd.apache.org/docs/2.4/mod/core.html#options
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Reach, Server, Severity, rule

from ._options import too_broad


@rule(
    code="SSL1316",
    name="docroot-options-broad",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#options",
    options={"allowed": ("MultiViews",)},
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    reach = Reach.of(server)
    hosts = [host for host in server.hosts if host.sockets or not server.is_complete]
    wheres = ((host, reach.mapper(host).where("/")) for host in hosts)
    yield from too_broad(
        context, ((host, where, f"the documents in {where.path}") for host, where in wheres if where.path)
    )
