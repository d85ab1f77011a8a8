"""The redirect to https is a temporary one

## What it does
Reports plain hosts that send all of their visitors to https with status 302 or 307.

## Why
Browsers and search engines don't keep a temporary redirect: each visit begins by plain HTTP again, where somebody on
the way can answer instead. `Redirect` and `[R]` without a status are temporary.

## Bad
### Without a status
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    Redirect / https://www.example.org/
#   ^^^^^^^^ answers with status 302: browsers come back by plain HTTP each time
</VirtualHost>
```

### By a rule
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine on
    RewriteRule ^ https://www.example.org%{REQUEST_URI} [R,L]
#   ^^^^^^^^^^^ answers with status 302: browsers come back by plain HTTP each time
</VirtualHost>
```

## Good
### Permanent
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    Redirect permanent / https://www.example.org/
</VirtualHost>
<VirtualHost *:80>
    ServerName mail.example.org
    RewriteEngine on
    RewriteRule ^ https://mail.example.org%{REQUEST_URI} [R=308,L]
</VirtualHost>
```

### Near miss: to another page
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    Redirect / http://maintenance.example.org/
</VirtualHost>
```

## Fix
### Without a status
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    Redirect permanent / https://www.example.org/
</VirtualHost>
```

The fix is unsafe: browsers keep a permanent redirect for long.

## Limits
While a move is being tried out a temporary redirect is right: the rule is off by itself.

## References
RFC 9110 section 15.4
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Edit,
    Reach,
    Safety,
    Server,
    Severity,
    Span,
    assumption,
    name_of,
    predict,
    rule,
)


@rule(
    code="SSL1037",
    name="redirect-temporary",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://www.rfc-editor.org/rfc/rfc9110#section-15.4",
    needs=("redirect", "redirectmatch", "redirecttemp", "rewriterule"),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told: set[Directive] = set()
    for host in Reach.of(server).plain_hosts:
        answer = predict(host, "/", tls=False)
        line = answer.directive
        if answer.status not in (302, 307) or not answer.location.startswith("https:") or line is None or line in told:
            continue
        told.add(line)
        edit = _edit(line)
        yield context.report(
            name_of(line),
            f"answers with status {answer.status}: browsers come back by plain HTTP each time",
            notes=assumption(line, host.condition),
            fix=context.fix("answer with status 301", edit) if edit is not None else None,
        )


def _edit(line: Directive) -> Edit | None:
    words = line.arguments
    if line.key != "redirect" or line.pieces is not None or len(words) != 2:
        return None
    at = words[0].span.start
    return Edit(line.source, Span(at, at), "permanent ")
