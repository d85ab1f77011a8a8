"""A name belongs to two managed domains

## What it does
Reports names that stand in two `MDomain` lines or `<MDomainSet>` sections.

## Why
mod_md can't tell which certificate is meant, and the server does not start (AH10038). `httpd -t` does not compare
the lines.

## Bad
### In two lines
```
#--- live: no
Listen 443
MDomain example.org www.example.org
MDomain shop.example.org WWW.example.org
#                        ^^^^^^^^^^^^^^^ WWW.example.org is in another managed domain already: the server does not...
```

## Good
### Every name once
```
#--- live: no
Listen 443
MDomain example.org www.example.org auto
MDomain shop.example.org auto
```

### In a branch that is not taken
```
#--- live: no
Listen 443
MDomain example.org www.example.org
<IfVersion < 2.4>
    MDomain www.example.org
</IfVersion>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_md.html#mdomain
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0905",
    name="managed-domain-overlap",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_md.html#mdomain",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
