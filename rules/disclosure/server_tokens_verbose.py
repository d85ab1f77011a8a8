"""Every answer names the server's version

## What it does
Reports a server whose `ServerTokens` is not `Prod`, set or by httpd's default, which is `Full`.

## Why
The header `Server` of every answer then names httpd's version, the operating system and modules with theirs. That
spares scanners the guessing when a hole in one of them becomes known; it is no hole by itself.

## Bad
### By default
```
Listen 80
#<^^^^^^^ every answer names httpd's version, the system and modules in its Server header (ServerTokens Full by default)
```

### Written
```
Listen 80
ServerTokens OS
#            ^^ every answer names httpd's version in its Server header
```

## Good
### The least
```
Listen 80
ServerTokens Prod
```

### By its other name
```
Listen 80
ServerTokens Full
ServerTokens ProductOnly
```

## Fix
### By default
```
Listen 80
ServerTokens Prod
```

### Written
```
Listen 80
ServerTokens Prod
```

## References
CIS Apache HTTP Server 2.4 Benchmark 8.1; https://httpd.apache.org/docs/2.4/mod/core.html#servertokens
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, assumption, fix_at_end, replace, rule

_LEAST = ("prod", "productonly")


@rule(
    code="SSL1201",
    name="server-tokens-verbose",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#servertokens",
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    line = server.main.winner("servertokens")
    if line is None:
        if server.is_complete:
            message = (
                "every answer names httpd's version, the system and modules in its Server header (ServerTokens Full by "
                "default)"
            )
            fix = fix_at_end(context, "name the product only", "ServerTokens Prod")
            yield context.report(server.main, message, label="no ServerTokens is in force", fix=fix)
    elif line.arguments and line.arguments[0].value.lower() not in _LEAST:
        word = line.arguments[0]
        fix = context.fix("name the product only", replace(word, "Prod"))
        message = "every answer names httpd's version in its Server header"
        yield context.report(word, message, notes=assumption(line), fix=fix)
