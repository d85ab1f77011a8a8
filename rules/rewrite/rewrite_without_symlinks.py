"""Options forbid the RewriteEngine of a section

## What it does
Reports `RewriteEngine on` in `<Directory>` and other sections, for whose requests `Options` allows neither
`FollowSymLinks` nor `SymLinksIfOwnerMatch`.

## Why
Rewriting in a folder could lead around the ban on links, so mod_rewrite refuses it: every request gets status 403,
and the log says "RewriteRule directive is also forbidden" (AH00670), even if no rule matches.

## Bad
### A word without sign drops the default
```
Listen 80
DocumentRoot /var/www/html
<Directory /var/www/html>
    Options Indexes
    RewriteEngine on
    #             ^^ Options Indexes forbids rewriting: every request for <Directory /var/www/html> gets status 403...
    RewriteRule ^old$ new
</Directory>
```

### Taken away further up
```
Listen 80
DocumentRoot /var/www/html
<Directory />
    Options None
</Directory>
<Directory /var/www/html>
    Options +Indexes
    RewriteEngine on
    #             ^^ Options None forbids rewriting: every request for <Directory /> gets status 403 (AH00670)
    RewriteRule ^old$ new
</Directory>
```

## Good
### Either word will do
```
Listen 80
DocumentRoot /var/www/html
<Directory />
    Options None
</Directory>
<Directory /var/www/html>
    Options Indexes SymLinksIfOwnerMatch
    RewriteEngine on
    RewriteRule ^old$ new
</Directory>
```

### By default, links may be followed
```
Listen 80
DocumentRoot /var/www/html
<Directory /var/www/html>
    RewriteEngine on
    RewriteRule ^old$ new
</Directory>
```

### For the whole server the Options do not matter
```
Listen 80
DocumentRoot /var/www/html
RewriteEngine on
RewriteRule ^/old$ /new
<Directory /var/www/html>
    Options None
</Directory>
```

### Switched off
```
Listen 80
DocumentRoot /var/www/html
<Directory /var/www/html>
    Options None
    RewriteEngine off
</Directory>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriteengine; `hook_fixup` in mod_rewrite.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL1703",
    name="rewrite-without-symlinks",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriteengine",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
