r"""Answers name the application behind the server

## What it does
Reports servers that run PHP and have no `Header` line that takes `X-Powered-By` away.

## Why
The header names PHP and its version, unless `expose_php` is off in `php.ini`, which is not read here.

## Bad
### PHP by FastCGI
```
#--- live: no
Listen 80
<FilesMatch "\.php$">
    SetHandler "proxy:unix:/run/php/fpm.sock|fcgi://localhost"
    #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no Header line takes X-Powered-By away...
</FilesMatch>
```

## Good
### Taken away
```
#--- live: no
Listen 80
Header always unset X-Powered-By
Header unset X-Powered-By
<FilesMatch "\.php$">
    SetHandler "proxy:unix:/run/php/fpm.sock|fcgi://localhost"
</FilesMatch>
```

### No PHP
```
Listen 80
DocumentRoot /srv/www
```

## Fix
### PHP by FastCGI
```
#--- live: no
Listen 80
<FilesMatch "\.php$">
    SetHandler "proxy:unix:/run/php/fpm.sock|fcgi://localhost"
</FilesMatch>
Header always unset X-Powered-By
Header unset X-Powered-By
```

The fix is safe where mod_headers is surely loaded.

## References
https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Fix,
    Safety,
    Server,
    Severity,
    assumption,
    fix_at_end,
    rule,
    walk,
)


@rule(
    code="SSL1210",
    name="powered-by-kept",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header",
    needs=("sethandler", "addhandler", "addtype"),
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    php: Directive | None = None
    for item in walk(server.configuration.children):
        words = [word.lower() for word in item.values]
        if item.key == "header" and "unset" in words and "x-powered-by" in words:
            return
        if php is None and item.key in ("sethandler", "addhandler", "addtype") and any(map(_is_php, words[:1])):
            php = item
    if php is not None:
        message = "no Header line takes X-Powered-By away, by which PHP tells its version with every answer"
        yield context.report(php.arguments[0], message, notes=assumption(php), fix=_fix(context))


def _fix(context: Context) -> Fix | None:
    """Take it away everywhere; in httpd's two tables of headers it is the same twice."""
    safety = context.safety_with("headers_module")
    lines = "Header always unset X-Powered-By\nHeader unset X-Powered-By"
    return fix_at_end(context, "take it away", lines, safety) if safety is not None else None


def _is_php(word: str) -> bool:
    return "php" in word or "fcgi://" in word
