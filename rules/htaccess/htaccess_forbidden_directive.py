"""A .htaccess file says what AllowOverride does not let it say

## What it does
Reads the `.htaccess` files at the top of the folders that hosts serve, and reports lines of classes that the
`AllowOverride` in force there does not grant.

## Why
The file is read when a request comes, so that neither `httpd -t` nor the start notices: every request for the
folder, and all below it, gets status 500, and the log says "not allowed here". Where no `AllowOverride` is set, the
file is read and nothing is granted.

## Bad
### Another class
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride AuthConfig
    Require all granted
</Directory>
#--- /srv/www/.htaccess
Require all granted
DirectoryIndex start.html
#<^^^^^^^^^^^^^^^^^^^^^^^ DirectoryIndex is not allowed here: every request for /srv/www gets status 500
```

### Nothing is granted
```
Listen 80
DocumentRoot /srv/www
#--- /srv/www/.htaccess
Options -Indexes
#<^^^^^^^^^^^^^^ Options is not allowed here: every request for /srv/www gets status 500
```

## Good
### Granted
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride AuthConfig Indexes
</Directory>
#--- /srv/www/.htaccess
Require all granted
DirectoryIndex start.html
```

### By name
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride None
    AllowOverrideList DirectoryIndex
</Directory>
#--- /srv/www/.htaccess
DirectoryIndex start.html
```

### Never read
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Directory />
    AllowOverride None
</Directory>
#--- /srv/www/.htaccess
DirectoryIndex start.html
```

### Passed over
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride AuthConfig Nonfatal=All
</Directory>
#--- /srv/www/.htaccess
DirectoryIndex start.html
```

## Limits
The folders must be among what may be read (`--allow`, `--check-files`); files further down are not looked for.

## References
https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride; `ap_parse_htaccess` in server/config.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, override_files, rule


@rule(
    code="SSL1801",
    name="htaccess-forbidden-directive",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride",
    whole_server=True,
    needs=("documentroot", "alias"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if not server.is_complete:
        return
    told: set[str] = set()
    for file in override_files(server):
        refused = [one for one in file.refused if one.condition is None]
        if not refused or file.path in told:
            continue
        told.add(file.path)
        by = file.line or file.mapping.directive
        why = "this is what is granted" if file.line is not None else "no AllowOverride is set for this folder"
        yield context.report(
            refused[0],
            f"{refused[0].name} is not allowed here: every request for {file.mapping.folder} gets status 500",
            label="refused when a request comes",
            related=[(by, why)] if by is not None else [],
            notes=assumption(by, file.host.condition),
        )
