"""A certificate's name stands for a password

## What it does
Reports `FakeBasicAuth` in `SSLOptions`.

## Why
httpd makes a login of the certificate's subject, in one of two ways of writing it, and the constant password
`password`, and looks that up in the user file. The issuer is not compared: of several authorities each can give out
every name. Names with odd characters are written in ways that differ between releases. `Require expr` compares
exactly the part of the certificate that is meant, and `SSLUserName` gives the user a name.

## Bad
### The old way
```
<Directory /srv/www/staff>
    SSLOptions +FakeBasicAuth
    #          ^^^^^^^^^^^^^^ the login is the certificate's subject and the password "password": any of the...
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/subjects
    Require valid-user
</Directory>
```

## Good
### The parts that count
```
<Directory /srv/www/staff>
    SSLUserName SSL_CLIENT_S_DN_CN
    <RequireAll>
        Require ssl-verify-client
        Require expr %{SSL_CLIENT_I_DN_CN} == 'Example Staff CA'
    </RequireAll>
</Directory>
```

### Taken back
```
SSLOptions -FakeBasicAuth
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#ssloptions; `ssl_hook_UserCheck` in ssl_engine_kernel.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, rule


@rule(
    code="SSL0620",
    name="fake-basic-auth",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#ssloptions",
    keys=("ssloptions",),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    for word in directive.arguments:
        if word.value.lstrip("+").lower() == "fakebasicauth":
            yield context.report(
                word,
                'the login is the certificate\'s subject and the password "password": any of the authorities can give '
                "out the name; compare it with Require expr",
                notes=assumption(directive),
            )
