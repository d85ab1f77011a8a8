r"""Every response claims the same Content-Type

## What it does
Reports `Header set Content-Type` that holds for a whole host, outside of any section and without a condition.

## Why
mod_headers gives the type to whatever is sent: style sheets, scripts, pictures and downloads too. With
`X-Content-Type-Options: nosniff` browsers then refuse scripts and style sheets; without it they guess. Types belong to
files: `AddType`, `ForceType`, `AddDefaultCharset`.

## Bad
### Meant for the charset
```
Header set Content-Type "text/html; charset=utf-8"
#          ^^^^^^^^^^^^ makes every response text/html, scripts and pictures too: use AddDefaultCharset or AddType
```

## Good
### For some files
```
<FilesMatch "\.webmanifest$">
    Header set Content-Type "application/manifest+json"
</FilesMatch>
```

### The right means
```
AddDefaultCharset utf-8
AddType application/manifest+json .webmanifest
```

### Near miss: only where there is none, or under a condition
```
Header setifempty Content-Type "text/plain"
Header set Content-Type "text/plain" "expr=%{REQUEST_URI} =~ m#^/raw/#"
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_mime.html#addtype
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, header_line, rule


@rule(
    code="SSL1040",
    name="content-type-for-everything",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_mime.html#addtype",
    keys=("header",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    line = header_line(directive) if "content-type" in directive.text.lower() else None
    if line is None or line.name != "content-type" or line.does != "set" or line.when is not None or not line.text:
        return
    around = directive.parent
    if context.configuration.role != "main" or (around is not None and around.key != "virtualhost"):
        return
    kind = line.text.partition(";")[0].strip()
    message = f"makes every response {kind}, scripts and pictures too: use AddDefaultCharset or AddType"
    yield context.report(line.word, message, notes=assumption(directive))
