"""A switch that brings a closed hole of mod_rewrite back

## What it does
Reports the flags `UnsafeAllow3F` and `UnsafePrefixStat` of `RewriteRule`, and `RewriteOptions AllowAnyURI`.

## Why
They exist to go on with rules that httpd 2.4.60 had to break. `UnsafePrefixStat` lets a rule whose target begins with
a variable lead to any file of the machine that the server may read, `UnsafeAllow3F` lets an encoded question mark
in the path begin a query string, and with it other scripts (CVE-2024-38475, CVE-2024-38474). `AllowAnyURI` lets rules
see what is no path, such as `@10.0.0.1/`, which joined to a host name leads to other machines (CVE-2011-3368).

## Bad
### A prefix
```
#--- live: no
Listen 80
RewriteEngine on
RewriteRule ^/(.*)$ /$1/index.php [UnsafePrefixStat]
#                                 ^^^^^^^^^^^^^^^^^^ UnsafePrefixStat lets clients reach files outside...
```

### A question mark
```
#--- live: no
Listen 80
RewriteEngine on
RewriteRule ^/(.*)$ /app.php?page=$1 [L,UnsafeAllow3F]
#                                    ^^^^^^^^^^^^^^^^^ UnsafeAllow3F lets clients begin a query string of their...
```

### What is no path
```
Listen 80
RewriteEngine on
RewriteOptions AllowAnyURI
#              ^^^^^^^^^^^ AllowAnyURI lets clients send what is no path, and reach other machines (CVE-2011-3368)
```

## Good
### Without
```
Listen 80
RewriteEngine on
RewriteRule ^/(.*)$ /app.php?page=$1 [B,L]
```

## References
https://httpd.apache.org/docs/2.4/rewrite/flags.html; CVE-2024-38474; CVE-2024-38475
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, rewrite_flags, rule

_HARM = {
    "unsafeallow3f": ("UnsafeAllow3F", "begin a query string of their own (CVE-2024-38474)"),
    "unsafeprefixstat": ("UnsafePrefixStat", "reach files outside of the site (CVE-2024-38475)"),
    "allowanyuri": ("AllowAnyURI", "send what is no path, and reach other machines (CVE-2011-3368)"),
}


@rule(
    code="SSL1716",
    name="rewrite-unsafe-flag",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/rewrite/flags.html",
    keys=("rewriterule", "rewriteoptions"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if "unsafe" not in directive.text.lower() and directive.key == "rewriterule":
        return
    words = directive.arguments[2:3] if directive.key == "rewriterule" else directive.arguments
    for word in words:
        for flag in rewrite_flags(word.value):
            if flag.lower() in _HARM:
                name, harm = _HARM[flag.lower()]
                yield context.report(word, f"{name} lets clients {harm}", notes=assumption(directive))
