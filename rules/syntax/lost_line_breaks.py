"""Several lines became one

## What it does
Reports files whose lines end in bare carriage returns, and long comments that hold several directives
with their arguments.

## Why
A line ends at a line feed; a bare carriage return is a blank to httpd (`ap_cfg_getline_core`). A file with
the line ends of old Macintoshes is one line, and if that begins with `#` the whole file is a comment. The
same happens to files that were pasted through something that joins lines. httpd starts, without any of it.

## Bad
### Line ends of old Macintoshes
```
#--- show: controls
#--- mark: 1:1:16 the lines end in bare carriage returns...
# the main file.␍ServerTokens Prod␍ServerSignature Off␍
```

### A comment holds a whole host
```
#--- mark: 1:1:189 this comment holds 8 directives (VirtualHost, ServerName, Do...
# My site <VirtualHost *:443> ServerName www.example.org DocumentRoot /srv/www SSLEngine on SSLProtocol all ErrorLog logs/error.log CustomLog logs/access.log common </VirtualHost> and so on
```

## Good
### Prose about directives
```
# ServerName says who we are, and DocumentRoot where the files are; both stand in the host below, which is why nothing is said of them here. SSLEngine is on by default there.
```

### Lines of Windows
```
#--- show: controls
SSLProtocol -all +TLSv1.2␍
SSLHonorCipherOrder on␍
```

## Fix
### Line ends of old Macintoshes
```
#--- show: controls
# the main file.
ServerTokens Prod
ServerSignature Off␍
```

## Limits
The fix lets everything act that has not acted before. Where a comment's line breaks are lost, nobody can
tell where they were.

## References
https://httpd.apache.org/docs/2.4/configuring.html#syntax; `ap_cfg_getline_core` in server/util.c
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0032",
    name="lost-line-breaks",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/configuring.html#syntax",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "end the lines with line feeds")
