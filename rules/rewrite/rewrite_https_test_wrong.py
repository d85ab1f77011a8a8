"""A condition about TLS that tells nothing

## What it does
Reports `RewriteCond` lines on `%{HTTPS}` and `%{REQUEST_SCHEME}` that hold for both of their values, or for none.

## Why
`%{HTTPS}` is `on` or `off`, never empty, `1` or `true`, and `%{REQUEST_SCHEME}` is `https` or `http`. A condition
that compares with anything else is always or never met: a redirect to HTTPS that never comes, or one that sends
browsers round in circles.

## Bad
### The loop
```
Listen 80
RewriteEngine on
RewriteCond %{HTTPS} !=1
#                    ^^^ always holds: %{HTTPS} is on or off, whatever the request
RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
```

### Never
```
#--- role: htaccess
RewriteEngine on
RewriteCond %{HTTPS} ^$
#                    ^^ never holds: %{HTTPS} is on or off, whatever the request
RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
```

### A scheme
```
Listen 80
RewriteEngine on
RewriteCond %{REQUEST_SCHEME} ^http
#                             ^^^^^ always holds: %{REQUEST_SCHEME} is https or http, whatever the request
RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
```

## Good
### As it is meant
```
Listen 80
RewriteEngine on
RewriteCond %{HTTPS} off
RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
RewriteCond %{HTTPS} !=on
RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
RewriteCond %{REQUEST_SCHEME} =http
RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
```

### One of several, where another server in front may set the variable
```
Listen 80
RewriteEngine on
RewriteCond %{HTTPS} off [OR]
RewriteCond %{HTTPS} ^$
RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
```

### Kept for a back-reference
```
Listen 80
RewriteEngine on
RewriteCond %{HTTPS}s ^on(s)|offs$
RewriteRule ^ http%1://www.example.org%{REQUEST_URI} [R=301,L]
```

### Beside a condition that does tell, it does no harm
```
Listen 80
RewriteEngine on
RewriteCond %{HTTPS} !=on
RewriteCond %{HTTPS} !^$
RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritecond
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    RewriteRule,
    Server,
    Severity,
    assumption,
    compile_pattern,
    rewrite_flags,
    rule,
    rule_sets,
)

_VALUES = {"%{https}": ("on", "off"), "%{request_scheme}": ("https", "http")}


@rule(
    code="SSL1713",
    name="rewrite-https-test-wrong",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritecond",
    needs=("rewritecond",),
    htaccess=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for found in rule_sets(server):
        for one in found.rules:
            for number, result in _fixed(one):
                line, words = one.asked[number], one.conditions[number]
                first, second = _VALUES[words[0].lower()]
                yield context.report(
                    line.arguments[1],
                    f"{'always' if result else 'never'} holds: {words[0]} is {first} or {second}, whatever the request",
                    notes=assumption(line, found.host.condition),
                )


def _fixed(one: RewriteRule) -> Iterator[tuple[int, bool]]:
    """The conditions that hold for all values or for none, by number; those joined by `[OR]` are left out.

    Where another one tells the values apart, that one decides.
    """
    joined = False
    fixed: list[tuple[int, bool]] = []
    for number, words in enumerate(one.conditions):
        flags = rewrite_flags("".join(words[2:])).keys()
        before, joined = joined, not flags.isdisjoint(("OR", "ORNEXT"))
        values = _VALUES.get(words[0].lower()) if len(words) > 1 else None
        if values is None or "(" in words[1]:
            continue
        results = {_holds(value, words[1], not flags.isdisjoint(("NC", "NOCASE"))) for value in values}
        if len(results) > 1:
            return
        if results in ({True}, {False}) and not before and not joined:
            fixed.append((number, True in results))
    yield from fixed


def _holds(value: str, pattern: str, nocase: bool) -> bool | None:
    """Whether a value meets a condition's pattern; None where that can't be told."""
    negated, wanted = pattern.startswith("!"), pattern.removeprefix("!")
    if wanted[:1] in ("<", ">", "-"):
        return None
    if wanted.startswith("="):
        text = wanted[1:].strip("\"'")
        return (text.lower() == value if nocase else text == value) is not negated
    compiled = compile_pattern(wanted, nocase)
    return None if compiled is None else (compiled.search(value) is not None) is not negated
