r"""ProxyPassMatch passes requests to a machine of the client's choice

## What it does
Reports `ProxyPassMatch` whose URL has a back-reference in its host part, or right behind it, where the group takes
any characters and does not begin with a slash.

## Why
The URL is put together as text. With `http://127.0.0.1:8080$1` and the path `/app/@10.0.0.1/`, what stands before
the `@` is taken for a user's name, and the server fetches from 10.0.0.1; with `http://$1` clients name any machine
that the server reaches: others behind the firewall, or the cloud's metadata service.

## Bad
### The slash is outside of the group
```
Listen 80
ProxyPassMatch ^/app/(.*)$ http://127.0.0.1:8080$1
#                          ^^^^^^^^^^^^^^^^^^^^^^^ $1 follows the host name without a slash: with @10.0.0.1/ there...
```

### The path names the machine
```
Listen 80
ProxyPassMatch ^/to/([^/]+)/(.*)$ http://$1/$2
#                                 ^^^^^^^^^^^^ $1 is the host name: clients have the server fetch from any machine...
```

## Good
### A slash ends the host name
```
Listen 80
ProxyPassMatch ^/app/(.*)$ http://127.0.0.1:8080/$1
ProxyPassMatch ^/app2(/.*)$ http://127.0.0.1:8080$1
ProxyPassMatch ^(/.*\.php)$ fcgi://127.0.0.1:9000/srv/www$1
ProxyPassMatch ^(.*\.jsp)$ http://127.0.0.1:8080$1
ProxyPassMatch ^never/(.*)$ http://127.0.0.1:8080$1
```

### Names of a kind
```
Listen 80
ProxyPassMatch ^/to/([a-z0-9]+)/(.*)$ http://$1.internal.example/$2
```

## Fix
### The slash is outside of the group
```
Listen 80
ProxyPassMatch ^/app/(.*)$ http://127.0.0.1:8080/$1
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypassmatch (the security warning there); CWE-918
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Safety,
    Severity,
    assumption,
    begins_with_slash,
    group_of,
    is_free,
    rule,
    slash_before,
    steered,
)


@rule(
    code="SSL0816",
    name="proxypassmatch-ssrf",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://cwe.mitre.org/data/definitions/918.html",
    keys=("proxypassmatch",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    words = directive.arguments
    if len(words) < 2 or "://" not in words[1].value:
        return
    pattern, url = words[0].value, words[1].value
    for one in steered(url):
        if not one.piece.startswith("$") or begins_with_slash(pattern, one.number, sees_slash=True):
            continue
        if not is_free(group_of(pattern, one.number), one.last):
            continue
        message = (
            f"{one.piece} follows the host name without a slash: with @10.0.0.1/ there the server fetches from "
            "another machine"
            if one.joined
            else f"{one.piece} is the host name: clients have the server fetch from any machine that it reaches"
        )
        edit = slash_before(words[1], one.piece) if one.joined and one.last else None
        fix = context.fix("end the host name with a slash", edit) if edit is not None else None
        yield context.report(words[1], message, notes=assumption(directive), fix=fix)
        return
