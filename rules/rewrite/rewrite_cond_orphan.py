"""Conditions that no RewriteRule follows

## What it does
Reports `RewriteCond` lines behind the last `RewriteRule` of their host or section.

## Why
Conditions belong to the next rule of the same host or section. Where none follows, nothing ever looks at them, and
httpd does not say so: a rule was deleted, or stands in a section of its own, and acts without its conditions.

## Bad
### The rule stands in another place
```
Listen 80
RewriteEngine on
RewriteCond %{HTTPS} off
#<^^^^^^^^^^^^^^^^^^^^^^ no RewriteRule follows in the main server: nothing looks at this condition
<Directory /srv/www>
    RewriteEngine on
    RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
</Directory>
```

### The rule is gone
```
#--- role: htaccess
RewriteEngine on
RewriteRule ^old$ new
RewriteCond %{REQUEST_FILENAME} !-f
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no RewriteRule follows in this file: nothing looks at these 2 conditions
RewriteCond %{REQUEST_FILENAME} !-d
```

## Good
### The rule follows
```
Listen 80
RewriteEngine on
RewriteCond %{HTTPS} off
RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
```

### Other lines may stand between
```
Listen 80
RewriteEngine on
RewriteCond %{HTTPS} off
<Directory /srv/www>
    Options None
</Directory>
RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
```

### The rule stands under a condition that nobody knows
```
Listen 80
RewriteEngine on
RewriteCond %{HTTPS} off
<IfDefine TLS>
    RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
</IfDefine>
```

### A part of a list, which another file goes on with
```
#--- role: fragment
RewriteCond %{HTTP_HOST} =www.example.org
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritecond; `cmd_rewritecond` in mod_rewrite.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, RuleSet, Server, Severity, assumption, rule, rule_sets


@rule(
    code="SSL1706",
    name="rewrite-cond-orphan",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritecond",
    needs=("rewritecond",),
    htaccess=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if server.configuration.read_errors:
        return
    for found in rule_sets(server):
        orphans = found.orphans
        if not orphans or not found.is_whole or _goes_on(found):
            continue
        count = "this condition" if len(orphans) == 1 else f"these {len(orphans)} conditions"
        yield context.report(
            orphans[0],
            f"no RewriteRule follows in {found.title}: nothing looks at {count}",
            label="belongs to no rule",
            notes=assumption(orphans[0], found.host.condition),
        )


def _goes_on(found: RuleSet) -> bool:
    """Whether another file may go on with the list."""
    is_bare = found.host.is_main and found.scope is None
    return is_bare and found.host.server.configuration.role == "fragment"
