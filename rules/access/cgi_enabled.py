"""Programs run on request

## What it does
Reports the lines that let requests run programs: `ScriptAlias`, `Script`, `Action`, and handlers `cgi-script` and
`fcgid-script`.

## Why
Each program is one more thing that must stand up to whatever a client sends. A policy may want to see all of them.

## Bad
### A folder of programs
```
Listen 80
ScriptAlias /cgi-bin/ /srv/programs/
#                     ^^^^^^^^^^^^^^ ScriptAlias has requests run programs
```

### By a handler
```
Listen 80
<Files "*.cgi">
    SetHandler cgi-script
    #          ^^^^^^^^^^ SetHandler has requests run programs
</Files>
```

## Good
### Files
```
Listen 80
Alias /files /srv/files
```

## References
CIS Apache HTTP Server 2.4 Benchmark 5.5 and 5.6; DISA STIG V-214243, V-214244, V-214281 to V-214283; https://httpd.apache.org/docs/2.4/mod/mod_cgi.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, rule

_HANDLERS = ("cgi-script", "fcgid-script", "fastcgi-script")


@rule(
    code="SSL1330",
    name="cgi-enabled",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_cgi.html",
    keys=("scriptalias", "scriptaliasmatch", "script", "action", "sethandler", "addhandler"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    words = directive.arguments
    is_handler = directive.key in ("sethandler", "addhandler")
    if words and (not is_handler or words[0].value.lower() in _HANDLERS):
        place = words[0] if is_handler else words[-1]
        yield context.report(place, f"{directive.name} has requests run programs", notes=assumption(directive))
