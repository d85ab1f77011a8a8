"""Satisfy Any lets plain HTTP past SSLRequireSSL

## What it does
Reports `Satisfy Any` where `SSLRequireSSL` holds and plain HTTP gets in all the same, by an address, by
`Require all granted`, or by a login.

## Why
With `Satisfy Any` one check that passes is enough, and `SSLRequireSSL` is only one of the checks: an
`Allow from all`, or a password, stands in for it. `SSLOptions +StrictRequire` was made against that, but in
httpd 2.4 it is only looked at when somebody has to log in; whoever is let in by address or by `Require all
granted` never gets that far.

## Bad
### Everybody may, and TLS is forgotten
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/shop>
    SSLRequireSSL
    Require all granted
    Satisfy Any
    #       ^^^ plain HTTP on the main server gets past SSLRequireSSL: with Satisfy Any one check that passes is enough
</Directory>
```

### StrictRequire does not help where nobody has to log in
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    SSLRequireSSL
    SSLOptions +StrictRequire
</Directory>
<Directory /srv/www/shop>
    Require all granted
    Satisfy Any
    #       ^^^ plain HTTP on the main server gets past SSLRequireSSL: with Satisfy Any one check that passes is enough
</Directory>
```

### A password is enough
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/inside>
    SSLRequireSSL
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require valid-user
    Satisfy Any
    #       ^^^ plain HTTP on the main server gets past SSLRequireSSL: with Satisfy Any one check that passes is enough
</Directory>
```

## Good
### All checks must pass
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/inside>
    SSLRequireSSL
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Directory>
```

### StrictRequire, and a login
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/inside>
    SSLRequireSSL
    SSLOptions +StrictRequire
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require valid-user
    Satisfy Any
</Directory>
```

### No plain HTTP
```
Listen 443
<VirtualHost *:443>
    DocumentRoot /srv/www
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Directory /srv/www>
        SSLRequireSSL
        Require all granted
        Satisfy Any
    </Directory>
</VirtualHost>
```

### A redirect answers before
```
Listen 80
<VirtualHost *:80>
    DocumentRoot /srv/www
    Redirect permanent / https://www.example.org/
</VirtualHost>
<Directory /srv/www>
    SSLRequireSSL
    Require all granted
    Satisfy Any
</Directory>
```

## Fix
### A password is enough
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/inside>
    SSLRequireSSL
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require valid-user
    SSLOptions +StrictRequire
    Satisfy Any
</Directory>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#ssloptions; `ssl_hook_Access` and `ssl_hook_UserCheck` in
ssl_engine_kernel.c. Tried on httpd 2.4.71; https://github.com/nextcloud/server/issues/6449
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Access,
    Context,
    Diagnostic,
    Directive,
    Exposure,
    Fix,
    Reach,
    Safety,
    Scope,
    Server,
    Severity,
    assumption,
    insert_before,
    listing,
    rule,
)


@rule(
    code="SSL0702",
    name="satisfy-any-bypasses-require-ssl",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrequiressl",
    needs=("satisfy",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if server.keys.isdisjoint(("sslrequiressl",)):
        return
    for line, (scope, found) in _bypassed(Reach.of(server)).items():
        access = found[0].access
        assert access.requires_tls is not None
        hosts = dict.fromkeys(one.host for one in found)
        yield context.report(
            line.arguments[0],
            f"plain HTTP on {listing(hosts)} gets past SSLRequireSSL: with Satisfy Any one check that passes is enough",
            label="any one is enough",
            related=[(access.requires_tls, "TLS is demanded here")],
            notes=[*_notes(access), *assumption(line, access.requires_tls, found[0].host.condition)],
            fix=_fix(line, scope, access, context),
        )


def _bypassed(reach: Reach) -> dict[Directive, tuple[Scope, list[Exposure]]]:
    """The lines that say Any, with what plain HTTP reaches by them."""
    found: dict[Directive, tuple[Scope, list[Exposure]]] = {}
    for owner, scope in reach.scopes():
        if not scope.directives.keys() & {"satisfy", "sslrequiressl"}:
            continue
        for one in reach.exposures(owner, scope):
            line = one.access.satisfy_any
            if line is not None and one.access.requires_tls is not None:
                found.setdefault(line, (scope, []))[1].append(one)
    return found


def _notes(access: Access) -> list[str]:
    if access.strict:
        return ["SSLOptions StrictRequire does not help: httpd looks at it only where somebody has to log in."]
    if _by_login_alone(access):
        return ["SSLOptions +StrictRequire keeps SSLRequireSSL in force for those who log in."]
    return ["Write Satisfy All, or leave it out: then SSLRequireSSL holds for everybody."]


def _by_login_alone(access: Access) -> bool:
    """Whether nobody gets in without a login."""
    return access.require is not None and not access.lets_in(tls=False, login=False)


def _fix(line: Directive, scope: Scope, access: Access, context: Context) -> Fix | None:
    """StrictRequire, where it helps and no later line takes it back."""
    later = any(one.start > line.start for one in scope.directives.get("ssloptions", ()))
    if access.strict or later or not _by_login_alone(access):
        return None
    return context.fix("keep SSLRequireSSL in force", insert_before(line, "SSLOptions +StrictRequire"))
