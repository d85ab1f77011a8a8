"""A variable that nobody defines

## What it does
Reports `${NAME}` where neither Define nor the target's environment sets NAME.

## Why
httpd warns and leaves the text as it stands, dollar and braces included: a log goes to a folder of that name,
a host is called that.

## Bad
### In a path
```
DocumentRoot "/srv/${SITE}"
#                  ^^^^^^^ Config variable ${SITE} is not defined
```

## Good
### Defined before
```
Define SITE www
ServerAdmin ${SITE}@example.org
```

### By the distribution's start script
```
#--- target: debian-12
ErrorLog ${APACHE_LOG_DIR}/error.log
```

### In a fragment, whose server may define it
```
#--- role: fragment
DocumentRoot "/srv/${SITE}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0014", name="undefined-variable", severity=Severity.WARNING, since="0.1.0")
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
