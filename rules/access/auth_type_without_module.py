"""No loaded module knows the AuthType

## What it does
Reports `AuthType Basic`, `Digest` and `Form` for sections that require a user, where the module of that type is
not loaded and all modules that the server loads are known.

## Why
The directives are those of other modules, so `httpd -t` takes them. Each request gets status 500, and the log
says "AuthType Digest configured without corresponding module" (AH01796).

## Bad
### Digest
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authn_core_module /usr/lib/apache2/modules/mod_authn_core.so
LoadModule authn_file_module /usr/lib/apache2/modules/mod_authn_file.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule authz_user_module /usr/lib/apache2/modules/mod_authz_user.so
Listen 80
<Location /private>
    AuthType Digest
    #        ^^^^^^ auth_digest_module is not loaded: every request for <Location /private> gets status 500 (AH01796)
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Location>
```

## Good
### Loaded
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authn_core_module /usr/lib/apache2/modules/mod_authn_core.so
LoadModule authn_file_module /usr/lib/apache2/modules/mod_authn_file.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule authz_user_module /usr/lib/apache2/modules/mod_authz_user.so
LoadModule auth_basic_module /usr/lib/apache2/modules/mod_auth_basic.so
Listen 80
<Location /private>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Location>
```

### A type of somebody's own module, and modules that are loaded elsewhere
```
#--- live: no
Listen 80
<Location /private>
    AuthType openid-connect
    Require valid-user
</Location>
<Location /other>
    AuthType Digest
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Location>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_authn_core.html#authtype; `authenticate_no_user` in mod_authn_core.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL1305",
    name="auth-type-without-module",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_authn_core.html#authtype",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
