"""Use of a macro that nobody has defined

## What it does
Reports `Use` and `UndefMacro` lines with a name that no `<Macro>` before them defines.

## Why
Macros act while the file is read, so a definition must come before its first use; httpd stops at the
`Use` otherwise.

## Bad
### Misspelt
```
<Macro TlsHost $name>
    ServerAlias $name
</Macro>
Listen 443
<VirtualHost *:443>
    Use TlsHosts www.example.org
    #   ^^^^^^^^ macro 'TlsHosts' undefined
</VirtualHost>
```

### Defined too late
```
Use Charset
#   ^^^^^^^ macro 'Charset' undefined
<Macro Charset>
    AddDefaultCharset off
</Macro>
```

### Removed before
```
<Macro Charset>
    AddDefaultCharset off
</Macro>
UndefMacro Charset
Use Charset
#   ^^^^^^^ macro 'Charset' undefined
```

### Nothing to remove
```
UndefMacro Charset
#          ^^^^^^^ cannot remove undefined macro 'Charset'
```

## Good
### Names ignore case, and definitions reach everywhere behind them
```
Listen 443
<VirtualHost *:443>
    <Macro Charset>
        AddDefaultCharset off
    </Macro>
</VirtualHost>
USE charset
```

### A macro is looked up when it is used, not when it is named in another
```
<Macro Outer>
    Use Inner
</Macro>
<Macro Inner>
    AddDefaultCharset off
</Macro>
Use Outer
```

## Limits
A fragment's macros may be defined by the server around it; it is judged by itself.

## References
https://httpd.apache.org/docs/2.4/mod/mod_macro.html#use; `use_macro` in modules/core/mod_macro.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0015",
    name="undefined-macro",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_macro.html#use",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
