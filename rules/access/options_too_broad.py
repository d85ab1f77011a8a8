"""Options switch on programs or includes

## What it does
Reports `Options` lines with `All`, `ExecCGI` or `Includes` that no later line in the same place overrides.

## Why
`All` is everything but `MultiViews`: listings, programs and includes that run commands (`Includes`). Whoever may put a
file there may run programs as the server, if a handler fits.

## Bad
### All
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Options All
    #       ^^^ Options All switches on listings, programs and includes that run commands
</Directory>
```

### Programs
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Options +ExecCGI
    #       ^^^^^^^^ Options +ExecCGI lets files here be run as programs
</Directory>
```

## Good
### What a site needs
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Options FollowSymLinks IncludesNOEXEC
</Directory>
```

### Taken out
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Options -ExecCGI -Includes
</Directory>
```

## Options
`words`: the words of `Options` that are reported.

## References
https://httpd.apache.org/docs/2.4/mod/core.html#options; CIS Apache HTTP Server 2.4 Benchmark 5.3
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, is_overridden, rule

_WHAT = {
    "all": "switches on listings, programs and includes that run commands",
    "execcgi": "lets files here be run as programs",
    "includes": "lets pages run commands by #exec: IncludesNOEXEC does not",
}


@rule(
    code="SSL1317",
    name="options-too-broad",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#options",
    keys=("options",),
    options={"words": ("All", "ExecCGI", "Includes")},
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    asked = {word.lower() for word in context.option("words", tuple)}
    for word in directive.arguments:
        name = word.value.lower().removeprefix("+")
        if name in asked and not is_overridden(context.server, directive):
            what = _WHAT.get(name, "switches it on here")
            message = f"{directive.name} {word.value} {what}"
            yield context.report(word, message, notes=assumption(directive))
