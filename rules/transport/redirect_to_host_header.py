r"""The redirect to https goes to whatever name the request claims

## What it does
Reports `RewriteRule` lines that redirect to `https://%{HTTP_HOST}…` in a host that also answers to names that it does
not know: the first of its address.

## Why
The name is the client's word. A cache that keeps the answer, or an application that sends links by it, carries a
foreign name on, and a catch-all host leads visitors of any name that points here to certificates which don't fit.
`%{SERVER_NAME}` (with `UseCanonicalName On`), or the name itself, lead where they are meant to.

## Bad
### The first host of its address
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine on
    RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads to any name that a client sends: www.example.org (*:80)...
</VirtualHost>
```

## Good
### The name itself
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine on
    RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
</VirtualHost>
```

### Near miss: only names that it knows come here
```
Listen 80
<VirtualHost *:80>
    ServerName default.example.org
    Redirect 404 /
</VirtualHost>
<VirtualHost *:80>
    ServerName www.example.org
    ServerAlias example.org
    RewriteEngine on
    RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]
</VirtualHost>
```

### Near miss: a condition looks at the name
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine on
    RewriteCond %{HTTP_HOST} ^(www\.)?example\.org$
    RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]
</VirtualHost>
```

## Limits
Many sites that serve all their names by one certificate do so on purpose: the rule is off by itself.

## References
https://httpd.apache.org/docs/2.4/rewrite/remapping.html; https://portswigger.net/web-security/host-header
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, rule

from ._hosts import host_of


@rule(
    code="SSL1038",
    name="redirect-to-host-header",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/rewrite/remapping.html",
    keys=("rewriterule",),
    whole_server=True,
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if "{http_host}" not in directive.text.lower() or directive.parent is None:
        return
    words = directive.arguments
    host = host_of(directive, context.server)
    if host is None or len(words) < 2 or not words[1].value.lower().startswith("https://%{http_host}"):
        return
    if not any(socket.default is host for socket in host.plain_sockets) or _looks_at_name(directive):
        return
    message = f"leads to any name that a client sends: {host.title} also answers to names that it does not know"
    yield context.report(words[1], message, notes=assumption(directive))


def _looks_at_name(rule_line: Directive) -> bool:
    """Whether a condition of the rule is about the name."""
    assert rule_line.parent is not None
    conditions: list[Directive] = []
    for one in rule_line.parent.children:
        if one is rule_line:
            break
        if one.key == "rewritecond":
            conditions.append(one)
        elif one.key == "rewriterule":
            conditions.clear()
    return any("http_host" in one.text.lower() or "server_name" in one.text.lower() for one in conditions)
