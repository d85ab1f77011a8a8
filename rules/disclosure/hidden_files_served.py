r"""Files that are nobody's business would be served

## What it does
Asks each host for `.htaccess`, `.htpasswd` and the files of version control, and reports those that nothing
refuses. Whether such files are there is not looked at.

## Why
One `git clone` into the documents, or one `.htpasswd` beside a page, and everybody reads the source text with its
passwords. Scanners ask every host for `/.git/config`.

## Bad
### Nothing refuses them
```
Listen 80
#<^^^^^^^ .htaccess, .htpasswd, .git/config and .svn/entries would be served by the main server, if they are there
DocumentRoot /srv/www
```

### One is forgotten
```
Listen 80
#<^^^^^^^ .svn/entries would be served by the main server, if it is there
DocumentRoot /srv/www
<Files ".ht*">
    Require all denied
</Files>
RedirectMatch 404 /\.git
```

## Good
### All hidden files
```
Listen 80
DocumentRoot /srv/www
<LocationMatch "/\.(?!well-known/)">
    Require all denied
</LocationMatch>
```

### By rewriting
```
Listen 80
DocumentRoot /srv/www
RewriteEngine on
RewriteRule "(^|/)\.(?!well-known/)" - [F]
```

### Nothing is served from here
```
Listen 80
ProxyPass / http://127.0.0.1:8080/
```

## Options
`names`: the URL paths that are asked for, without the first slash.

## References
CIS Apache HTTP Server 2.4 Benchmark 5.10 to 5.12; https://httpd.apache.org/docs/2.4/mod/core.html#files
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, enumeration, listing, rule

from ._served import served


@rule(
    code="SSL1206",
    name="hidden-files-served",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#files",
    options={"names": (".htaccess", ".htpasswd", ".git/config", ".svn/entries")},
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for names, hosts in served(server, context.option("names", tuple)):
        there = "if they are there" if len(names) > 1 else "if it is there"
        message = f"{enumeration(list(names), 6)} would be served by {listing(hosts)}, {there}"
        yield context.report(hosts[0], message)
