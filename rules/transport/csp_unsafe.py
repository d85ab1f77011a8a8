"""A Content-Security-Policy lets foreign scripts run

## What it does
Reports policies that allow scripts in the page (`'unsafe-inline'` without nonce or hash), from anywhere (`*`, `https:`,
`http:`, `data:`), or that say nothing of scripts at all.

## Why
Content Security Policy is there to stop scripts that were smuggled into a page. With `'unsafe-inline'` or sources
as wide as these it lets them through: the header costs bytes, and stops nothing.

## Bad
### Scripts in the page
```
Header always set Content-Security-Policy "default-src 'self' 'unsafe-inline'"
#                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 'unsafe-inline' lets smuggled...
```

### From anywhere
```
Header always set Content-Security-Policy "default-src 'self'; script-src https: data:"
#                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ https: lets scripts from...
```

### Nothing about scripts
```
Header always set Content-Security-Policy "img-src 'self'; style-src 'self'"
#                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ says nothing of scripts: they may...
```

## Good
### By nonce, with a fallback for old browsers
```
Header always set Content-Security-Policy "script-src 'nonce-abc' 'unsafe-inline' https:; object-src 'none'"
```

### Styles in the page
```
Header always set Content-Security-Policy "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src *"
```

### Near miss: a policy that is not about content
```
Header always set Content-Security-Policy "upgrade-insecure-requests"
Header always set Content-Security-Policy "frame-ancestors 'none'"
```

## Limits
Many applications need `'unsafe-inline'` until they are rewritten: the rule is off by itself.

## References
https://www.w3.org/TR/CSP3/#directive-script-src
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, header_line, rule

from ._policies import FETCHES, clauses, is_pinned, scripts

_WIDE = ("*", "https:", "http:", "data:", "http://*", "https://*")


@rule(
    code="SSL1031",
    name="csp-unsafe",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://www.w3.org/TR/CSP3/#directive-script-src",
    keys=("header",),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    line = header_line(directive) if "security-policy" in directive.text.lower() else None
    if line is None or line.name != "content-security-policy" or line.value is None or not line.gives or not line.text:
        return
    fault = _fault(line.text)
    if fault:
        yield context.report(line.value, fault, notes=assumption(directive))


def _fault(value: str) -> str:
    """By what smuggled scripts get through; empty if by nothing."""
    policy = clauses(value)
    found = scripts(policy)
    if found is None:
        about_content = any(clause.name in FETCHES for clause in policy)
        return "says nothing of scripts: they may come from anywhere" if about_content else ""
    if is_pinned(found.words):
        return ""
    words = [word.lower() for word in found.words]
    if "'unsafe-inline'" in words:
        return "'unsafe-inline' lets smuggled scripts run: use nonces or hashes"
    wide = next((word for word in words if word in _WIDE), "")
    return f"{wide} lets scripts from anywhere run" if wide else ""
