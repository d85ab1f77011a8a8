"""A .htaccess file that guards a folder is never read

## What it does
Reports `AllowOverride None` for folders that hosts serve, where their `.htaccess` holds access control: `Require`,
`Deny`, `AuthType` and the like, or rules that refuse requests.

## Why
With `AllowOverride None` httpd does not look for the file. Whoever put it there, often the application itself,
counts on it: what should be refused is served to everybody. The lines belong into a `<Directory>` section.

## Bad
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride None
    #             ^^^^ /srv/www/.htaccess is never read, and its access control does not hold
    Require all granted
</Directory>
#--- /srv/www/.htaccess
<Files config.php>
    Require all denied
</Files>
```

## Good
### It is read
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride AuthConfig
    Require all granted
</Directory>
#--- /srv/www/.htaccess
<Files config.php>
    Require all denied
</Files>
```

### It guards nothing
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride None
    Require all granted
</Directory>
#--- /srv/www/.htaccess
DirectoryIndex index.php
Require all granted
```

### The section says the same
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    AllowOverride None
    Require all granted
    <Files config.php>
        Require all denied
    </Files>
</Directory>
#--- /srv/www/.htaccess
<Files config.php>
    Require all denied
</Files>
```

## Limits
The folders must be among what may be read (`--allow`, `--check-files`); files further down are not looked for.
Where the folder's own sections hold access control of the kind, the lines are taken to have moved there.

## References
https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    OverrideFile,
    Server,
    Severity,
    Where,
    all_scopes,
    assumption,
    host_scopes,
    override_files,
    rule,
    walk,
)

_REFUSES = re.compile(r"\[(?:[^\]]*,)?\s*(?:F|forbidden)\s*(?:,[^\]]*)?\]", re.IGNORECASE)


@rule(
    code="SSL1802",
    name="htaccess-protection-dead",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride",
    whole_server=True,
    needs=("allowoverride",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if not server.is_complete:
        return
    told: set[str] = set()
    for file in override_files(server):
        guard = next((one for one in walk(file.configuration.children) if _guards(one)), None)
        if file.grant.reads or file.line is None or guard is None or file.path in told or _has_moved(file):
            continue
        told.add(file.path)
        yield context.report(
            file.line.arguments[0],
            f"{file.path} is never read, and its access control does not hold",
            related=[(guard, "does not hold")],
            notes=assumption(file.line, file.host.condition),
        )


def _guards(one: Directive) -> bool:
    """Whether a line keeps somebody out."""
    if one.condition is not None and not one.condition.likely:
        return False
    if one.key == "require":
        return [word.lower() for word in one.values[:2]] != ["all", "granted"]
    if one.key == "rewriterule":
        return _REFUSES.search(one.text) is not None
    return one.key in ("deny", "authtype", "sslrequiressl", "sslrequire")


def _has_moved(file: OverrideFile) -> bool:
    """Whether sections for the folder, or inside it, keep somebody out."""
    where = Where(file.mapping.url, file.mapping.folder)
    covering = [one for one in host_scopes(file.host) if one.covers(where) and one.argument != "/"]
    inner = [one for scope in covering for one in all_scopes([scope])]
    return any(_guards(line) for one in inner for lines in one.directives.values() for line in lines)
