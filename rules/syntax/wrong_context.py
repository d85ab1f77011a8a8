"""A directive where httpd does not allow it

## What it does
Reports directives that may not stand in their section, or not in a `.htaccess` file.

## Why
httpd refuses to start; in a `.htaccess` file, it answers every request below it with an error 500.

## Bad
### A host's setting in a folder
```
<Directory /srv/www>
  SSLProtocol -all +TLSv1.3
# ^^^^^^^^^^^ SSLProtocol is not allowed in <Directory>
</Directory>
```

### A folder's setting in the whole server
```
SSLRequireSSL
#<^^^^^^^^^^^ SSLRequireSSL is not allowed at server level
```

### In .htaccess
```
#--- role: htaccess
DocumentRoot /srv/www
#<^^^^^^^^^^ DocumentRoot is not allowed in .htaccess
```

## Good
### In its place
```
<Directory /srv/www>
  SSLRequireSSL
</Directory>
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0003", name="wrong-context", severity=Severity.ERROR, since="0.1.0", rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
