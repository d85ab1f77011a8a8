r"""Nothing limits what pages and their frames may use of a device

## What it does
Reports hosts that serve pages and to none of whose responses a line gives `Permissions-Policy`.

## Why
Permissions Policy switches off what a site does not need, for itself and for what it embeds: a script that was
smuggled in can't even ask for it then.

## Bad
### No host says it
```
Listen 80
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ www.example.org (*:80) sends no Permissions-Policy: frames and scripts f...
    ServerName www.example.org
    DocumentRoot /srv/www
</VirtualHost>
```

## Good
### Inherited from the main server
```
Listen 80
Header always set Permissions-Policy "geolocation=(), camera=()"
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
        Header set Permissions-Policy "geolocation=(), camera=()"
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
https://www.w3.org/TR/permissions-policy-1/; CIS Apache HTTP Server 2.4 item 5.18; https://owasp.org/www-project-secure-headers/
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._missing import report_missing

_ADVICE = "frames and scripts from elsewhere may ask for camera, microphone and position"


@rule(
    code="SSL1017",
    name="permissions-policy-missing",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://www.w3.org/TR/permissions-policy-1/",
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    yield from report_missing(server, context, "Permissions-Policy", _ADVICE)
