"""The whole file system is open to requests

## What it does
Reports `<Directory />` sections that let everybody in by `Require all granted` or `Allow from all`.

## Why
Every `Alias`, symbolic link or fault that leads a URL out of the documents then gives the file behind it away. With
`Require all denied` here, which httpd's own file has, CVE-2021-41773 gave nothing. Grant access to the folders that are
served instead.

## Bad
### Granted
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Require all granted
    #       ^^^^^^^^^^^ everybody may have every file that a URL leads to, up to the root of the file system
</Directory>
```

### Of old style
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Order allow,deny
    Allow from all
    #     ^^^^^^^^ everybody may have every file that a URL leads to, up to the root of the file system
</Directory>
```

### An order, and nobody who is denied
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Order deny,allow
    #     ^^^^^^^^^^ everybody may have every file that a URL leads to, up to the root of the file system
</Directory>
```

## Good
### Denied, and granted where it is meant
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Require all denied
</Directory>
<Directory /srv/www>
    Require all granted
</Directory>
```

### A later section denies it
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Require all granted
</Directory>
<Directory />
    Require all denied
</Directory>
```

### For those who log in
```
Listen 80
DocumentRoot /srv/www
<Directory />
    AuthType Basic
    AuthName Staff
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Directory>
```

## References
https://httpd.apache.org/docs/2.4/misc/security_tips.html#protectserverfiles;
CIS Apache HTTP Server 2.4 Benchmark 4.1; CVE-2021-41773
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Access, Context, Diagnostic, Reach, Server, Severity, Where, all_arguments, assumption, rule


@rule(
    code="SSL1311",
    name="root-directory-granted",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/misc/security_tips.html#protectserverfiles",
    needs=("directory",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    reach = Reach.of(server)
    for owner, scope in reach.scopes():
        if scope.kind != "directory" or scope.argument.strip("/") or not scope.argument or scope.outer is not None:
            continue
        line = Access.of(scope).granting(scope)
        if line is not None and reach.access(owner, Where(None, "/")).lets_anybody_in(tls=True):
            message = "everybody may have every file that a URL leads to, up to the root of the file system"
            place = all_arguments(line)
            yield context.report(place, message, notes=assumption(scope.section, line))
