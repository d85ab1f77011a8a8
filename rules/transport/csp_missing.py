r"""A page without Content-Security-Policy

## What it does
Reports hosts that serve pages and to none of whose responses a line gives `Content-Security-Policy`.

## Why
Content Security Policy tells browsers from where a page may load scripts, styles and frames, and whether scripts
may stand in the page itself. It is the second line of defence where an application lets foreign text into its
pages.

## Bad
### No host says it
```
Listen 80
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ www.example.org (*:80) sends no Content-Security-Policy: nothing limits which...
    ServerName www.example.org
    DocumentRoot /srv/www
</VirtualHost>
```

## Good
### Inherited from the main server
```
Listen 80
Header always set Content-Security-Policy "default-src 'self'"
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
        Header set Content-Security-Policy "default-src 'self'"
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
https://www.w3.org/TR/CSP3/; https://owasp.org/www-project-secure-headers/
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._missing import report_missing

_ADVICE = "nothing limits which scripts a page may run"


@rule(
    code="SSL1014",
    name="csp-missing",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://www.w3.org/TR/CSP3/",
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    yield from report_missing(server, context, "Content-Security-Policy", _ADVICE)
