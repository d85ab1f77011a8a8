"""A quote that is never closed

## What it does
Reports words that begin with a quotation mark and have none at their end.

## Why
httpd takes the rest of the line for one word and says nothing: two arguments become one, and a path ends in
what should have been an option.

## Bad
### The closing mark is missing
```
ServerAdmin "webmaster@example.org
#           ^ this " is never closed: httpd takes the rest of the line as one word
```

## Good
### Closed
```
ServerAdmin "webmaster@example.org"
```

### A mark inside a word is an ordinary character
```
ServerAdmin web"master@example.org
```

## Fix
### The closing mark is missing
```
ServerAdmin "webmaster@example.org"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(code="SSL0027", name="unterminated-quote", severity=Severity.WARNING, since="0.1.0", fix=Safety.SAFE)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "add the closing mark")
