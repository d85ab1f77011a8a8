r"""A file test outside of folders, where no file is known yet

## What it does
Reports `RewriteCond %{REQUEST_FILENAME}` with `-f`, `-d`, `-s`, `-l` and their negations, for rules of a virtual host
or the main server.

## Why
Outside of `<Directory>` and `.htaccess`, rules act before a URL is mapped to a file: `%{REQUEST_FILENAME}` is the URL
path. `/logo.png` does not lie in the root of the file system, so `!-f` always holds and `-f` never does: every
picture and style sheet is handed to the front controller, or files that should be served are not. Write
`%{DOCUMENT_ROOT}%{REQUEST_URI}`, or move the rules into the folder.

## Bad
### Moved out of .htaccess
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine on
    RewriteCond %{REQUEST_FILENAME} !-f
    #           ^^^^^^^^^^^^^^^^^^^ is the URL path here, not a file: this always holds
    RewriteCond %{REQUEST_FILENAME} !-d
    #           ^^^^^^^^^^^^^^^^^^^ is the URL path here, not a file: this always holds
    RewriteRule ^ /index.php [L]
</VirtualHost>
```

### Never met
```
Listen 80
RewriteEngine on
RewriteCond %{REQUEST_FILENAME} -f
#           ^^^^^^^^^^^^^^^^^^^ is the URL path here, not a file: this never holds
RewriteRule ^ - [L]
```

## Good
### The file that the URL means
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine on
    RewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} !-f
    RewriteRule ^ /index.php [L]
    RewriteCond %{LA-U:REQUEST_FILENAME} !-f
    RewriteRule ^ /index.php [L]
</VirtualHost>
```

### In the folder
```
Listen 80
<Directory /srv/www>
    RewriteEngine on
    RewriteCond %{REQUEST_FILENAME} !-f
    RewriteRule ^ index.php [L]
</Directory>
```

### A fragment that may stand in a folder
```
#--- role: fragment
RewriteCond %{REQUEST_FILENAME} !-f
RewriteRule ^ index.php [L]
```

## Fix
### Never met
```
Listen 80
RewriteEngine on
RewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} -f
RewriteRule ^ - [L]
```

## Limits
The fix is unsafe: the rule acts for other requests then, and `Alias` leads elsewhere than below `DocumentRoot`.
`SCRIPT_FILENAME` is treated alike.

## References
https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritecond (REQUEST_FILENAME)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, assumption, replace, rule, rule_sets

_TEST = re.compile(r"(!?)-[fdsl]", re.IGNORECASE)
_NAMES = frozenset({"%{request_filename}", "%{script_filename}"})


@rule(
    code="SSL1718",
    name="rewrite-filename-in-vhost",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritecond",
    needs=("rewritecond",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for found in rule_sets(server):
        if not found.sees_slash or found.scope is not None:
            continue
        for line in found.lines:
            words = line.values
            test = _TEST.fullmatch(words[1]) if line.key == "rewritecond" and len(words) > 1 else None
            if test is None or words[0].lower() not in _NAMES:
                continue
            word = line.arguments[0]
            yield context.report(
                word,
                f"is the URL path here, not a file: this {'always' if test.group(1) else 'never'} holds",
                notes=assumption(line, found.host.condition),
                fix=context.fix("test the file that is meant", replace(word, "%{DOCUMENT_ROOT}%{REQUEST_URI}")),
            )
