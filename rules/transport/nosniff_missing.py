r"""Browsers may guess the type of what is sent

## What it does
Reports hosts that serve pages and to none of whose responses a line gives `X-Content-Type-Options`.

## Why
Without `X-Content-Type-Options: nosniff` a browser may look into a file and take it for a script or a page,
whatever `Content-Type` says. Where users upload files, that runs their scripts with the site's rights.

## Bad
### No host says it
```
Listen 80
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ www.example.org (*:80) sends no X-Content-Type-Options: browsers may guess t...
    ServerName www.example.org
    DocumentRoot /srv/www
</VirtualHost>
```

## Good
### Inherited from the main server
```
Listen 80
Header always set X-Content-Type-Options "nosniff"
<VirtualHost *:80>
    ServerName www.example.org
    DocumentRoot /srv/www
</VirtualHost>
```

### Said for some places
```
Listen 80
<VirtualHost *:80>
    DocumentRoot /srv/www
    <FilesMatch "\.html$">
        Header set X-Content-Type-Options "nosniff"
    </FilesMatch>
</VirtualHost>
```

### Near miss: a host that only leads to https
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    Redirect permanent / https://www.example.org/
</VirtualHost>
```

## Limits
What an application or a backend sends by itself can't be seen. The rule is a policy's and off by itself.

## References
https://fetch.spec.whatwg.org/#x-content-type-options-header; https://owasp.org/www-project-secure-headers/
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._missing import report_missing

_ADVICE = "browsers may guess types, and run what was uploaded as an image"


@rule(
    code="SSL1015",
    name="nosniff-missing",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://fetch.spec.whatwg.org/#x-content-type-options-header",
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    yield from report_missing(server, context, "X-Content-Type-Options", _ADVICE)
