"""An end tag that httpd does not recognise

## What it does
Reports end tags with a blank before the `>`, with text glued behind it or without `>`, and end tags of
true conditions (`</IfModule>` and its like) that do not stand alone on their line.

## Why
httpd compares end tags with the letters it expects (`ap_build_config_sub`, `ap_build_cont_config`). It
stops, or worse, finds a section open that was meant to be closed.

## Bad
### A blank before the bracket
```
<Directory /srv/www>
</Directory >
#<^^^^^^^^^^^ </Directory> directive missing closing '>'
```

### Text glued to it
```
<Directory /srv/www>
</Directory>;
#<^^^^^^^^^^^ </Directory> directive missing closing '>'
```

### A comment behind the end of a true condition
```
<IfVersion >= 2.4>
    AddDefaultCharset off
</IfVersion> # 2.4
#<^^^^^^^^^^^^^^^^ </IfVersion> must stand alone on its line when its condition is true...
```

### No bracket
```
<Directory /srv/www>
</Directory
#<^^^^^^^^^ </Directory> directive missing closing '>'
```

## Good
### Text behind a blank is dropped at the end of other sections
```
<Directory /srv/www>
    AllowOverride None
</Directory> # www
```

### And at the end of conditions that are false
```
<IfVersion < 2.4>
    NameVirtualHost *:443
</IfVersion> # old servers
```

### Blanks around a tag, and any case
```
<IfVersion >= 2.4>
    AddDefaultCharset off
    </IFVERSION>
```

## Fix
### A blank before the bracket
```
<Directory /srv/www>
</Directory>
```

### Text glued to it
```
<Directory /srv/www>
</Directory>
```

### A comment behind the end of a true condition
```
<IfVersion >= 2.4>
    AddDefaultCharset off
# 2.4
</IfVersion>
```

### No bracket
```
<Directory /srv/www>
</Directory>
```

## Limits
Whether a condition is true may depend on modules and parameters that sslint does not know; the end tag
is judged as if it were.

## References
https://httpd.apache.org/docs/2.4/sections.html; `ap_build_config_sub`, `ap_build_cont_config` and
`ap_soak_end_container` in server/config.c
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Fix, Problem, Safety, Severity, Span, on_its_own_line, replace, rule

_TAG = re.compile(r"</\s*([\w-]+)[^>#\n]*>?([^\n]*)")


@rule(
    code="SSL0011",
    name="malformed-end-tag",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/sections.html",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.report(problem, problem.message, label=problem.label, notes=problem.notes, fix=_fix(problem, context))


def _fix(problem: Problem, context: Context) -> Fix | None:
    """The tag as the server wants it; a comment behind it gets a line of its own."""
    start, end = problem.span
    match = _TAG.fullmatch(problem.source.text, start, end)
    if match is None:
        return None
    behind = match[2].lstrip()
    if behind.startswith("#"):
        comment = Span(end - len(behind), end)
        return context.fix("give the comment a line of its own", *on_its_own_line(problem.source, start, comment))
    return context.fix("close the section", replace(problem, f"</{match[1]}>"))
