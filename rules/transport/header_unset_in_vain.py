"""A header is taken out of the table in which it is not

## What it does
Reports `Header unset` in a section or virtual host for a header that the host or main server around it sets in
the other table: with `always`, while the line says none, or the other way round.

## Why
mod_headers keeps two tables, one for `Header always`, one for `Header`. `unset` empties the one that it names, and
the header that was meant is sent as before: the test passes, the line reads well, and nothing changes.

## Bad
### A page that others may frame
```
Header always set X-Frame-Options DENY
<Location /widget>
    Header unset X-Frame-Options
#          ^^^^^ leaves X-Frame-Options in the response: it is set with always, so this must say always too
</Location>
```

### The other way round
```
Listen 80
Header set X-Robots-Tag noindex
<VirtualHost *:80>
    Header always unset X-Robots-Tag
#                 ^^^^^ leaves X-Robots-Tag in the response: it is set without always, so this must not say always
</VirtualHost>
```

## Good
### The same table
```
Header always set X-Frame-Options DENY
<Location /widget>
    Header always unset X-Frame-Options
</Location>
```

### Both tables
```
Header always set X-Frame-Options DENY
<Location /widget>
    Header unset X-Frame-Options
    Header always unset X-Frame-Options
</Location>
```

### Near miss: what an application sends is taken out beside the line
```
Header unset X-Frame-Options
Header always set X-Frame-Options DENY
```

### Near miss: and set anew in the section
```
Header always set X-Frame-Options DENY
<Location /app>
    Header unset X-Frame-Options
    Header always set X-Frame-Options SAMEORIGIN
</Location>
```

## Fix
### A page that others may frame
```
Header always set X-Frame-Options DENY
<Location /widget>
    Header always unset X-Frame-Options
</Location>
```

### The other way round
```
Listen 80
Header set X-Robots-Tag noindex
<VirtualHost *:80>
    Header unset X-Robots-Tag
</VirtualHost>
```

## Limits
An application that sends the header too, in the table that the line names, makes the line useful; the header
of the configuration stays in the response even so. That is why the fix is not a safe one.

## References
https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, header_line, header_lines, rule

from ._headers import to_other_table


@rule(
    code="SSL1022",
    name="header-unset-in-vain",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header",
    keys=("header",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if directive.parent is None or "unset" not in directive.text.lower():
        return
    line = header_line(directive)
    if line is None or line.does != "unset" or line.when is not None:
        return
    lines = header_lines(context.server).get(line.name, [])
    if any(one.directive.parent is directive.parent and one.always is not line.always for one in lines):
        return
    around = {*directive.parent.enclosing, None}
    given = [one for one in lines if one.gives and one.directive.parent in around]
    if not given or any(one.always is line.always for one in given):
        return
    says = "set with always, so this must say always too" if given[-1].always else (
        "set without always, so this must not say always")  # fmt: skip
    yield context.report(
        line.action,
        f"leaves {line.word.value.rstrip(':')} in the response: it is {says}",
        related=[(given[-1].word, "set here")],
        notes=assumption(directive),
        fix=context.fix("take it out of the other table", to_other_table(line)),
    )
