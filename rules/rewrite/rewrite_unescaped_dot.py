r"""A dot in a host name's pattern that stands for any character

## What it does
Reports `RewriteCond %{HTTP_HOST}` and `%{SERVER_NAME}` patterns with a bare dot between letters or digits.

## Why
In a pattern a dot matches any character: `^www.example.org$` is also `wwwxexample.org`. It seldom does harm, but
says something else than is meant.

## Bad
### As a name is written
```
Listen 80
RewriteEngine on
RewriteCond %{HTTP_HOST} ^www.example\.org$
#                        ^^^^^^^^^^^^^^^^^^ a bare dot matches any character: write \.
RewriteRule ^ https://example.org%{REQUEST_URI} [R=301,L]
```

## Good
### Escaped
```
Listen 80
RewriteEngine on
RewriteCond %{HTTP_HOST} ^www\.example\.org$
RewriteRule ^ https://example.org%{REQUEST_URI} [R=301,L]
```

### Meant as any character, or no pattern at all
```
Listen 80
RewriteEngine on
RewriteCond %{HTTP_HOST} ^www\..+$
RewriteCond %{HTTP_HOST} !=www.example.org
RewriteRule ^ https://example.org%{REQUEST_URI} [R=301,L]
```

## Fix
### As a name is written
```
Listen 80
RewriteEngine on
RewriteCond %{HTTP_HOST} ^www\.example\.org$
RewriteRule ^ https://example.org%{REQUEST_URI} [R=301,L]
```

## References
https://httpd.apache.org/docs/2.4/rewrite/intro.html#regex
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, replace, rule

_DOT = re.compile(r"(?<=[A-Za-z0-9])\.(?=[A-Za-z0-9])")
_NAMES = frozenset({"%{http_host}", "%{server_name}"})


@rule(
    code="SSL1714",
    name="rewrite-unescaped-dot",
    severity=Severity.STYLE,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/rewrite/intro.html#regex",
    keys=("rewritecond",),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    words = directive.values
    if len(words) < 2 or words[0].lower() not in _NAMES or words[1].lstrip("!")[:1] in ("=", "<", ">", "-"):
        return
    if "[" in words[1] or not _DOT.search(words[1]):
        return
    word = directive.arguments[1]
    text = word.source.text[word.span.start : word.span.end]
    fix = context.fix("escape the dots", replace(word, _DOT.sub(r"\\.", text))) if _DOT.search(text) else None
    yield context.report(word, "a bare dot matches any character: write \\.", notes=assumption(directive), fix=fix)
