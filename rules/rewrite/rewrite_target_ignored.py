"""A target that mod_rewrite does not look at

## What it does
Reports `RewriteRule` with a target and the flag `F` or `G`, or `R` with a status that is no redirect.

## Why
With these the request is answered with the status, and the target is dropped: no page of one's own is shown
(`ErrorDocument` does that), nobody is sent anywhere. A `-` says plainly that there is no target.

## Bad
### Refused, not redirected
```
Listen 80
RewriteEngine on
RewriteRule ^/private /sorry.html [F]
#                     ^^^^^^^^^^^ is not looked at: the flag F answers with status 403
```

### A status that leads nowhere
```
Listen 80
RewriteEngine on
RewriteRule ^/gone https://www.example.org/ [R=404,L]
#                  ^^^^^^^^^^^^^^^^^^^^^^^^ is not looked at: the flag R=404 answers with status 404
```

## Good
### No target
```
Listen 80
RewriteEngine on
RewriteRule ^/private - [F]
RewriteRule ^/gone - [R=404,L]
```

### A slash, by which nobody means a page
```
Listen 80
RewriteEngine on
RewriteRule ^/private / [F]
```

### A redirect
```
Listen 80
RewriteEngine on
RewriteRule ^/old$ /new [R,L]
RewriteRule ^/older$ /new [R=permanent,L]
```

## Fix
### Refused, not redirected
```
Listen 80
RewriteEngine on
RewriteRule ^/private - [F]
```

### A status that leads nowhere
```
Listen 80
RewriteEngine on
RewriteRule ^/gone - [R=404,L]
```

## References
https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_f
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Safety,
    Severity,
    assumption,
    number_of,
    replace,
    rewrite_flags,
    rule,
)


@rule(
    code="SSL1722",
    name="rewrite-target-ignored",
    severity=Severity.STYLE,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_f",
    keys=("rewriterule",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    words = directive.values
    if len(words) < 3 or words[1] in ("-", "/"):
        return
    flag, status = _refusal(rewrite_flags(words[2]))
    if status:
        word = directive.arguments[1]
        yield context.report(
            word,
            f"is not looked at: the flag {flag} answers with status {status}",
            notes=assumption(directive),
            fix=context.fix("leave the target out", replace(word, "-")),
        )


def _refusal(flags: dict[str, str]) -> tuple[str, int]:
    """The flag that refuses, with its status; 0 where none does."""
    for names, status in ((("F", "FORBIDDEN"), 403), (("G", "GONE"), 410)):
        for name in names:
            if name in flags:
                return name, status
    for name in ("R", "REDIRECT"):
        value = flags.get(name, "")
        said = number_of(value)
        if said is not None and not 300 <= said < 400:
            return f"{name}={value}", said
    return "", 0
