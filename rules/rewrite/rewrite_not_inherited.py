r"""Rules of the main server that no virtual host takes over

## What it does
Reports the main server's `RewriteRule` lines where every request is a virtual host's, and no `RewriteOptions` lets
one of these inherit them.

## Why
mod_rewrite's rules are not inherited: those outside of every `<VirtualHost>` act for requests that no virtual host
takes. Where the virtual hosts take them all, a global ban or redirect never acts, in any of them.

## Bad
### A ban for all hosts, as it seems
```
Listen 80
RewriteEngine on
RewriteRule \.git - [F]
#<^^^^^^^^^^^^^^^^^^^^^ no request meets the main server's rules: virtual hosts take all of them and inherit no rules
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

## Good
### The hosts inherit
```
Listen 80
RewriteEngine on
RewriteOptions InheritDown
RewriteRule \.git - [F]
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine on
</VirtualHost>
```

### One host asks for them
```
Listen 80
RewriteEngine on
RewriteRule \.git - [F]
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine on
    RewriteOptions Inherit
</VirtualHost>
```

### The main server answers on a port of its own
```
Listen 80
Listen 8080
RewriteEngine on
RewriteRule \.git - [F]
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

### Sections are inherited by all
```
Listen 80
<Location />
    RewriteEngine on
    RewriteRule \.git - [F]
</Location>
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriteoptions; `config_server_merge` in mod_rewrite.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, rule, rule_sets


@rule(
    code="SSL1708",
    name="rewrite-not-inherited",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriteoptions",
    whole_server=True,
    needs=("rewriterule",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    main = server.main
    if not server.is_complete or "rewriterule" not in main.own or not server.listeners or main.sockets:
        return
    if any("inherit" in line.text.lower() for host in server.hosts for line in host.own.get("rewriteoptions", ())):
        return
    for found in rule_sets(server):
        rules = [one for one in found.lines if one.key == "rewriterule"]
        if found.host.is_main and found.scope is None and rules:
            yield context.report(
                rules[0],
                "no request meets the main server's rules: virtual hosts take all of them and inherit no rules",
                label="never acts",
                notes=[
                    "RewriteOptions InheritDownBefore in the main server passes them to hosts with RewriteEngine on.",
                    *assumption(rules[0]),
                ],
            )
