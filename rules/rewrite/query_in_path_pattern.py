r"""A question mark in a pattern that is compared with the path

## What it does
Reports patterns of `RewriteRule` and `RedirectMatch`, of `RewriteCond %{REQUEST_URI}`, and paths of `Redirect`, that
hold a question mark as such (`\?`, `[?]`).

## Why
They are compared with the path; the query string is no part of it. `RewriteRule ^/page\?id=7$` never matches
`/page?id=7`. What stands behind the question mark is `%{QUERY_STRING}`, to be looked at by a `RewriteCond`.

## Bad
### A rule
```
Listen 80
RewriteEngine on
RewriteRule ^/page\?id=7$ /seven [R=301,L]
#           ^^^^^^^^^^^^^ never matches a query string, which is no part of the path: test %{QUERY_STRING} in a...
```

### A redirect
```
Listen 80
Redirect permanent /page?id=7 https://www.example.org/seven
#                  ^^^^^^^^^^ never matches a query string, which is no part of the path: test %{QUERY_STRING} in a...
```

### A condition
```
#--- role: htaccess
RewriteEngine on
RewriteCond %{REQUEST_URI} \?debug=
#                          ^^^^^^^^ never matches a query string, which is no part of the path: test %{QUERY_STRING}...
RewriteRule ^ - [F]
```

## Good
### The query string by its name
```
Listen 80
RewriteEngine on
RewriteCond %{QUERY_STRING} ^id=7$
RewriteRule ^/page$ /seven? [R=301,L]
```

### Question marks that repeat, group, or stand in a target
```
Listen 80
RewriteEngine on
RewriteRule ^/pages?/(.*?)(?:/|$) /show?name=$1 [L]
RewriteCond %{THE_REQUEST} \?debug=
RewriteRule ^ - [F]
RedirectMatch ^/old/?$ https://www.example.org/new?from=old
```

### With other characters, or an encoded one
```
Listen 80
RewriteEngine on
RewriteRule [?&;] - [F]
RewriteRule !\? - [E=clean:1]
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriterule ("What is matched?")
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Argument, Context, Diagnostic, Directive, Severity, assumption, rule

_QUERY = re.compile(r"(?<=[\w/)])(?:\\\?|\[\?\])[\w(.\[]|^\\\?[\w(.\[]")
_STATUS = re.compile(r"permanent|temp|seeother|gone|[1-5]\d\d", re.IGNORECASE)


@rule(
    code="SSL1719",
    name="query-in-path-pattern",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriterule",
    keys=("rewriterule", "rewritecond", "redirect", "redirectmatch", "redirectpermanent", "redirecttemp"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if "?" not in directive.text:
        return
    word = _compared(directive)
    if word is None or word.value.startswith("!"):
        return
    plain = directive.key in ("redirect", "redirectpermanent", "redirecttemp")
    if "?" in word.value and word.value.startswith("/") if plain else _QUERY.search(word.value):
        yield context.report(
            word,
            "never matches a query string, which is no part of the path: test %{QUERY_STRING} in a RewriteCond",
            notes=assumption(directive),
        )


def _compared(directive: Directive) -> Argument | None:
    """The word that is compared with the path."""
    words = directive.arguments
    if directive.key == "rewritecond":
        return words[1] if len(words) > 1 and words[0].value.lower() == "%{request_uri}" else None
    if directive.key in ("redirect", "redirectmatch") and words and _STATUS.fullmatch(words[0].value):
        words = words[1:]
    return words[0] if len(words) > 1 else None
