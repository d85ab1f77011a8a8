"""A demand for TLS is only one of several ways in

## What it does
Reports `Require ssl` (or `Require expr` about `HTTPS`) beside `Require valid-user`, `Require user`,
`Require group`, `Require all granted` and the like, where no `<RequireAll>` holds them together.

## Why
Of the `Require` lines of a section any one is enough, as if they stood in `<RequireAny>`. So whoever comes by
TLS needs no password at all, and whoever has a password may send it by plain HTTP: the contrary of what two
conditions in a row seem to say.

## Bad
### A login, and TLS
```
<Directory /srv/www/staff>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require ssl
    #       ^^^ any one Require is enough: by TLS everybody gets in without a login, and the login alone does by...
    Require valid-user
</Directory>
```

### Everybody
```
<Location "/shop">
    Require all granted
    Require ssl
    #       ^^^ any one Require is enough, and "Require all granted" lets everybody in: TLS is not demanded
</Location>
```

### As an expression, in a group
```
<Directory /srv/www/staff>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    <RequireAny>
        Require user ann
        Require expr %{HTTPS} == 'on'
        #       ^^^^^^^^^^^^^^^^^^^^^ any one Require is enough: by TLS everybody gets in without a login...
    </RequireAny>
</Directory>
```

## Good
### Both are needed
```
<Directory /srv/www/staff>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    <RequireAll>
        Require ssl
        Require valid-user
    </RequireAll>
</Directory>
```

### SSLRequireSSL is no alternative
```
<Directory /srv/www/staff>
    SSLRequireSSL
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Directory>
```

### Near miss: the own network may do without TLS
```
<Directory /srv/www/reports>
    Require ip 192.0.2.0/24
    Require ssl
</Directory>
```

### Near miss: a certificate, or a password
```
<Directory /srv/www/staff>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require ssl-verify-client
    Require valid-user
</Directory>
```

## Fix
### A login, and TLS
```
<Directory /srv/www/staff>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    SSLRequireSSL
    Require valid-user
</Directory>
```

The fix is unsafe: requests that were let in by one of the two are refused from then on.

## References
https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html#require; `apply_authz_sections` in mod_authz_core.c. Tried on
httpd 2.4.71.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, all_arguments, assumption, replace, rule

from ._alternatives import outvoting


@rule(
    code="SSL0703",
    name="require-ssl-in-require-any",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html#require",
    keys=("require",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if context.target.httpd.is_old:
        return
    other = outvoting(directive)
    if other is None:
        return
    everybody = [word.lower() for word in other.values[:2]] == ["all", "granted"]
    if everybody:
        what = 'any one Require is enough, and "Require all granted" lets everybody in: TLS is not demanded'
    else:
        what = (
            "any one Require is enough: by TLS everybody gets in without a login, and the login alone does by plain "
            "HTTP; write SSLRequireSSL, or <RequireAll> around both"
        )
    yield context.report(
        all_arguments(directive),
        what,
        label="only one way in",
        related=[(other, "this is enough")],
        notes=assumption(directive, other),
        fix=context.fix("demand TLS of everybody", replace(directive, "SSLRequireSSL")),
    )
