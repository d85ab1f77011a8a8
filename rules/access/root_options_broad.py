"""Features are switched on for the whole file system

## What it does
Reports the `Options` in force for the root of the file system, where they are more than the policy allows.

## Why
What `Options` switch on (listings, programs, includes, links out of the folder) then holds wherever no other line says
otherwise. Switch on what is needed where it is needed.

## Bad
### FollowSymLinks by default
```
Listen 80
#<^^^^^^^ Options for the root of the file system are FollowSymLinks, by default, where None is asked for
DocumentRoot /srv/www
```

### Written
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Options Indexes
    #       ^^^^^^^ Options for the root of the file system are Indexes, where None is asked for
</Directory>
```

### Without a word
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Options
#   ^^^^^^^ Options for the root of the file system are FollowSymLinks, where None is asked for
</Directory>
```

## Good
### None
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
CIS Apache HTTP Server 2.4 Benchmark 5.1; https://httpd.apache.org/docs/2.4/mod/core.html#options
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, Where, rule

from ._options import too_broad


@rule(
    code="SSL1315",
    name="root-options-broad",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#options",
    options={"allowed": ()},
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    places = [(server.main, Where(None, "/"), "the root of the file system")]
    yield from too_broad(context, places)
