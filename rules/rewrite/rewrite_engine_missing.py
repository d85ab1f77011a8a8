"""Rewriting lines where nothing switches the engine on

## What it does
Reports `RewriteRule` lines of a host or section for which no `RewriteEngine on` stands in it, in the main server,
or in any section that might cover it.

## Why
The engine is off unless `RewriteEngine on` says otherwise. The rules are checked at the start and then do nothing:
no redirect to HTTPS, no ban, and no word about it. A virtual host inherits the main server's switch, but not that
of another virtual host.

## Bad
### In a virtual host
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]
    #<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RewriteEngine is off here: www.example.org (*:80) does...
</VirtualHost>
<VirtualHost *:80>
    ServerName other.example.org
    RewriteEngine on
    RewriteRule ^/old$ /new
</VirtualHost>
```

### In a section
```
Listen 80
<Directory /srv/www>
    RewriteRule ^old$ new
    #<^^^^^^^^^^^^^^^^^^^ RewriteEngine is off here: <Directory /srv/www> does nothing with this rule
</Directory>
```

## Good
### Switched on
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine on
    RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
</VirtualHost>
```

### Inherited from the main server
```
Listen 80
RewriteEngine on
<VirtualHost *:80>
    ServerName www.example.org
    RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
    <Directory /srv/www>
        RewriteRule ^old$ new
    </Directory>
</VirtualHost>
```

### Switched off on purpose
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine off
    RewriteRule ^/old$ /new
</VirtualHost>
```

### A fragment, whose server may switch it on
```
#--- role: fragment
<VirtualHost *:80>
    ServerName www.example.org
    RewriteRule ^/old$ /new
</VirtualHost>
```

## Fix
### In a section
```
Listen 80
<Directory /srv/www>
    RewriteEngine on
    RewriteRule ^old$ new
</Directory>
```

## Limits
The fix is unsafe, since the rules begin to act.

## References
https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriteengine; `config_server_merge` in mod_rewrite.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    RuleSet,
    Safety,
    Server,
    Severity,
    VirtualHost,
    all_scopes,
    assumption,
    insert_before,
    rule,
    rule_sets,
)


@rule(
    code="SSL1707",
    name="rewrite-engine-missing",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriteengine",
    whole_server=True,
    needs=("rewriterule",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if not server.is_complete:
        return
    for found in rule_sets(server):
        rules = [one for one in found.lines if one.key == "rewriterule"]
        if not rules or _has_switch(found):
            continue
        what = "this rule" if len(rules) == 1 else f"this and {len(rules) - 1} more rules"
        first = found.lines[0]
        yield context.report(
            rules[0],
            f"RewriteEngine is off here: {found.title} does nothing with {what}",
            label="never acts",
            notes=assumption(rules[0], found.host.condition),
            fix=context.fix("switch rewriting on", insert_before(first, "RewriteEngine on")),
        )


def _has_switch(found: RuleSet) -> bool:
    """Whether any RewriteEngine may speak for the rules, on or off."""
    host = found.host
    if host.winner("rewriteengine") is not None:
        return True
    if found.scope is None:
        return _inherits_down(host)
    owners = dict.fromkeys((host, host.server.main)) if not host.is_main else host.server.hosts
    return any("rewriteengine" in scope.directives for owner in owners for scope in all_scopes(owner.own_scopes))


def _inherits_down(host: VirtualHost) -> bool:
    """Whether other hosts, with an engine of their own, take the main server's rules over."""
    options = [
        word.lower() for one in host.server.hosts for line in one.own.get("rewriteoptions", ()) for word in line.values
    ]
    return host.is_main and any("inherit" in word for word in options)
