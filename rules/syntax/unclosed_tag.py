"""A section's start tag without its closing bracket

## What it does
Reports start tags that have no `>`.

## Why
The section's handler looks for the last `>` of the line (`unclosed_directive` in server/core.c). Without
one, httpd stops with "directive missing closing '>'".

## Bad
### Forgotten
```
<IfModule mod_ssl.c
#<^^^^^^^^^^^^^^^^^ <IfModule> directive missing closing '>'
    SSLHonorCipherOrder on
</IfModule>
```

### A comparison needs one of its own
```
<IfVersion < 2.4
#<^^^^^^^^^^^^^^ <IfVersion> directive missing closing '>'
    NameVirtualHost *:443
</IfVersion>
```

## Good
### Closed
```
<IfModule mod_ssl.c>
    SSLHonorCipherOrder on
</IfModule>
<IfModule mod_ssl.c >
    SSLHonorCipherOrder on
</IfModule>
```

### The operator and the bracket
```
<IfVersion > 2.4.0>
    SSLHonorCipherOrder on
</IfVersion>
```

## References
https://httpd.apache.org/docs/2.4/sections.html; `start_cond_section` in server/core.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0012",
    name="unclosed-tag",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/sections.html",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
