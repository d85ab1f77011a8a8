"""A target that begins with what a client writes

## What it does
Reports, for httpd up to 2.4.59, rules outside of folders whose target is a path whose first part is a back-reference
or a variable: `/$1/index.php`, `%{HTTP_HOST}/$1`.

## Why
Outside of folders, mod_rewrite takes a target for a file of the machine where its first part exists there, and for a
URL otherwise. Where clients fill that part in, they reach files outside of the site, or sources of scripts
(CVE-2024-38475, in CISA's list of holes that are exploited). httpd 2.4.60 closes that hole, and breaks some of these
rules.

## Bad
### The rule of the advisory
```
#--- target: httpd=2.4.59 openssl=3.0.2
Listen 80
RewriteEngine on
RewriteRule ^/(.+)/page$ /$1/page.html
#                        ^^^^^^^^^^^^^ $1 begins the target: httpd 2.4.59 lets clients reach files outside...
```

## Good
### A folder of the line's own comes first
```
#--- target: httpd=2.4.59 openssl=3.0.2
Listen 80
RewriteEngine on
RewriteRule ^/(.+)/page$ /pages/$1/page.html
RewriteRule ^/(.+)/old$ /$1/new.html [PT]
RewriteRule ^/(de|fr)/old$ /$1/new.html
```

### A version without the hole
```
Listen 80
RewriteEngine on
RewriteRule ^/(.+)/page$ /$1/page.html
```

### A distribution that mends its version
```
#--- target: ubuntu-22.04
Listen 80
RewriteEngine on
RewriteRule ^/(.+)/page$ /$1/page.html
```

## References
CVE-2024-38475; https://httpd.apache.org/security/vulnerabilities_24.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    HttpdVersion,
    Server,
    Severity,
    assumption,
    group_of,
    may_hold,
    rule,
    rule_sets,
)

from ._steering import is_proxied, target_of

_FIRST_SAFE = HttpdVersion(2, 4, 60)
_FIRST = re.compile(r"/?(\$(\d)|%\d|%\{(?!DOCUMENT_ROOT|REQUEST_FILENAME|REQUEST_URI)[^}]*\})", re.IGNORECASE)


@rule(
    code="SSL1717",
    name="rewrite-first-segment",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/security/vulnerabilities_24.html",
    needs=("rewriterule",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    version = context.target.httpd
    if version.branch != "2.4" or version >= _FIRST_SAFE or context.target.is_mended:
        return
    for found in rule_sets(server):
        for one in found.rules:
            match = _FIRST.match(one.target)
            ends = one.has("R", "REDIRECT", "PT", "PASSTHROUGH", "F", "FORBIDDEN", "G", "GONE") is not None
            if not found.sees_slash or match is None or ends or is_proxied(one):
                continue
            if match.group(2) and not may_hold(group_of(one.pattern, int(match.group(2))), "/"):
                continue
            yield context.report(
                target_of(one),
                f"{match.group(1)} begins the target: httpd {version} lets clients reach files outside of the site "
                "(CVE-2024-38475)",
                notes=["Update to httpd 2.4.60 or later, or add the flag PT.", *assumption(one.directive)],
            )
