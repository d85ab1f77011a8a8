r"""A pattern for programs fits the middle of names

## What it does
Reports `<FilesMatch>` sections with a handler for programs whose pattern fits `x.php` and `x.php.jpg`, but not `x.jpg`.

## Why
What somebody uploads as a picture then runs as a program. A `$` at the end of the pattern keeps it to the end of the
name.

## Bad
### No end
```
#--- live: no
Listen 80
<FilesMatch "\.php">
    #       ^^^^^^^ files such as x.php.jpg run as well: the pattern does not ask for the end of the name
    SetHandler "proxy:unix:/run/php/fpm.sock|fcgi://localhost"
</FilesMatch>
```

## Good
### At the end
```
#--- live: no
Listen 80
<FilesMatch "\.ph(ar|p|tml)$">
    SetHandler "proxy:unix:/run/php/fpm.sock|fcgi://localhost"
</FilesMatch>
```

### What may follow is said
```
#--- live: no
Listen 80
<FilesMatch ".+\.php(\.var)?$">
    SetHandler application/x-httpd-php
</FilesMatch>
```

### The handler that shows source texts
```
#--- live: no
Listen 80
<FilesMatch "\.phps">
    SetHandler application/x-httpd-php-source
</FilesMatch>
```

## Fix
### No end
```
#--- live: no
Listen 80
<FilesMatch "\.php$">
    SetHandler "proxy:unix:/run/php/fpm.sock|fcgi://localhost"
</FilesMatch>
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#filesmatch; https://httpd.apache.org/docs/2.4/mod/mod_mime.html#multipleext
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    Argument,
    Context,
    Diagnostic,
    Fix,
    Safety,
    Section,
    Severity,
    add_to,
    assumption,
    compile_pattern,
    rule,
)

_RUNS = re.compile(r".*php(?!.*source).*|cgi-script|fcgid-script|proxy:.*fcgi:.*")
_EXTENSIONS = ("php", "php5", "phtml", "phar", "cgi", "pl", "py", "fcgi")


@rule(
    code="SSL1335",
    name="handler-pattern-unanchored",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#filesmatch",
    keys=("filesmatch",),
)
def check(section: Section, context: Context) -> Iterator[Diagnostic]:
    words = section.arguments
    pattern = compile_pattern(words[0].value) if words else None
    lines = [one for one in section.children if one.key == "sethandler"]
    if pattern is None or not any(_RUNS.fullmatch(word.lower()) for one in lines for word in one.values[:1]):
        return
    for extension in _EXTENSIONS:
        inside = f"x.{extension}.jpg"
        if pattern.search(f"x.{extension}") and pattern.search(inside) and not pattern.search("x.jpg"):
            message = f"files such as {inside} run as well: the pattern does not ask for the end of the name"
            yield context.report(words[0], message, notes=assumption(section), fix=_fix(words[0], context))
            return


def _fix(word: Argument, context: Context) -> Fix | None:
    if not word.stands or "|" in re.sub(r"\(.*?\)", "", word.value):
        return None
    return context.fix("ask for the end", add_to(word, "$"))
