"""A login has no AuthName

## What it does
Reports `AuthType Basic` and `AuthType Digest` for sections that require a user and meet no `AuthName`.

## Why
The name is part of the challenge to the client, and without it there is none: each request gets status 500, and
the log says "need AuthName" (AH01615).

## Bad
### Forgotten
```
Listen 80
<Location /private>
    AuthType Basic
    #        ^^^^^ AuthType Basic without AuthName: every request for <Location /private> gets status 500 (AH01615)
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Location>
```

## Good
### From the folder above
```
Listen 80
DocumentRoot /var/www/html
<Directory /var/www/html>
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
</Directory>
<Directory /var/www/html/private>
    AuthType Basic
    Require valid-user
</Directory>
```

### Nobody has to log in
```
Listen 80
<Location /private>
    AuthType Basic
    Require all granted
</Location>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_authn_core.html#authname; RFC 7617 section 2
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL1303",
    name="auth-without-name",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_authn_core.html#authname",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
