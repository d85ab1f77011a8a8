"""An end tag that does not fit the section

## What it does
Reports end tags that close another section than the innermost open one, or none at all.

## Why
httpd refuses to start.

## Bad
### Crossed
```
<VirtualHost *:80>
<Directory /srv/www>
#<^^^^^^^^^^^^^^^^^^ Expected </Directory> but saw </virtualhost>
</VirtualHost>
</Directory>
#<^^^^^^^^^^ </directory> without matching <directory> section
```

### Nothing to close
```
ServerName www.example.org
</VirtualHost>
#<^^^^^^^^^^^^ </virtualhost> without matching <virtualhost> section
```

## Good
### In order
```
<VirtualHost *:80>
<Directory /srv/www>
</Directory>
</VirtualHost>
```

### Capitals don't matter
```
<virtualhost *:80>
</VirtualHost>
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0010", name="mismatched-section", severity=Severity.ERROR, since="0.1.0", rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
