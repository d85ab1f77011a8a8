"""Browsers ignore a part of a Content-Security-Policy

## What it does
Reports policies with directives that no browser knows, keywords without the single quotes that they need, the same
directive twice, or a comma where a semicolon was meant.

## Why
A browser passes over what it doesn't understand, and tells nobody but the console. `self` without quotes is a host
called "self": the site's own scripts are blocked. `script_src` limits nothing. Of two directives of one name only
the first counts.

## Bad
### Quotes forgotten
```
Header always set Content-Security-Policy "default-src self; img-src *"
#                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ default-src: self is taken for a host's...
```

### A misspelt directive
```
Header always set Content-Security-Policy "default-src 'self'; script_src 'self'"
#                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ script_src is no directive:...
```

### Said twice
```
Header always set Content-Security-Policy "script-src 'self'; script-src https://cdn.example.org"
#                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ script-src...
```

### A colon as in CSS
```
Header always set Content-Security-Policy "default-src: 'self'"
#                                         ^^^^^^^^^^^^^^^^^^^^^ default-src: is no directive: browsers ignore...
```

## Good
### Right
```
Header always set Content-Security-Policy "default-src 'self'; img-src 'self' data:; upgrade-insecure-requests"
Header always set Content-Security-Policy-Report-Only "script-src 'nonce-abc' 'strict-dynamic'; report-uri /csp"
```

### Near miss: a host that is called like a keyword in part
```
Header always set Content-Security-Policy "default-src 'self' self.example.org"
```

### A value that requests decide
```
Header always set Content-Security-Policy "default-src self 'nonce-%{UNIQUE_ID}e'"
```

## References
https://www.w3.org/TR/CSP3/#framework-directives
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, closest, header_line, rule

from ._policies import OTHERS, SOURCES, clauses, repeated, unquoted

NAMES = ("content-security-policy", "content-security-policy-report-only")


@rule(
    code="SSL1030",
    name="csp-invalid",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://www.w3.org/TR/CSP3/#framework-directives",
    keys=("header",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    line = header_line(directive) if "security-policy" in directive.text.lower() else None
    if line is None or line.name not in NAMES or line.value is None or not line.text or line.does not in _WHOLE:
        return
    fault = _fault(line.text)
    if fault:
        yield context.report(line.value, fault, notes=assumption(directive))


_WHOLE = ("set", "setifempty", "add")


def _fault(value: str) -> str:
    """What is wrong with a policy; empty if nothing is."""
    for clause in clauses(value):
        if clause.name not in SOURCES and clause.name not in OTHERS:
            near = closest(clause.name.rstrip(":").replace("_", "-"), sorted(SOURCES | OTHERS), 1)
            meant = f", {near[0]} may be meant" if near else ""
            return f"{clause.name} is no directive: browsers ignore this part{meant}"
        for word in unquoted(clause):
            bare = word.strip("\"'")
            return f"{clause.name}: {word} is taken for a host's name: write '{bare}' in single quotes"
    twice = repeated(value)
    return f"{twice[0]} stands there twice: browsers heed the first alone" if twice else ""
