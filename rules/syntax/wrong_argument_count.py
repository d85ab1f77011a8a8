"""Too many or too few words for a directive

## What it does
Reports directives that are given another number of words than httpd takes. A comment behind a directive
counts as words.

## Why
httpd refuses to start. Often a value with a blank needs quotes, or a comment a line of its own.

## Bad
### A value with a blank
```
DocumentRoot /srv/my site
#                    ^^^^ DocumentRoot takes one argument, and is given 2
```

### A comment behind the directive
```
ServerName www.example.org # the main name
#                          ^^^^^^^^^^^^^^^ ServerName takes one argument, and is given 5
```

### Nothing
```
ServerAdmin
#<^^^^^^^^^ ServerAdmin takes one argument, and is given 0
```

## Good
### Quoted
```
DocumentRoot "/srv/my site"
```

### A comment of its own
```
# the main name
ServerName www.example.org
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0004", name="wrong-argument-count", severity=Severity.ERROR, since="0.1.0", rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
