"""HSTS is missing from errors and redirects

## What it does
Reports `Header set Strict-Transport-Security` without `always`.

## Why
Without `always` httpd adds the header to successful responses only. A visitor whose first answer is a
redirect, a login (401) or a "not found" learns nothing, and comes back by plain HTTP, where an attacker can
answer first. Many sites answer every first visit with a redirect.

## Bad
### Set on success only
```
Listen 443
Header set Strict-Transport-Security "max-age=63072000"
#      ^^^ leaves the header out of errors and redirects
```

### Said in so many words
```
Listen 443
Header onsuccess set Strict-Transport-Security "max-age=63072000; includeSubDomains"
#                ^^^ leaves the header out of errors and redirects
```

### For TLS alone
```
Header set Strict-Transport-Security "max-age=63072000" env=HTTPS
#      ^^^ leaves the header out of errors and redirects
```

## Good
### Always
```
Listen 443
Header always set Strict-Transport-Security "max-age=63072000"
```

### Beside a line that says always
```
Listen 443
Header always set Strict-Transport-Security "max-age=63072000"
<Location /app>
    Header set Strict-Transport-Security "max-age=63072000"
</Location>
```

### Another header
```
Listen 443
Header set Cache-Control "no-store"
Header unset Strict-Transport-Security
```

## Fix
### Set on success only
```
Listen 443
Header always set Strict-Transport-Security "max-age=63072000"
```

### Said in so many words
```
Listen 443
Header always set Strict-Transport-Security "max-age=63072000; includeSubDomains"
```

### For TLS alone
```
Header always set Strict-Transport-Security "max-age=63072000" "expr=%{HTTPS} == 'on'"
```

## References
RFC 6797 section 7.1; https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Fix,
    HeaderLine,
    Safety,
    Section,
    Server,
    Severity,
    header_line,
    header_lines,
    kept,
    replace,
    rule,
)

from ._headers import ASKS_FOR_TLS, FIRST_WITH_EXPRESSIONS, HSTS, is_hsts, mentions_hsts, to_other_table


@rule(
    code="SSL1011",
    name="hsts-not-always",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.rfc-editor.org/rfc/rfc6797#section-7.1",
    keys=("header",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    line = header_line(directive) if mentions_hsts(directive) else None
    if line is None or not is_hsts(line) or line.always or _has_another(directive, context):
        return
    yield context.report(line.action, "leaves the header out of errors and redirects", fix=_fix(line, context))


def _has_another(directive: Directive, context: Context) -> bool:
    """Whether a line that says always stands beside it, or around it."""
    return not _scopes_with_always(context.server).isdisjoint((*directive.enclosing, None))


@kept
def _scopes_with_always(server: Server) -> frozenset[Section | None]:
    """The sections (None: the top level) that hold a line that says always."""
    lines = header_lines(server).get(HSTS, ())
    return frozenset(line.directive.parent for line in lines if line.always and is_hsts(line))


def _fix(line: HeaderLine, context: Context) -> Fix | None:
    """Say always; `env=HTTPS` is set too late for what comes with it, so the connection is asked where that can be."""
    edits = [to_other_table(line)]
    if line.when is not None and line.when.value == "env=HTTPS":
        if context.target.httpd < FIRST_WITH_EXPRESSIONS:
            return None
        edits.append(replace(line.when, ASKS_FOR_TLS))
    return context.fix("send it always", *edits)
