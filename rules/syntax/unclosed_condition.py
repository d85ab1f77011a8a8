"""A true condition that is never closed

## What it does
Reports `<IfModule>`, `<IfDefine>`, `<IfVersion>` and their like that are still open where their file ends,
and that may be true.

## Why
httpd does not mind as long as the condition is true: the end of the file ends the section. On the day on
which it is false (another server, a module less) the same text is refused.

## Bad
### To the end of the file
```
<IfModule mod_ssl.c>
#<^^^^^^^^^^^^^^^^^^ <IfModule> was not closed.
    SSLHonorCipherOrder on
```

### In an included file
```
Include /etc/apache2/tls.conf
AddDefaultCharset off
#--- tls.conf
<IfVersion >= 2.4>
#<^^^^^^^^^^^^^^^^ <IfVersion> was not closed.
    SSLHonorCipherOrder on
```

## Good
### Closed
```
<IfModule mod_ssl.c>
    SSLHonorCipherOrder on
</IfModule>
```

## Limits
A condition that is certainly false is reported as unclosed-section: httpd refuses that.

## References
https://httpd.apache.org/docs/2.4/sections.html; `ap_build_cont_config` and `ap_soak_end_container` in
server/config.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0009",
    name="unclosed-condition",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/sections.html",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
