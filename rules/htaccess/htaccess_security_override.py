"""A .htaccess file lets in whom the server's configuration keeps out

## What it does
Reports `.htaccess` files at the top of the folders that hosts serve, by which strangers get what they would not
get without them.

## Why
Whoever may write into the folder, the application and everybody who breaks into it included, may undo the access
control of the server with one line. `AllowOverride` without `AuthConfig`, `Limit` and `All`, or access control in a
`<Location>`, which comes later, takes that away.

## Bad
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride AuthConfig
    Require ip 192.0.2.0/24
</Directory>
#--- /srv/www/.htaccess
Require all granted
#<^^^^^^^^^^^^^^^^^ lets everybody into /srv/www, whom the server's configuration keeps out
```

## Good
### It keeps out more
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride AuthConfig
    Require all granted
</Directory>
#--- /srv/www/.htaccess
Require ip 192.0.2.0/24
```

### It has no say
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride AuthConfig
</Directory>
<Location />
    Require ip 192.0.2.0/24
</Location>
#--- /srv/www/.htaccess
Require all granted
```

## Limits
The folders must be among what may be read (`--allow`, `--check-files`); files further down are not looked for.

## References
https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride; CIS Apache HTTP Server 2.4 Benchmark 4.4
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, opened_by, override_files, rule, walk

_OPENING = frozenset({"require", "allow", "satisfy", "order", "deny"})


@rule(
    code="SSL1803",
    name="htaccess-security-override",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride",
    whole_server=True,
    needs=("allowoverride", "allowoverridelist"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if not server.is_complete:
        return
    told: set[str] = set()
    for file in override_files(server):
        line = next((one for one in walk(file.configuration.children) if one.key in _OPENING), None)
        if line is None or file.path in told or file.refused or not file.grant.reads or file.mapping.url is None:
            continue
        if opened_by(file.host, file.mapping.url, file.configuration):
            told.add(file.path)
            yield context.report(
                line,
                f"lets everybody into {file.mapping.folder}, whom the server's configuration keeps out",
                related=[(file.line, "this lets the file say so")] if file.line is not None else [],
                notes=assumption(file.line, file.host.condition),
            )
