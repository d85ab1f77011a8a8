r"""A RewriteRule passes requests to a machine of the client's choice

## What it does
Reports `RewriteRule … [P]` whose host part holds, or is followed without a slash by, text that clients send:
`$1` of a pattern that takes any characters, `%{HTTP_HOST}` in the first host of an address, a header, or `%1` of a
condition about one of them.

## Why
The server fetches what the client asks for, from wherever the client says: machines behind the firewall, the
cloud's metadata service, the server itself. With `http://app$1`, the path `/x/@10.0.0.1/` leads to 10.0.0.1, as
what stands before `@` is taken for a user's name (CVE-2011-3368 was of this kind).

## Bad
### The slash is outside of the group
```
Listen 80
RewriteEngine on
RewriteRule ^/app/(.*)$ http://127.0.0.1:8080$1 [P]
#                       ^^^^^^^^^^^^^^^^^^^^^^^ $1 follows the host name without a slash: with @10.0.0.1/ there the...
```

### The path names the machine
```
Listen 80
RewriteEngine on
RewriteRule ^/fetch/(.*)$ http://$1 [P]
#                         ^^^^^^^^^ $1 is the host name: clients have the server fetch from any machine that it reaches
```

### A condition that another one stands in for
```
Listen 80
RewriteEngine on
RewriteCond $1 ^one/ [OR]
RewriteCond %{HTTPS} off
RewriteRule ^/fetch/(.*)$ http://$1 [P]
#                         ^^^^^^^^^ $1 is the host name: clients have the server fetch from any machine that it reaches
```
### The Host header, in the host that takes every name
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine on
    RewriteRule ^/(.*)$ http://%{HTTP_HOST}:8080/$1 [P]
    #                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ %{HTTP_HOST} is the host name: clients have the server fetch from...
</VirtualHost>
```

## Good
### A slash ends the host name
```
Listen 80
RewriteEngine on
RewriteRule ^/app/(.*)$ http://127.0.0.1:8080/$1 [P]
```

### The group begins with the slash
```
Listen 80
RewriteEngine on
RewriteRule ^/app(/.*)$ http://127.0.0.1:8080$1 [P]
RewriteRule ^(.*)$ http://127.0.0.1:8080$1 [P]
```

### Only names that the host answers to
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
<VirtualHost *:80>
    ServerName app.example.org
    RewriteEngine on
    RewriteRule ^/(.*)$ http://%{HTTP_HOST}:8080/$1 [P]
</VirtualHost>
```

### A fragment, before whose host others may come
```
#--- role: fragment
<VirtualHost *:80>
    RewriteEngine on
    RewriteRule ^/(.*)$ http://%{HTTP_HOST}:8080/$1 [P]
</VirtualHost>
```

### Names that a condition or a map lists
```
Listen 80
RewriteEngine on
RewriteCond $1 ^(one|two)\.internal/
RewriteRule ^/fetch/(.*)$ http://$1 [P]
RewriteCond $1 ^one/ [OR]
RewriteCond $1 ^two/
RewriteRule ^/fetch/(.*)$ http://$1 [P]
RewriteMap backends txt:/dev/null
RewriteRule ^/(\w+)/(.*)$ http://${backends:$1}/$2 [P]
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriterule; CWE-918; CVE-2011-3368
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, rule, rule_sets

from ._steering import chosen, is_proxied, target_of


@rule(
    code="SSL1705",
    name="rewrite-proxy-ssrf",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://cwe.mitre.org/data/definitions/918.html",
    needs=("rewriterule",),
    htaccess=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for found in rule_sets(server):
        for one in found.rules:
            by = chosen(found, one) if is_proxied(one) else None
            if by is None:
                continue
            message = (
                f"{by.piece} follows the host name without a slash: with @10.0.0.1/ there the server fetches from "
                "another machine"
                if by.joined
                else f"{by.piece} is the host name: clients have the server fetch from any machine that it reaches"
            )
            notes = assumption(one.directive, found.host.condition)
            yield context.report(target_of(one), message, notes=notes)
