"""A redirect to an anchor becomes a redirect to another page

## What it does
Reports redirects of `RewriteRule` whose target has a `#` without the flag `NE`.

## Why
mod_rewrite encodes what it makes before it is sent: `/page#top` becomes `/page%23top`, a page of that name, which does
not exist. `NE` (noescape) leaves the target as it is written.

## Bad
```
Listen 80
RewriteEngine on
RewriteRule ^/help$ /manual.html#help [R=301,L]
#                   ^^^^^^^^^^^^^^^^^ is sent as /manual.html%23help: the flag NE leaves the # as it is
```

## Good
### With NE
```
Listen 80
RewriteEngine on
RewriteRule ^/help$ /manual.html#help [R=301,NE,L]
```

### By mod_alias
```
Listen 80
Redirect /help https://www.example.org/manual.html#help
```

## Fix
```
Listen 80
RewriteEngine on
RewriteRule ^/help$ /manual.html#help [R=301,L,NE]
```

## Limits
The fix is unsafe where the target also holds parts of the request, which are then not encoded either.

## References
https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_ne
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, rewrite_flags, rule

from ._flags import add_flag


@rule(
    code="SSL1720",
    name="rewrite-fragment-escaped",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_ne",
    keys=("rewriterule",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    words = directive.values
    if len(words) < 2 or "#" not in words[1] or "?" in words[1].partition("#")[0]:
        return
    flags = rewrite_flags(words[2]) if len(words) > 2 else {}
    redirects = "R" in flags or "REDIRECT" in flags or re.match(r"https?://", words[1])
    if redirects and not {"NE", "NOESCAPE", "P", "PROXY"} & flags.keys():
        yield context.report(
            directive.arguments[1],
            f"is sent as {words[1].replace('#', '%23', 1)}: the flag NE leaves the # as it is",
            notes=assumption(directive),
            fix=context.fix("leave it as it is", add_flag(directive, "NE")),
        )
