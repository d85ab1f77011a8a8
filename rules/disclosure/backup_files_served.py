r"""Copies and dumps would be served

## What it does
Asks each host for files with the extensions of backups, editors' copies, dumps and includes, and reports those that
nothing refuses. Whether such files are there is not looked at.

## Why
`config.php.bak` is no program to the server but text: whoever guesses its name reads the passwords in it.

## Bad
### Nothing refuses them
```
Listen 80
#<^^^^^^^ files that end in .bak, .old, .orig, .save, .swp, .sql, .inc and .dist would be served by the main server
DocumentRoot /srv/www
```

## Good
### Refused by their ends
```
Listen 80
DocumentRoot /srv/www
<FilesMatch "\.(bak|old|orig|save|swp|sql|inc|dist)$">
    Require all denied
</FilesMatch>
```

### Only what is listed is served
```
Listen 80
DocumentRoot /srv/www
<FilesMatch ".+">
    Require all denied
</FilesMatch>
<FilesMatch "\.(html|css|js|png)$">
    Require all granted
</FilesMatch>
```

## Options
`extensions`: the ends of names that are asked for, without the dot.

## References
CIS Apache HTTP Server 2.4 Benchmark 5.13; https://httpd.apache.org/docs/2.4/mod/core.html#filesmatch
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, enumeration, listing, rule

from ._served import served


@rule(
    code="SSL1214",
    name="backup-files-served",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#filesmatch",
    options={"extensions": ("bak", "old", "orig", "save", "swp", "sql", "inc", "dist")},
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    names = [f"config.{extension}" for extension in context.option("extensions", tuple)]
    for found, hosts in served(server, names):
        ends = enumeration([name.removeprefix("config") for name in found], 12)
        yield context.report(hosts[0], f"files that end in {ends} would be served by {listing(hosts)}")
