r"""A header waits for a variable that redirects and refusals don't have yet

## What it does
Reports `Header always … env=NAME` where `NAME` is `HTTPS`, another variable of mod_ssl, or one that only `SetEnv`
sets.

## Why
`always` is there so that errors and redirects have the header too. But mod_ssl and `SetEnv` set their variables
in the fix-up phase. `Redirect`, `RewriteRule` at server level and refused access answer before that: the variable
is not there, and the header is left out of just these responses. With HSTS, that is often every first visit.

## Bad
### HSTS for TLS alone
```
Header always set Strict-Transport-Security "max-age=63072000" env=HTTPS
#                                                              ^^^^^^^^^ leaves the header out of redirects and ...
```

### A variable of SetEnv
```
SetEnv SITE www
Header always set X-Robots-Tag noindex env=SITE
#                                      ^^^^^^^^ leaves the header out of redirects and refusals...
```

## Good
### An expression, which asks the connection
```
Header always set Strict-Transport-Security "max-age=63072000" "expr=%{HTTPS} == 'on'"
```

### SetEnvIf acts before
```
SetEnvIf Host "^www\." SITE=www
Header always set X-Robots-Tag noindex env=SITE
```

### Near miss: without always it is not for such responses anyway
```
Header set X-Robots-Tag noindex env=HTTPS
```

### Near miss: the variable must not be there
```
Header always append Vary User-Agent env=!HTTPS
```

## Fix
### HSTS for TLS alone
```
Header always set Strict-Transport-Security "max-age=63072000" "expr=%{HTTPS} == 'on'"
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header; `ssl_hook_Fixup` in ssl_engine_kernel.c,
`fixup_env_module` in mod_env.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Fix,
    HeaderLine,
    Safety,
    Severity,
    assumption,
    header_line,
    replace,
    rule,
)

from ._headers import ASKS_FOR_TLS, FIRST_WITH_EXPRESSIONS
from ._variables import setters_of


@rule(
    code="SSL1023",
    name="header-env-too-late",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header",
    keys=("header",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    line = header_line(directive) if "env=" in directive.text.lower() else None
    if line is None or line.when is None or not line.always or line.when.value[:4].lower() != "env=":
        return
    name = line.when.value[4:]
    sets = setters_of(name, context.server)
    of_ssl = (name == "HTTPS" or name.startswith("SSL_")) and not sets
    if of_ssl or (sets and all(one.key == "setenv" for one in sets)):
        who = "mod_ssl" if of_ssl else "SetEnv"
        message = f"leaves the header out of redirects and refusals: {who} sets {name} after these have been answered"
        yield context.report(line.when, message, notes=assumption(directive), fix=_fix(line, context))


def _fix(line: HeaderLine, context: Context) -> Fix | None:
    if line.when is None or line.when.value != "env=HTTPS" or context.target.httpd < FIRST_WITH_EXPRESSIONS:
        return None
    return context.fix("ask the connection itself", replace(line.when, ASKS_FOR_TLS))
