r"""Nothing says what other sites learn of addresses here

## What it does
Reports hosts that serve pages and to none of whose responses a line gives `Referrer-Policy`.

## Why
A browser that follows a link tells the other site where it comes from. Addresses may hold names, searches or
tokens. Current browsers send only the origin to other sites; older ones send everything.

## Bad
### No host says it
```
Listen 80
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ www.example.org (*:80) sends no Referrer-Policy: each browser decides...
    ServerName www.example.org
    DocumentRoot /srv/www
</VirtualHost>
```

## Good
### Inherited from the main server
```
Listen 80
Header always set Referrer-Policy "strict-origin-when-cross-origin"
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
        Header set Referrer-Policy "strict-origin-when-cross-origin"
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
https://www.w3.org/TR/referrer-policy/; CIS Apache HTTP Server 2.4 item 5.17; https://owasp.org/www-project-secure-headers/
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._missing import report_missing

_ADVICE = "each browser decides what other sites learn of the pages that link to them"


@rule(
    code="SSL1016",
    name="referrer-policy-missing",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://www.w3.org/TR/referrer-policy/",
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    yield from report_missing(server, context, "Referrer-Policy", _ADVICE)
