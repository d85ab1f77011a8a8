"""A file of passwords lies among the documents

## What it does
Reports password and group files that a host serves to everybody.

## Why
Whoever fetches the file may try passwords against it at leisure, on a machine of their own. A name such as
`.htpasswd` helps only where the server refuses such names.

## Bad
### In the documents
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/private>
    AuthType Basic
    AuthName Staff
    AuthUserFile /srv/www/passwords
    #            ^^^^^^^^^^^^^^^^^^ the main server serves this file to everybody, as /passwords
    Require valid-user
</Directory>
```

## Good
### Elsewhere
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/private>
    AuthType Basic
    AuthName Staff
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Directory>
```

### Its name is refused
```
Listen 80
DocumentRoot /srv/www
<Files ".ht*">
    Require all denied
</Files>
<Directory /srv/www/private>
    AuthType Basic
    AuthName Staff
    AuthUserFile /srv/www/.htpasswd
    Require valid-user
</Directory>
```

### It lies behind its own login
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/private>
    AuthType Basic
    AuthName Staff
    AuthUserFile /srv/www/private/passwords
    Require valid-user
</Directory>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_authn_file.html#authuserfile; DISA STIG V-214239, V-214280
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Server, Severity, assumption, rule, served_file, walk

_FILES = (
    "authuserfile",
    "authgroupfile",
    "authdigestfile",
    "authdbmuserfile",
    "authdbmgroupfile",
    "authdigestgroupfile",
)


@rule(
    code="SSL1324",
    name="auth-file-in-docroot",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_authn_file.html#authuserfile",
    needs=(
        "authuserfile",
        "authgroupfile",
        "authdigestfile",
        "authdbmuserfile",
        "authdbmgroupfile",
        "authdigestgroupfile",
    ),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    lines: dict[str, list[Directive]] = {}
    for line in walk(server.configuration.children):
        if line.key in _FILES and line.values:
            lines.setdefault(line.values[0], []).append(line)
    for path, users in lines.items():
        found = served_file(server, path)
        if found is not None:
            message = f"{found.host.title} serves this file to everybody, as {found.url}"
            related = [(line, "used here, too") for line in users[1:4]]
            notes = assumption(users[0])
            yield context.report(
                users[0].arguments[0], message, label="among the documents", related=related, notes=notes
            )
