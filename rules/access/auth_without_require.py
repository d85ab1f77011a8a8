"""A login is set up, and nothing requires it

## What it does
Reports `AuthType` in sections whose requests meet no `Require` at all.

## Why
In httpd 2.4 that is a mistake that the server refuses to guess about: each request gets status 500, and the log
says "AuthType configured with no corresponding authorization directives" (AH01627). In 2.2 everybody got in.

## Bad
### Forgotten
```
Listen 80
<Location /private>
    AuthType Basic
    #        ^^^^^ AuthType without Require: every request for <Location /private> gets status 500 (AH01627)
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
</Location>
```

## Good
### Required by the section itself
```
Listen 80
<Location /private>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Location>
```

### Some Require applies, whatever it says
```
Listen 80
DocumentRoot /var/www/html
<Directory />
    Require all denied
</Directory>
<Directory /var/www/html>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
</Directory>
```

### Satisfy Any: an address is enough, and all are let in
```
Listen 80
<Location /private>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Satisfy Any
</Location>
```
### Prepared for sections below
```
Listen 80
DocumentRoot /var/www/html
<Directory /var/www/html>
    AuthType None
</Directory>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html#require; `authorize_user_core` in mod_authz_core.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL1306",
    name="auth-without-require",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html#require",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
