"""Passwords are looked up in a file that no AuthUserFile names

## What it does
Reports `AuthType Basic` and `AuthType Digest` where the first provider is `file`, as by default, and no
`AuthUserFile` applies.

## Why
The first login fails with status 500, and the log says "AuthUserFile not specified in the configuration"
(AH01619). Until somebody logs in, everything looks well.

## Bad
### Forgotten
```
Listen 80
<Location /private>
    AuthType Basic
    #        ^^^^^ AuthType Basic without AuthUserFile: every login for <Location /private> gets status 500 (AH01619)
    AuthName "Staff"
    Require valid-user
</Location>
```

### Everybody else is denied
```
Listen 80
<Location /private>
    AuthType Basic
    #        ^^^^^ AuthType Basic without AuthUserFile: every login for <Location /private> gets status 500 (AH01619)
    AuthName "Staff"
    Require valid-user
    Require all denied
</Location>
```
### A file of groups has no passwords
```
#--- live: no
Listen 80
<Location /private>
    AuthType Basic
    #        ^^^^^ AuthType Basic without AuthUserFile: every login for <Location /private> gets status 500 (AH01619)
    AuthName "Staff"
    AuthGroupFile /etc/apache2/groups
    Require group staff
</Location>
```

## Good
### A file
```
Listen 80
<Location /private>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Location>
```

### Another provider
```
#--- live: no
Listen 80
<Location /private>
    AuthType Basic
    AuthName "Staff"
    AuthBasicProvider ldap
    AuthLDAPURL "ldaps://ldap.example.org/ou=people,dc=example,dc=org?uid"
    Require valid-user
</Location>
```

### A provider of the configuration's own
```
#--- live: no
Listen 80
<AuthnProviderAlias file staff>
    AuthUserFile /etc/apache2/passwords
</AuthnProviderAlias>
<Location /private>
    AuthType Basic
    AuthName "Staff"
    AuthBasicProvider staff
    Require valid-user
</Location>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_authn_file.html#authuserfile; `check_password` in mod_authn_file.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL1304",
    name="auth-without-user-file",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_authn_file.html#authuserfile",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
