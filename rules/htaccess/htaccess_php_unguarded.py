"""PHP settings in a .htaccess file that break every page without mod_php

## What it does
Reports `php_value` and `php_flag` in `.htaccess` files outside of an `<IfModule>` section.

## Why
Only mod_php knows them. Where PHP runs by FastCGI (php-fpm), as with the event MPM and HTTP/2, the file has an
unknown directive, and every request for the folder gets status 500. The same settings stand in `.user.ini` there.

## Bad
```
#--- role: htaccess
php_value upload_max_filesize 16M
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ every request gets status 500 where mod_php is not loaded
```

## Good
### Guarded
```
#--- role: htaccess
<IfModule mod_php.c>
    php_value upload_max_filesize 16M
</IfModule>
<IfModule mod_php7.c>
    php_flag display_errors off
</IfModule>
```

### In the server's configuration, where the start tells
```
#--- live: no
Listen 80
<Directory /srv/www>
    php_value upload_max_filesize 16M
</Directory>
```

## Fix
```
#--- role: htaccess
<IfModule mod_php.c>
php_value upload_max_filesize 16M
</IfModule>
```

## Limits
The fix is unsafe: up to PHP 7 the module has other names (`mod_php7.c`, `mod_php5.c`), and there it switches the
setting off.

## References
https://www.php.net/manual/en/configuration.changes.php
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, insert_after, insert_before, rule


@rule(
    code="SSL1804",
    name="htaccess-php-unguarded",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://www.php.net/manual/en/configuration.changes.php",
    keys=("php_value", "php_flag"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if context.configuration.role != "htaccess" or directive.condition is not None:
        return
    place = directive
    yield context.report(
        place,
        "every request gets status 500 where mod_php is not loaded",
        fix=context.fix(
            "guard it",
            insert_before(place, "<IfModule mod_php.c>"),
            insert_after(place, "</IfModule>"),
        ),
    )
