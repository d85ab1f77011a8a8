r"""Header edit* with a pattern that matches nothing at all kills the process

## What it does
Reports `Header edit*` and `RequestHeader edit*` whose pattern matches the empty string.

## Why
`edit*` goes on after each match with the rest of the value. Where the pattern also matches an empty rest, it
never comes to an end: mod_headers calls itself until the stack is full, and the process that served the
request dies with all its other connections. One request that has the header is enough. The configuration test
says nothing.

## Bad
### Anything, all of it
```
Header edit* Set-Cookie ^(.*)$ "$1; Secure"
#                       ^^^^^^ matches an empty string: httpd's process dies at the first response with this header
```

### Nothing, or more
```
RequestHeader edit* Cookie "[0-9]*" x
#                          ^^^^^^^^ matches an empty string: httpd's process dies at the first request with this header
```

## Good
### Once
```
Header edit Set-Cookie ^(.*)$ "$1; Secure"
```

### At least one character
```
Header edit* Set-Cookie "http:" "https:"
Header edit* X-List ([0-9]+) "<$1>"
```

## Fix
### Anything, all of it
```
Header edit Set-Cookie ^(.*)$ "$1; Secure"
```

## Limits
Patterns that Python's engine can't run are left alone.

## References
`process_regexp` in mod_headers.c
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
    compile_pattern,
    header_line,
    replace,
    rule,
)


@rule(
    code="SSL1024",
    name="header-edit-endless",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header",
    keys=("header", "requestheader"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    line = header_line(directive) if "edit*" in directive.text.lower() else None
    if line is None or line.does != "edit*" or line.value is None:
        return
    pattern = compile_pattern(line.value.value)
    if pattern is None or pattern.search("") is None:
        return
    what = "response" if directive.key == "header" else "request"
    anchored = line.value.value.startswith("^") and line.value.value.endswith("$")
    yield context.report(
        line.value,
        f"matches an empty string: httpd's process dies at the first {what} with this header",
        notes=assumption(directive),
        fix=context.fix("edit each value once", replace(line.action, "edit")) if anchored else None,
    )
