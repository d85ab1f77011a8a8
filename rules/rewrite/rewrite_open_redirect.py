r"""A RewriteRule redirects to a machine of the client's choice

## What it does
Reports redirects of `RewriteRule` whose host part holds, or is followed without a slash by, text that stands in
the link: `$1` of a pattern that takes any characters, or `%1` of a condition about the query string.

## Why
The target is put together as text. With `https://www.example.org$1` and a link to `/old/.evil.example/`, the
browser is sent to `www.example.org.evil.example`: the link begins with the site's own name, and whoever trusts it
lands on the attacker's page. In a folder (`<Directory>`, `.htaccess`) patterns see the path without its leading
slash, so that `(.*)` never brings one along.

## Bad
### The slash is outside of the group
```
Listen 80
RewriteEngine on
RewriteRule ^/old/(.*)$ https://www.example.org$1 [R=301,L]
#                       ^^^^^^^^^^^^^^^^^^^^^^^^^ $1 follows the host name without a slash: a link with .evil.example...
```

### In a folder, no pattern sees the leading slash
```
#--- role: htaccess
RewriteEngine on
RewriteRule (.*) https://www.example.org$1 [R=301,L]
#                ^^^^^^^^^^^^^^^^^^^^^^^^^ $1 follows the host name without a slash: a link with .evil.example...
```

### The query string says where to
```
Listen 80
RewriteEngine on
RewriteCond %{QUERY_STRING} ^to=(.*)$
RewriteRule ^/leave$ http://%1 [R,L]
#                    ^^^^^^^^^ %1 is the host name: a link may name any machine, and the site sends its visitors there
```

## Good
### The slash ends the host name
```
Listen 80
RewriteEngine on
RewriteRule ^/old/(.*)$ https://www.example.org/$1 [R=301,L]
```

### The group begins with the slash
```
Listen 80
RewriteEngine on
RewriteRule ^(.*)$ https://www.example.org$1 [R=301,L]
RewriteRule ^/old(/.*)?$ https://www.example.org$1 [R=301,L]
RewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI} [R=301,L]
RewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI}?%{QUERY_STRING} [R=301,L]
```

### No text that a machine's name can be made of
```
Listen 80
RewriteEngine on
RewriteRule ^/(de|fr)$ https://$1.example.org/ [R=301,L]
RewriteRule ^/user/([a-z]+)$ https://www.example.org:8443$1 [R=301,L]
```

### The Host of the request: no link brings another one
```
Listen 80
RewriteEngine on
RewriteCond %{HTTP_HOST} ^www\.(.+)$
RewriteRule ^/(.*) https://%1/$1 [R=301,L]
```

### A fragment that may stand in a folder, or not
```
#--- role: fragment
RewriteEngine on
RewriteRule ^(.*)$ https://www.example.org$1 [R=301,L]
```

## Fix
### The slash is outside of the group
```
Listen 80
RewriteEngine on
RewriteRule ^/old/(.*)$ https://www.example.org/$1 [R=301,L]
```

### In a folder, no pattern sees the leading slash
```
#--- role: htaccess
RewriteEngine on
RewriteRule (.*) https://www.example.org/$1 [R=301,L]
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriterule; CWE-601
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Argument,
    Context,
    Diagnostic,
    Fix,
    Safety,
    Server,
    Severity,
    Steered,
    assumption,
    rule,
    rule_sets,
    slash_before,
)

from ._steering import chosen, is_proxied, target_of


@rule(
    code="SSL1704",
    name="rewrite-open-redirect",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://cwe.mitre.org/data/definitions/601.html",
    needs=("rewriterule",),
    htaccess=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for found in rule_sets(server):
        for one in found.rules:
            if "://" not in one.target or is_proxied(one) or not one.target.lower().startswith("http"):
                continue
            by = chosen(found, one)
            if by is None:
                continue
            word = target_of(one)
            message = (
                f"{by.piece} follows the host name without a slash: a link with .evil.example there sends visitors "
                "to another machine"
                if by.joined
                else f"{by.piece} is the host name: a link may name any machine, and the site sends its visitors there"
            )
            yield context.report(
                word,
                message,
                notes=assumption(one.directive, found.host.condition),
                fix=_fix(word, by, context),
            )


def _fix(word: Argument, by: Steered, context: Context) -> Fix | None:
    edit = slash_before(word, by.piece) if by.joined else None
    return context.fix("end the host name with a slash", edit) if edit is not None else None
