"""The root of the file system is not closed

## What it does
Reports a server where nothing denies access to `/`: what no other section grants is open all the same.

## Why
Without any `Require`, httpd lets everybody have whatever a URL leads to. A `<Directory />` that denies it makes every
forgotten `Alias` and link harmless.

## Bad
### No such section
```
Listen 80
#<^^^^^^^ nothing denies access to the root of the file system: whatever a URL leads to is open
DocumentRoot /srv/www
<Directory /srv/www>
    Require all granted
</Directory>
```

### A section for URLs opens everything again
```
Listen 80
#<^^^^^^^ nothing denies access to the root of the file system: whatever a URL leads to is open
<Directory />
    Require all denied
</Directory>
<Location />
    Require all granted
</Location>
```

## Good
### Denied
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

### Of old style
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Order deny,allow
    Deny from all
</Directory>
```

## Fix
### No such section
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Require all granted
</Directory>
<Directory />
    Require all denied
</Directory>
```

## References
https://httpd.apache.org/docs/2.4/misc/security_tips.html#protectserverfiles;
CIS Apache HTTP Server 2.4 Benchmark 4.1; DISA STIG V-214259, V-214284
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Fix, Reach, Safety, Server, Severity, Where, fix_at_end, rule


@rule(
    code="SSL1312",
    name="root-directory-not-denied",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/misc/security_tips.html#protectserverfiles",
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if not server.is_complete or not Reach.of(server).access(server.main, Where(None, "/")).lets_anybody_in(tls=True):
        return
    message = "nothing denies access to the root of the file system: whatever a URL leads to is open"
    yield context.report(server.main, message, fix=_fix(server, context))


def _fix(server: Server, context: Context) -> Fix | None:
    """Deny it by Require, unless that were too much for what Allow lets in, or nothing to what <Location /> does."""
    everywhere = [one for one in server.main.sections if one.key == "location" and one.values == ["/"]]
    if any(line.key == "require" for section in everywhere for line in section.children):
        return None
    if context.target.httpd.is_old or not server.keys.isdisjoint(("order", "allow", "deny")):
        return None
    lines = "<Directory />\n    Require all denied\n</Directory>"
    return fix_at_end(context, "deny access to what no section grants", lines)
