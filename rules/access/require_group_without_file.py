"""A group is required, and no file says who belongs to it

## What it does
Reports `Require group` and `Require dbm-group` where no `AuthGroupFile`, or `AuthDBMGroupFile`, applies and nobody gets
in otherwise.

## Why
Nobody is in the group then: every login is refused with status 401, and the log says "No group file was specified"
(AH01664). The client can only ask for the password again.

## Bad
### Passwords, but no groups
```
#--- live: no
Listen 80
<Location /private>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require group staff
    #       ^^^^^^^^^^^ Require group staff without AuthGroupFile: every login for <Location /private> is refused...
</Location>
```

## Good
### With groups
```
#--- live: no
Listen 80
<Location /private>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    AuthGroupFile /etc/apache2/groups
    Require group staff
</Location>
```

### Or else a user
```
#--- live: no
Listen 80
<Location /private>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require group staff
    Require user anna
</Location>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_authz_groupfile.html; `group_check_authorization` in mod_authz_groupfile.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL1307",
    name="require-group-without-file",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_authz_groupfile.html",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
